"""What is wrong in a plan file: where, what, and what to do about it. All mistakes of a file are told at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from yaml import Mark

LIKE_ENOUGH = 60
"""The similarity (0 to 100) from which a known word is suggested with "did you mean …?"."""
SHOWN = 8
"""The most allowed words that a remedy lists."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong. Line and column count from 1."""

    file: str
    line: int
    column: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}. {self.remedy}"


class PlanMistake(Exception):
    """A plan cannot be used. `mistakes` are all that were found, in the order of the file."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(str(one) for one in self.mistakes))


class Notes:
    """Collects mistakes while a file is read."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def add(self, mark: Mark, what: str, remedy: str) -> None:
        """Note one mistake at a place of a file."""
        self.mistakes.append(Mistake(mark.name, mark.line + 1, mark.column + 1, what, remedy))

    def stop_if_any(self) -> None:
        """Raises `PlanMistake` when something was noted."""
        if self.mistakes:
            raise PlanMistake(self.mistakes)


def likely(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None when nothing is like it."""
    found = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return found[0] if found else None


def choose(word: str, known: Iterable[str]) -> str:
    """The remedy for a word that is not one of the known."""
    all_known = list(known)
    meant = likely(word, all_known)
    if meant is not None:
        return f'Did you mean "{meant}"?'
    shown = ", ".join(all_known[:SHOWN]) + (", …" if len(all_known) > SHOWN else "")
    return f"Use one of: {shown}" if all_known else "Nothing is allowed here; take it out"
