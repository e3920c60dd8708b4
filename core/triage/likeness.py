"""How similar two tips are: shared rare words, shared and contradicting spots, category, time."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from core.triage.lexicon import is_phrase
from core.triage.text import clean, normal


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


_SPOTS: Final[dict[str, str]] = {
    "ap": "hamlet", "thon": "hamlet", "xom": "hamlet", "buon": "hamlet", "lang": "hamlet", "kp": "quarter",
    "hem": "lane", "ngo": "lane", "ngach": "lane", "kiet": "lane", "duong": "road", "pho": "road", "cau": "bridge",
    "cho": "market", "truong": "school", "nga": "crossing", "chua": "pagoda", "kcn": "park", "suoi": "water",
    "song": "water", "ho": "water", "ql": "road", "to": "group", "toa": "block", "km": "milestone", "ben": "landing",
}  # fmt: skip
_AREAS: Final = _words("phuong xa huyen tp")
_NO_NAMES: Final = _words("""
    toi em minh nay kia do la co bi va thi o di ra vao no ho may cac nguoi nha dan bi dang luc tu len xuong sat cong
    bang the to nho lon gan khong moi lai chung qua ve
""")
_STOP: Final = _words("""
    toi em anh chi chu bac cac may nhung va la thi ma co cua cho voi o tai luc khi nay do kia roi da dang se bi duoc
    rat lam qua ne nha a oi xin nho giup gium dum bao cao cong an mot hai ba con nguoi ta no ho minh chung ra vao len
    xuong di den toi ve hom gio ngay dem sang trua chieu nua cung luon het ca khong phai biet thay nghe
""")


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of a tip to compare it with others: no text. `minutes` is any clock in minutes, the same for all tips.

    `weights` are its words, `names` its neighbouring words that may be a name, with how rare they are; `spots` maps a
    kind of spot to the names given to it; `elsewhere` are names of which it says that it is not there.
    """

    id: str
    commune: str
    minutes: float
    weights: Mapping[str, float]
    names: Mapping[str, float]
    spots: Mapping[str, frozenset[str]]
    elsewhere: frozenset[str]
    categories: Mapping[str, float]
    length: float


def trace(
    id: str, text: str, commune: str, minutes: float, categories: Mapping[str, float], common: Mapping[str, float]
) -> Trace:
    """A tip made comparable. `common` is how rare known words are (inverse document frequency); others are rarest."""
    whole = normal(clean(text))
    line, other = _without_denied(_without_commune(whole))
    rarest = max(common.values(), default=5.0)
    weights = {word: common.get(word, rarest) for word in line if word not in _STOP}
    names: dict[str, float] = {}
    for left, right in pairwise(line):
        pair = f"{left} {right}"
        if left not in _STOP and right not in _STOP:
            worth = 0.5 * (common.get(left, rarest) + common.get(right, rarest))
            names[pair] = 0.4 * worth if is_phrase(pair) else worth
    for word in line:
        if re.fullmatch(r"\d+[a-z]|[a-z]{1,2}\d+", word):
            names[word] = rarest
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    likely = {name: chance for name, chance in categories.items() if chance >= 0.03}
    denied = {f"{left} {right}" for left, right in pairwise(other)} | {
        word for word in other if any(letter.isdigit() for letter in word)
    }
    return Trace(id, commune, minutes, weights, names, spots(line), frozenset(denied), likely, length)


def _without_commune(line: Sequence[str]) -> list[str]:
    """The words without the name behind "phường", "xã", "huyện" …: only tips of one commune are compared, so its name
    tells nothing, and everybody writes it."""
    kept: list[str] = []
    names = 0
    for at, word in enumerate(line):
        two = f"{word} {line[at + 1]}" if at + 1 < len(line) else word
        if word in _AREAS or two in ("thi tran", "thanh pho", "dac khu", "thi xa"):
            names = 3 if two in ("thi tran", "thanh pho", "dac khu", "thi xa") else 2
            continue
        if names and word not in _STOP and word not in _SPOTS:
            names -= 1
            continue
        names = 0
        kept.append(word)
    return kept


def _without_denied(line: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words without those that say where it is not ("không phải chỗ đường 25B", "cách suối Rạt"), and those."""
    kept: list[str] = []
    denied: list[str] = []
    skip = 0
    for at, word in enumerate(line):
        two = f"{word} {line[at + 1]}" if at + 1 < len(line) else word
        if two in ("khong phai", "hong phai", "khac voi", "chu khong") or (word == "cach" and skip == 0):
            skip = 7
        if skip:
            denied.append(word)
            skip -= 1
        else:
            kept.append(word)
    return kept, denied


def spots(line: Sequence[str]) -> dict[str, frozenset[str]]:
    """The spots that folded words name: kind of spot -> names (the first two words, or a number)."""
    found: dict[str, set[str]] = {}
    for at, word in enumerate(line[:-1]):
        kind = _SPOTS.get(word)
        if kind is None:
            continue
        name = line[at + 1 : at + 3]
        if name[0] in ("so", "ba", "tu", "4", "3") and kind in ("road", "crossing", "lane"):
            name = line[at + 2 : at + 4]
        if not name or name[0] in _NO_NAMES or name[0] in _SPOTS:
            continue
        key = name[0] if re.fullmatch(r"\d+\w*", name[0]) else " ".join(name)
        found.setdefault(kind, set()).add(key)
    return {kind: frozenset(names) for kind, names in found.items()}


def signals(left: Trace, right: Trace) -> tuple[float, ...]:
    """What speaks for and against two tips telling of one event.

    Likeness of words; names in common; likeness of category; a spot in common; spots of one kind that differ; lanes or
    houses whose numbers differ; one says that it is not where the other is; both name spots and share none; hours
    between them.
    """
    small, large = sorted((left.weights, right.weights), key=len)
    alike = sum(weight**2 for name, weight in small.items() if name in large) / (left.length * right.length)
    names = sum(weight for name, weight in left.names.items() if name in right.names)
    category = sum(min(chance, right.categories.get(name, 0.0)) for name, chance in left.categories.items())
    agree, differ, numbers = compared(left, right)
    denied = 1.0 if left.elsewhere & right.names.keys() or right.elsewhere & left.names.keys() else 0.0
    hours = abs(left.minutes - right.minutes) / 60
    apart = 1.0 if left.spots and right.spots and not agree else 0.0
    return (alike, math.log1p(names), category, agree, differ, numbers, denied, apart, hours)


def compared(left: Trace, right: Trace) -> tuple[float, float, float]:
    """Whether a spot's name of one stands in the other, whether spots of one kind differ, and numbered ones."""
    mine = {name for names in left.spots.values() for name in names if " " in name or not name.isdigit()}
    theirs = {name for names in right.spots.values() for name in names if " " in name or not name.isdigit()}
    agree = 1.0 if mine & right.names.keys() or theirs & left.names.keys() or mine & theirs else 0.0
    differ = numbers = 0.0
    if any(left.spots[kind] & right.spots[kind] for kind in left.spots.keys() & right.spots.keys()):
        agree = 1.0
    for kind in left.spots.keys() & right.spots.keys():
        ours, other = left.spots[kind], right.spots[kind]
        if ours & other:
            continue
        if all(name.isdigit() for name in ours | other):
            numbers = 1.0
        elif not {name.split()[0] for name in ours} & {name.split()[0] for name in other}:
            differ = 1.0
    return agree, 0.0 if agree else differ, numbers
