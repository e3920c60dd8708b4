"""Answers to what people ask their commune police: the nearest of a list of known questions, or none.

Matched without accents, with chat spelling undone, and with typing slips forgiven. What is near to nothing is left to
a person on duty.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from core.triage.text import clean, is_syllable, normal

ENOUGH: Final = 4.5
"""From this weight of shared words on (rare ones weigh most) a question counts as asked."""

COVERED: Final = 0.45
"""So much of what was asked, by weight, must be words that the known question uses too."""


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


_FILLING: Final = _words("""
    cho hoi em toi anh chi cac a voi xin con chau minh oi nhe nha thi la duoc khong vay da ad chu bac nao de gi co cua
    va cai ban biet giup muon the thua may so can phai ha ta roi nay bi lai lam o dau len hay ve cong an xa phuong
""")
"""Words that every question has; they count for little, but "số" and "làm" still tell some questions apart."""


@dataclass(frozen=True, slots=True)
class Faq:
    """One question with its answer. `asks` are ways to ask it; `local` when the answer depends on the commune."""

    id: str
    asks: tuple[str, ...]
    answer: str
    local: bool = False


class Questions:
    """A list of questions, ready to be asked."""

    def __init__(self, questions: Iterable[Faq]) -> None:
        self.questions = tuple(questions)
        self._asks = [(faq, [frozenset(_with_pairs(_words_of(ask))) for ask in faq.asks]) for faq in self.questions]
        self._all = [frozenset().union(*asks) for _, asks in self._asks]
        many = Counter(term for terms in self._all for term in terms)
        self._rare = {term: math.log((len(self._all) + 1) / count) for term, count in many.items()}
        self._words = sorted({term for term in many if " " not in term and len(term) >= 3})

    def answer(self, text: str) -> Faq | None:
        """The question that a text asks, None when none is near enough. Never raises."""
        line = [self._mended(word) for word in _words_of(text)[:80]]
        asked = _with_pairs(line)
        total = sum(self._weight(term) for term in asked if " " not in term) or 1.0
        best: tuple[float, int] | None = None
        for at, known in enumerate(self._all):
            shared = [term for term in asked if term in known]
            words = sum(self._weight(term) for term in shared if " " not in term)
            # One way of asking that fits well beats words gathered from several.
            nearest = max(sum(self._weight(term) for term in shared if term in ask) for ask in self._asks[at][1])
            weight = 0.5 * sum(self._weight(term) for term in shared) + 0.5 * nearest
            if weight >= ENOUGH and words / total >= COVERED and (best is None or weight > best[0]):
                best = (weight, at)
        return None if best is None else self.questions[best[1]]

    def _weight(self, term: str) -> float:
        """Rare words weigh most, pairs of words more, filling words little, unknown ones as much as a common word."""
        weight = self._rare.get(term, 1.5)
        if all(word in _FILLING for word in term.split()):
            return 0.2 * weight
        return 1.3 * weight if " " in term else weight

    def _mended(self, word: str) -> str:
        """A word with a letter doubled, or one that is no word and one slip from a known one, is that one."""
        if word in self._rare or len(word) < 3:
            return word
        single = re.sub(r"(.)\1+", r"\1", word)
        if single in self._rare:
            return single
        if is_syllable(word):
            return word
        near = [known for known in self._words if OSA.distance(word, known, score_cutoff=1) <= 1]
        return near[0] if len(near) == 1 else word


def _words_of(text: str) -> list[str]:
    """The words of a text; "ki" and "ky" are one word."""
    return [re.sub(r"(?<=[hklmst])i$", "y", word) for word in normal(clean(text))]


def _with_pairs(line: Sequence[str]) -> list[str]:
    """Words and their pairs of neighbours, each once."""
    return list(dict.fromkeys([*line, *(f"{left} {right}" for left, right in pairwise(line))]))
