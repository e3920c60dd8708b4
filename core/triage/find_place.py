"""The commune of today that a text names: sure, several, or none. Tuned so that "sure" is right first.

The way: scan for names (`mentions`), score every reading of each by the type word before it, its accents, the district
and province that follow, the bot's own province; compare; fuzzy only where nothing fits as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.triage.between_communes import between_two
from core.triage.mentions import Mention, Names, Token, likeness, scan, tokens
from core.triage.place_words import COMMUNE_TYPES, DISTRICT_TYPES, NOT_THERE, short_provinces
from core.triage.proposal import PlaceGuess, PlaceState
from core.triage.slips import Slips
from core.triage.units import NameReading, Reads, Units

MARGIN: Final = 1.4
"""A commune is sure when it leads the next by more than this."""

OFFERED: Final = 5
"""At most so many buttons."""

FLOOR: Final = 0.0
"""A reading below this is not offered."""

_BETWEEN: Final = frozenset(
    ("cu", "moi", "thuoc", "cua", "nay", "la", "truoc", "o", "tai", "sau", "sap", "nhap", "nua", "va", "day", "ben")
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known beside the name: province codes of the text, the bot's province, the deep link's commune."""

    named: frozenset[str]
    home: str | None
    hint: str | None


class Finder:
    """Finds places in texts."""

    def __init__(self, places: Units) -> None:
        self._places = places
        provinces: dict[str, list[NameReading]] = {}
        for key, readings in places.names.items():
            for reading in readings:
                if reading.reads is Reads.PROVINCE:
                    provinces.setdefault(key, []).append(reading)
        short = {
            short: tuple(reading for name in meant for reading in provinces.get(name, ()))
            for short, meant in short_provinces(provinces).items()
        }
        self._names = Names(places.names, short)
        self._slips = Slips(places)

    def find(self, text: str, province: str | None = None, hint: str | None = None) -> PlaceGuess:
        """The place that a text names. `province` is the bot's own (a hint), `hint` a commune's code (a weaker one)."""
        line = tokens(text)
        mentions = scan(line, self._names)
        both = self._on_a_border(line, mentions, Scope(self._named(mentions), province, hint))
        if both is not None:
            return both
        guess = self._decide(line, mentions, province, hint)
        if guess.state is PlaceState.SURE and self._at_home(guess, mentions, province):
            return guess
        fuzzy = self._slips.mentions(line, mentions, self._named(mentions), province)
        if not fuzzy:
            return guess
        again = self._decide(line, sorted([*mentions, *fuzzy], key=lambda one: one.start), province, hint)
        return again if again.communes else guess

    def _on_a_border(self, line: Sequence[Token], mentions: Sequence[Mention], scope: Scope) -> PlaceGuess | None:
        """ "Giáp ranh xã A và xã B" leaves two communes; "xã A giáp ranh xã B" is in A."""
        pair = between_two(line, mentions)
        if pair is None:
            return None
        found = [self._score(line, one, (), scope) for one in pair]
        first, second = (max(codes, key=lambda code: codes[code], default="") for codes in found)
        if not first or not second or first == second or min(max(codes.values()) for codes in found) < FLOOR:
            return None
        return PlaceGuess(PlaceState.SEVERAL, (first, second))

    def _at_home(self, guess: PlaceGuess, mentions: Sequence[Mention], province: str | None) -> bool:
        """A commune of another province that the text does not name may be a slip of the keyboard."""
        its = self._places.communes[guess.communes[0]].province
        return province is None or its == province or its in self._named(mentions)

    def _named(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """The provinces that the text names, other than as "not there"."""
        return frozenset(
            reading.province
            for mention in mentions
            if mention.against < 3 and mention.kind not in COMMUNE_TYPES
            for reading in mention.readings
            if reading.reads is Reads.PROVINCE
        )

    def _decide(
        self, line: Sequence[Token], mentions: Sequence[Mention], province: str | None, hint: str | None
    ) -> PlaceGuess:
        best: tuple[float, dict[str, float]] = (0.0, {})
        told = [self._named([mention]) for mention in mentions]
        within: set[int] = set()
        for at, mention in enumerate(mentions):
            if mention.start in within or mention.against >= NOT_THERE:
                continue
            chain = _chain(line, mentions, at) or _chain_before(line, mentions, at)
            others = frozenset(code for other, codes in enumerate(told) if other != at for code in codes)
            scope = Scope(frozenset() if chain else others, province, hint)
            codes = self._score(line, mention, chain, scope)
            if not codes:
                continue
            if max(codes.values()) >= FLOOR:
                within.update(other.start for other in chain)
            strength = max(codes.values()) + _evidence(mention, chain, line, province, self._places, codes)
            strength -= mention.against + 0.05 * at
            if strength > best[0]:
                best = (strength, codes)
        return _conclude(best[1])

    def _score(
        self, line: Sequence[Token], mention: Mention, chain: Sequence[Mention], scope: Scope
    ) -> dict[str, float]:
        """Commune code -> how well it fits this mention."""
        if self._is_province(mention) and not _narrowed(chain):
            return {}
        typed = " ".join(token.typed for token in line[mention.start : mention.end])
        found: dict[str, float] = {}
        for reading in mention.readings:
            if reading.reads is Reads.PROVINCE:
                continue
            score = _type_fit(mention, reading) + likeness(typed, reading.name) - mention.slips
            score += (
                _age_fit(mention, chain, reading) + self._chain_fit(chain, reading) + _scope_fit(scope, chain, reading)
            )
            for rank, code in enumerate(reading.communes):
                # Of two equally good readings today's is offered first.
                worth = (
                    score
                    - (0.02 * rank)
                    + (0.1 if reading.reads is Reads.NEW else 0.0)
                    + (0.8 if code == scope.hint else 0.0)
                )
                if worth > found.get(code, -99.0):
                    found[code] = worth
        return found

    def _is_province(self, mention: Mention) -> bool:
        """A name that is a province's, unless its type word makes it a commune or an old town of that name."""
        provinces = [one for one in mention.readings if one.reads is Reads.PROVINCE]
        if not provinces or mention.kind in COMMUNE_TYPES | {"thị xã", "quận", "huyện"}:
            return False
        town = any(one.reads is Reads.DISTRICT for one in mention.readings)
        cities = any(self._places.provinces[one.province].kind == "thành phố" for one in provinces)
        return not (mention.kind == "thành phố" and town and not cities)

    def _chain_fit(self, chain: Sequence[Mention], reading: NameReading) -> float:
        """How well the district and province that follow agree."""
        score = 0.0
        for other in chain:
            score += max((self._agrees(other, reading, told) for told in other.readings), default=0.0)
        return score

    def _agrees(self, other: Mention, reading: NameReading, told: NameReading) -> float:
        slip = other.slips / 2
        if told.reads is Reads.PROVINCE:
            if told.province != reading.province:
                return -8.0
            old_name = told.old_province != self._places.provinces[told.province].name
            if reading.reads is Reads.OLD:
                return (4.5 if told.old_province == reading.old_province else 1.0 if not old_name else 0.0) - slip
            return (2.0 if old_name else 3.5) - slip
        if told.reads is Reads.DISTRICT:
            if reading.reads is Reads.OLD and reading.district == told.district:
                return 5.0 - slip
            if reading.reads in (Reads.NEW, Reads.ALIAS) and set(reading.communes) <= set(told.communes):
                return 3.0 - slip
            return -7.0 if other.kind in DISTRICT_TYPES else -5.0
        return -6.0


def _narrowed(chain: Sequence[Mention]) -> bool:
    """A province's name followed by a province is a commune's or district's name ("Bắc Giang, Bắc Ninh")."""
    return any(reading.reads is Reads.PROVINCE for other in chain for reading in other.readings)


def _chain(line: Sequence[Token], mentions: Sequence[Mention], at: int) -> list[Mention]:
    """The larger units that follow a mention at once ("…, huyện X, tỉnh Y")."""
    out: list[Mention] = []
    end = mentions[at].end
    for other in mentions[at + 1 :]:
        between = line[end : other.lead]
        if len(between) > 3 or any(token.flat not in _BETWEEN for token in between):
            break
        if any(
            re.search(r"[.!?;\n]\s", token.gap) and not re.search(r"[.]\s?$", token.gap)
            for token in line[end : other.lead + 1]
        ):
            break
        larger = any(reading.reads in (Reads.DISTRICT, Reads.PROVINCE) for reading in other.readings)
        if not larger or other.kind in COMMUNE_TYPES or other.against >= 8:
            break
        out.append(other)
        end = other.end
        if len(out) == 3:
            break
    return out


def _chain_before(line: Sequence[Token], mentions: Sequence[Mention], at: int) -> list[Mention]:
    """The larger units right before a commune ("huyện X, tỉnh Y, xã Z"), for people who begin with the largest."""
    out: list[Mention] = []
    start = mentions[at].lead
    if mentions[at].kind not in COMMUNE_TYPES:
        return out
    for other in reversed(mentions[:at]):
        larger = any(reading.reads in (Reads.DISTRICT, Reads.PROVINCE) for reading in other.readings)
        named = other.kind in DISTRICT_TYPES or other.kind == "tỉnh" or (bool(out) and not other.kind)
        if (
            other.end != start
            or line[start].gap.strip() not in ("", ",", "-")
            or not larger
            or other.against >= NOT_THERE
        ):
            break
        if not named and not any(reading.reads is Reads.PROVINCE for reading in other.readings):
            break
        out.append(other)
        start = other.lead
    return out


def _type_fit(mention: Mention, reading: NameReading) -> float:
    """How well the type word typed agrees with the unit's own; types of today move, those of before do not."""
    if reading.reads is Reads.ALIAS:
        return 0.5
    if not mention.kind:
        return -0.6 if reading.reads is Reads.DISTRICT else 0.0
    if reading.reads is Reads.DISTRICT:
        return 1.0 if mention.kind == reading.kind else 0.3
    if mention.kind == reading.kind:
        return 1.5
    if reading.reads is Reads.NEW:
        return 0.2 if mention.kind != "thị trấn" else -0.5
    return -1.2


def _age_fit(mention: Mention, chain: Sequence[Mention], reading: NameReading) -> float:
    """ "X cũ" is the unit of before, "X mới" and "X sau sáp nhập" that of today."""
    old = mention.old or any(other.old for other in chain)
    if old == mention.new:
        return 0.0
    return 3.0 if (reading.reads is Reads.OLD) == old else -3.0


def _scope_fit(scope: Scope, chain: Sequence[Mention], reading: NameReading) -> float:
    if any(told.reads is Reads.PROVINCE for other in chain for told in other.readings):
        return 0.0
    if scope.named:
        return 2.0 if reading.province in scope.named else -1.5
    if scope.home:
        return 2.5 if reading.province == scope.home else -2.5
    return 0.0


def _evidence(
    mention: Mention, chain: Sequence[Mention], line: Sequence[Token], home: str | None, places: Units,
    codes: dict[str, float],
) -> float:  # fmt: skip
    """How sure it is that a place is meant here at all: far below zero when nothing says so."""
    if mention.kind:
        return 4.0 + (0.5 if mention.placed else 0.0)
    if mention.placed:
        return 2.5
    if chain or any(reading.reads is Reads.ALIAS for reading in mention.readings):
        return 2.0
    typed = line[mention.start : mention.end]
    capital = all(token.typed[:1].isupper() for token in typed) and not all(token.typed.isupper() for token in line)
    best = max(codes, key=lambda code: codes[code])
    at_home = home is not None and places.communes[best].province == home
    if capital and at_home and len(typed) > 1:
        return 0.5
    return -99.0


def _conclude(codes: dict[str, float]) -> PlaceGuess:
    ranked = sorted(codes, key=lambda code: (-codes[code], code))
    if not ranked or codes[ranked[0]] < FLOOR:
        return PlaceGuess()
    top = codes[ranked[0]]
    near = [code for code in ranked if codes[code] >= top - MARGIN]
    if len(near) == 1:
        return PlaceGuess(PlaceState.SURE, (near[0],))
    return PlaceGuess(PlaceState.SEVERAL, tuple(near[:OFFERED]))
