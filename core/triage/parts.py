"""The parts of a story: who, with what, against whom, when; and which parts stand beside each other.

"Knife, then neck, now" becomes weapon, hurt and present, whichever words were used. The second look at what may be an
emergency reads them (see `second_look`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.triage.part_words import PARTS, TENSES
from core.triage.senses import OTHER, SURE

NEAR: Final = 7
"""Words. Two parts at most this far apart form a pair."""

_NUMBER: Final = re.compile(r"\d+")


def _table() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word of a phrase -> the phrases that begin so, each with the part it plays; tenses bear a "t_"."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    named = [*PARTS.items(), *((f"t_{name}", block) for name, block in TENSES.items())]
    for part, block in named:
        for phrase in {" ".join(one.split()) for one in block.split(",")} - {""}:
            words = tuple(phrase.split())
            out.setdefault(words[0].rstrip("!"), []).append((words, part))
    return out


_TABLE: Final = _table()


def _fits(wanted: str, word: str) -> bool:
    if wanted.endswith("!"):
        return word == wanted[:-1] + SURE
    return word.removesuffix(SURE) == wanted


def parts(line: Sequence[str]) -> list[tuple[int, str]]:
    """Where which part is played in `sensed` words, in order."""
    words = [_NUMBER.sub("0", word) for word in line]
    found = set()
    for at, word in enumerate(words):
        if word.endswith(OTHER):
            continue
        for phrase, part in _TABLE.get(word.removesuffix(SURE), ()):
            if at + len(phrase) <= len(words) and all(map(_fits, phrase, words[at:])):
                found.add((at, part))
    return sorted(found)


def told(line: Sequence[str]) -> tuple[set[str], set[str]]:
    """The parts of a story, and its pairs of parts: each with the tense, and those near each other in their order."""
    played = parts(line)
    have = {part for _, part in played}
    pairs = {
        f"r:{tense}|{part}"
        for tense in have
        if tense.startswith("t_")
        for part in have
        if part != tense and (not part.startswith("t_") or part < tense)
    }
    for first, (at, part) in enumerate(played):
        for other_at, other in played[first + 1 :]:
            if other_at - at > NEAR:
                break
            if other != part:
                pairs.add(f"r:{part}>{other}")
    return {f"r:{part}" for part in have}, pairs
