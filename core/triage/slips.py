"""Names with typing slips: a character missing, doubled or swapped, a neighbouring key, confusions of sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.triage.mentions import Mention, Token, around, type_before
from core.triage.place_words import COMMUNE_TYPES, DISTRICT_TYPES, TYPES
from core.triage.units import NameReading, Reads, Units

_SOUNDS: Final = (
    ("ngh", "ng"), ("gh", "g"), ("tr", "ch"), ("gi", "d"), ("qu", "w"), ("ph", "f"), ("s", "x"), ("y", "i"), ("k", "c"),
)  # fmt: skip
_STARTS: Final = {"l": "n", "r": "d", "v": "d"}

MAX_TRIES: Final = 6
"""At most this many windows of a message are searched, half as many without a province, where each costs more."""

NamesOfLength = tuple[list[str], list[str], list[str]]
"""Names of one length: as folded, run together, as they sound."""

COST: Final = 1.3
"""What one slip takes from a reading's score."""


@lru_cache(maxsize=16384)
def sound(name: str) -> str:
    """A folded name as it sounds to people who mix l/n, tr/ch, s/x, d/gi/r/v, -n/-ng, -t/-c."""
    out = []
    for word in name.split():
        for letters, one in _SOUNDS:
            word = word.replace(letters, one)
        word = re.sub("ng$", "n", word)
        word = re.sub("c$", "t", word)
        out.append(_STARTS.get(word[0], word[0]) + word[1:] if word else word)
    return " ".join(out)


def allowed(size: int) -> int:
    """How many slips a folded name with this many characters may have."""
    return 0 if size < 4 else 1 if size < 10 else 2


class Slips:
    """Looks for names that are nearly right, only after a type word or "ở", "tại"."""

    def __init__(self, places: Units) -> None:
        self._names = places.names
        self._in: dict[str, list[str]] = {}
        for key, readings in places.names.items():
            if key.replace(" ", "").isdigit():
                continue
            for province in {one.province for one in readings if one.reads is not Reads.PROVINCE}:
                self._in.setdefault(province, []).append(key)
        self._by_length: dict[tuple[str, int], NamesOfLength] = {}

    def mentions(
        self, line: Sequence[Token], known: Sequence[Mention], named: frozenset[str], home: str | None
    ) -> list[Mention]:
        """Mentions that fit with a slip or two, in the provinces that the text names, else at home, else anywhere."""
        provinces = named or (frozenset({home}) if home else frozenset())
        scope = sorted(provinces) or [""]
        out: list[Mention] = []
        tried: set[tuple[str, ...]] = set()
        most = MAX_TRIES if provinces else MAX_TRIES // 2
        for start in range(len(line)):
            kind, lead = type_before(line, start)
            if not kind and not (start and line[start - 1].flat in ("o", "tai", "ngay", "thuoc") and provinces):
                continue
            if (kind and kind not in COMMUNE_TYPES | DISTRICT_TYPES) or _is_type(line, start):
                continue
            if any(one.lead <= start < one.end and _in_scope(one, provinces) for one in known):
                continue
            window = tuple(token.flat for token in line[start : start + 4])
            if window in tried:
                continue
            tried.add(window)
            if len(tried) > most:
                break
            found = self._at(line, start, scope)
            if found is None:
                continue
            end, slips, names = found
            readings = self._readings(names, kind, provinces)
            if readings:
                seen = around(line, Mention(start, end, lead, kind, readings, slips=slips * COST))
                out.extend([] if seen.other else [seen])
        return out

    def _at(self, line: Sequence[Token], start: int, scope: Sequence[str]) -> tuple[int, float, list[str]] | None:
        """The window from `start` that comes nearest to some names: its end, the slips, the names."""
        best: tuple[float, int, float, list[str]] | None = None
        for size in (1, 2, 3, 4):
            window = line[start : start + size]
            if len(window) < size or any(token.gap.strip() not in ("", "-", ".") for token in window[1:]):
                break
            typed = " ".join(token.flat for token in window)
            limit = allowed(len(typed))
            if not limit:
                continue
            near: dict[str, float] = {}
            for code in scope:
                for length in range(len(typed) - limit - 1, len(typed) + limit + 2):
                    _near(typed, self._names_of(code, length), limit, near)
            if not near:
                continue
            least = min(near.values())
            worth = least - 0.6 * size
            if best is None or worth < best[0]:
                best = (worth, start + size, least, [key for key, far in near.items() if far <= least + 0.3])
        return best[1:] if best else None

    def _names_of(self, province: str, length: int) -> NamesOfLength:
        """The names with this many characters in a province ("" for all); computed at the first call."""
        names = self._by_length.get((province, length))
        if names is None:
            keys = self._in.get(province, ()) if province else dict.fromkeys(k for ks in self._in.values() for k in ks)
            of_length = [key for key in keys if len(key) == length]
            names = (of_length, [key.replace(" ", "") for key in of_length], [sound(key) for key in of_length])
            self._by_length[province, length] = names
        return names

    def _readings(self, names: Sequence[str], kind: str, provinces: frozenset[str]) -> tuple[NameReading, ...]:
        wanted: tuple[Reads, ...] = (Reads.NEW, Reads.OLD, Reads.ALIAS)
        if kind in DISTRICT_TYPES:
            wanted = (Reads.DISTRICT,)
        return tuple(
            reading
            for name in names
            for reading in self._names[name]
            if reading.reads in wanted and (not provinces or reading.province in provinces)
        )


def _is_type(line: Sequence[Token], at: int) -> bool:
    """Whether a type word of two words begins here: "thành phố" is no slip for Thanh Phú."""
    return tuple(token.flat for token in line[at : at + 2]) in TYPES


def _in_scope(mention: Mention, provinces: frozenset[str]) -> bool:
    return not provinces or any(reading.province in provinces for reading in mention.readings)


def _near(typed: str, names: NamesOfLength, limit: int, found: dict[str, float]) -> None:
    """Adds to `found` the names within `limit` slips of what was typed; sounding alike, or run together, counts as half
    a slip."""
    keys, glued, sounds = names
    if not keys:
        return
    for extra, mine, theirs in ((0.0, typed, keys), (0.5, typed.replace(" ", ""), glued), (0.5, sound(typed), sounds)):
        for _, far, at in process.extract(
            mine, theirs, scorer=OSA.distance, processor=None, score_cutoff=limit, limit=None
        ):
            least = far + extra
            if least <= limit and least < found.get(keys[at], 99.0):
                found[keys[at]] = least
