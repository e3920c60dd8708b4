"""Where in a text places are named: every name of the gazetteer that it may hold, and what stands around each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from core.triage.place_words import (
    AGAINST,
    COMMUNE_TYPES,
    HAMLET_WORDS,
    LOOSE,
    NEW_WORDS,
    OLD_WORDS,
    PLACE_WORDS,
    SPOT_WORDS,
    STREET_WORDS,
    TITLES,
    TYPES,
)
from core.triage.text import accents, clean, plain, undo_keyboard, unglue
from core.triage.units import NameReading, Reads

MAX_TOKENS: Final = 360
MAX_MENTIONS: Final = 10
"""The most places that are kept from one message; those with a type word or a place word before them are kept first."""
LONGEST_NAME: Final = 6

_TOKEN: Final = re.compile(r"[^\W_]+")
_STUCK: Final = re.compile(r"(p|q|f|kp|phuong|quan)(\d{1,2})", re.IGNORECASE)
_TYPE_ENDS: Final = frozenset(words[-1] for words in TYPES)
_INSIDE: Final = re.compile(r"\s*[-–]?\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as typed, folded, and what stands between it and the word before."""

    typed: str
    flat: str
    gap: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, from token `start` up to `end`. `kind` is the type word before it, "" without.

    `lead` is the first token of the type word. `weight` says how sure we are that this stretch is one name, `against`
    how strongly the words before say that it did not happen there, `slips` what typing slips take from its score.
    `other` is true when the words before make it a street, a brand or a person, unless they are part of a name too.
    """

    start: int
    end: int
    lead: int
    kind: str
    readings: tuple[NameReading, ...]
    weight: float = 0.0
    against: float = 0.0
    placed: bool = False
    old: bool = False
    new: bool = False
    slips: float = 0.0
    other: bool = False


def tokens(text: str) -> list[Token]:
    """The words of a text, keyboard slips undone, glued number wards and camel case cut apart."""
    out: list[Token] = []
    text = re.sub(r"(?<=\w)['`´‘’ʼ′](?=\w)", "", clean(text))
    end = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        end = match.end()
        for typed, flat in _split(match.group()):
            out.append(Token(typed, flat, gap))
            gap = " "
        if len(out) >= MAX_TOKENS:
            break
    return out


@lru_cache(maxsize=16384)
def _split(word: str) -> tuple[tuple[str, str], ...]:
    """One word as typed -> its parts, each with what it was cut from."""
    return tuple((typed, flat) for typed in _parts(word) for flat in unglue(undo_keyboard(plain(typed))))


def _parts(word: str) -> Sequence[str]:
    if stuck := _STUCK.fullmatch(plain(word)):
        return stuck.groups()
    if len(word) >= 5 and not word.isupper():
        cuts = [at for at in range(1, len(word)) if word[at].isupper() and word[at - 1].islower()]
        return [word[left:right] for left, right in pairwise([0, *cuts, len(word)])]
    return (word,)


def type_before(line: Sequence[Token], at: int) -> tuple[str, int]:
    """The type word that ends right before token `at`, and where it begins; ("", at) without."""
    if not at or line[at - 1].flat not in _TYPE_ENDS:
        return "", at
    for size in (2, 1):
        if at >= size and (kind := TYPES.get(tuple(token.flat for token in line[at - size : at]))):
            joined = line[at].gap
            if not _as_written(line[at - size : at], kind):
                continue
            if joined.strip() not in ("", ".", ":") or (size == 2 and line[at - 1].gap.strip() not in ("", ".")):
                continue
            return kind, at - size
    return "", at


def _as_written(typed: Sequence[Token], kind: str) -> bool:
    """Whether what was typed can be that type word: "Xá" is a name, "xã" and "xa" are the type."""
    word = " ".join(token.typed for token in typed).lower()
    return word.isascii() or likeness(word, kind) > 0 or plain(word) != plain(kind)


class Names:
    """The names to look for, with their readings: in full, and short forms. `longest` says how many words the names
    have at most that begin with a word, so that most words of a message are passed over at once."""

    def __init__(
        self, full: Mapping[str, tuple[NameReading, ...]], short: Mapping[str, tuple[NameReading, ...]]
    ) -> None:
        self.full, self.short = full, short
        self.longest: dict[str, int] = {}
        for key in (*full, *short):
            words = key.split()
            self.longest[words[0]] = min(LONGEST_NAME, max(self.longest.get(words[0], 0), len(words)))


def scan(line: Sequence[Token], names: Names) -> list[Mention]:
    """The best set of names that do not overlap, in the order of the text."""
    found: list[Mention] = []
    for start, first in enumerate(line):
        key = first.flat
        if key not in names.full and plain(first.typed) in names.full:
            key = plain(first.typed)  # "Uar" is a name, though it looks like a slip for "ua".
        for end in range(start + 1, min(len(line), start + names.longest.get(key, 0)) + 1):
            if end > start + 1:
                token = line[end - 1]
                longer = f"{key} {token.flat}"
                dotted = end == start + 2 and token.gap.strip() == "." and longer in names.short
                if not dotted and not _INSIDE.fullmatch(token.gap):
                    break
                key = longer
            readings = names.full.get(key, ())
            if key in names.short and _may_be_short(line, start, end):
                readings += names.short[key]
            if readings and (mention := _mention(line, start, end, readings)):
                found.append(mention)
    out: list[Mention] = []
    for mention in _best(found):
        if not mention.other or (out and out[-1].end == mention.lead and not line[mention.lead].gap.strip()):
            out.append(mention)
    if len(out) <= MAX_MENTIONS:
        return out
    likely = sorted(out, key=lambda one: (not one.kind, not one.placed, one.start))[:MAX_MENTIONS]
    return sorted(likely, key=lambda one: one.start)


def _may_be_short(line: Sequence[Token], start: int, end: int) -> bool:
    """Short forms count in capitals, after a type word, or when they are of two words ("t ninh")."""
    if end - start > 1 or len(line[start].flat) > 3:
        return True
    typed = line[start].typed
    return typed.isupper() or type_before(line, start)[0] in ("tỉnh", "thành phố")


def _best(found: Sequence[Mention]) -> list[Mention]:
    """Weighted interval choice: the heaviest set of mentions that do not overlap."""
    ordered = sorted(found, key=lambda mention: mention.end)
    ends = [mention.end for mention in ordered]
    weight = [0.0]
    before: list[int] = []
    for at, mention in enumerate(ordered):
        fits = bisect_right(ends, mention.lead, 0, at)
        before.append(fits)
        weight.append(max(weight[-1], weight[fits] + mention.weight))
    chosen: list[Mention] = []
    at = len(ordered)
    while at:
        if weight[at] > weight[at - 1]:
            chosen.append(ordered[at - 1])
            at = before[at - 1]
        else:
            at -= 1
    return chosen[::-1]


def _mention(line: Sequence[Token], start: int, end: int, readings: tuple[NameReading, ...]) -> Mention | None:
    kind, lead = type_before(line, start)
    readings = _fitting(readings, kind)
    size = end - start
    number = line[start].flat.isdigit() and size == 1
    if not readings or (number and kind not in ("phường", "quận")):
        return None
    typed = " ".join(token.typed for token in line[start:end])
    same = any(likeness(typed, reading.name) > 0 for reading in readings)
    if size == 1 and not number and not kind and not (same and typed[:1].isupper()):
        return None
    # A longer name beats the two shorter ones that it is made of.
    weight = 2.0 * size - 1 + (3.0 if kind else 0.0) + (0.75 * size if same else 0.0) + 0.3 * typed[:1].isupper()
    mention = Mention(start, end, lead, kind, readings, weight)
    return around(line, mention)


def _fitting(readings: tuple[NameReading, ...], kind: str) -> tuple[NameReading, ...]:
    """The readings that a type word allows."""
    if not kind:
        return readings
    if kind == "tỉnh":
        return tuple(reading for reading in readings if reading.reads is Reads.PROVINCE)
    if kind in COMMUNE_TYPES:
        return tuple(reading for reading in readings if reading.reads in (Reads.NEW, Reads.OLD, Reads.ALIAS))
    wanted = (Reads.DISTRICT, Reads.PROVINCE) if kind == "thành phố" else (Reads.DISTRICT,)
    return tuple(reading for reading in readings if reading.reads in wanted)


def around(line: Sequence[Token], mention: Mention) -> Mention:
    """The same mention with what its neighbours say."""
    at = mention.lead
    before = [token.flat for token in line[max(0, at - 4) : at]]
    gap = line[at].gap
    joined = gap.strip() in ("", ".", ":")
    placed = joined and bool(before) and before[-1] in PLACE_WORDS
    if not placed and "," in gap:
        placed = any(token.flat in SPOT_WORDS for token in line[max(0, at - 7) : at])
    if not placed and before:
        # "o ap Giua X.Duy Xuyen", "ngay xom 2 xa Thuong Hong": the spot stands between.
        placed = any(token.flat in ("o", "tai", "ngay", "thuoc") for token in line[max(0, at - 5) : at])
    after = [token.flat for token in line[mention.end : mention.end + 3]]
    return replace(
        mention,
        against=against(line, at),
        placed=placed,
        other=not mention.kind and (_is_other(line, at, before) if joined else gap.strip() in ('"', "'", "“", "‘")),
        old=bool(after) and after[0] in OLD_WORDS and not _goes_on(after),
        new=bool(after) and (after[0] in NEW_WORDS or after == ["sau", "sap", "nhap"]),
    )


def _is_other(line: Sequence[Token], at: int, before: Sequence[str]) -> bool:
    """Whether the words right before make the name a street's, a brand's, a hamlet's or a person's."""
    if not before:
        return False
    last, two = before[-1], " ".join(before[-2:])
    if last in HAMLET_WORDS or two == "khu pho" or (last in TITLES and two != "ba con"):
        return True
    if last in STREET_WORDS and last != "xe":
        return True
    return len(before) > 1 and before[-2] in TITLES and last not in PLACE_WORDS and line[at - 1].typed[:1].isupper()


def _goes_on(after: Sequence[str]) -> bool:
    """ "truoc" and "xua" only count as "former" when nothing follows that makes them another word."""
    return after[0] == "truoc" and after[1:2] in (["mat"], ["cong"], ["cua"], ["nha"], ["day"])


def against(line: Sequence[Token], at: int) -> float:
    """How strongly the words right before token `at` say: not there."""
    before: list[str] = []
    for back in range(at - 1, max(-1, at - 6), -1):
        before.insert(0, line[back].flat)
        if re.search(r"[.!?;\n]", line[back].gap):
            break
    # "không phải ở X", "quê em ở X": a place word and a pronoun may stand between some cues and the name.
    loose = before
    for between in (PLACE_WORDS, TITLES | {"toi", "minh", "no"}):
        if loose and loose[-1] in between:
            loose = loose[:-1]
    worst = 0.0
    for words, weight in AGAINST:
        tail = loose if words in LOOSE else before
        if tuple(tail[-len(words) :]) == words or tuple(before[-len(words) :]) == words:
            worst = max(worst, weight)
    return worst


@lru_cache(maxsize=16384)
def likeness(typed: str, name: str) -> float:
    """How the accents typed compare with a name's: 2 all equal, 0 fewer were typed, -1 another accent was."""
    left, right = typed.lower().split(), re.sub(r"\s+-\s+", " ", re.sub("['’]", "", name.lower())).split()
    if len(left) != len(right):
        return 0.0
    pairs = [(accents(mine), accents(theirs)) for mine, theirs in zip(left, right, strict=True)]
    if all(mine == theirs for mine, theirs in pairs):
        return 2.0
    fewer = all(mine == theirs or mine == plain(theirs.rstrip("fsxrj")) for mine, theirs in pairs)
    return 0.0 if fewer or all(word.isascii() for word in left) else -1.0
