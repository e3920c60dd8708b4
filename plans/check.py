"""Checks for single values of a plan. Each notes a mistake with the line of the value."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from core.plan import Plan
from plans.mistakes import Notes, choose
from plans.nodes import NAMED_BY
from plans.shape import Path, Reader

CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
LENGTHS: Final = {
    "plan": 20,
    "activity kind": 24,
    "obligation": 30,
    "campaign": 60,
    "model": 60,
    "group": 40,
    "household": 60,
    "hotline": 60,
    "indicator": 60,
}
"""Characters: the longest code that the database takes."""


class Check:
    """A plan that was read, with the place of each value in its file."""

    def __init__(self, plan: Plan, reader: Reader, notes: Notes) -> None:
        self.plan, self.marks, self.bad, self.notes = plan, reader.marks, reader.bad, notes
        self.units = {unit.code for unit in plan.units}

    def sound(self, path: Path) -> bool:
        """Whether everything at and below this path was read well: a placeholder is no reason for a second note."""
        return not any(bad[: len(path)] == path or path[: len(bad)] == bad for bad in self.bad)

    def whole(self, name: str) -> bool:
        """Whether every entry of a list has the code that it is known by."""
        return not any(bad[0] == name and (len(bad) < 3 or bad[2] in NAMED_BY) for bad in self.bad if bad)

    def note(self, path: Path, what: str, remedy: str) -> None:
        """Note a mistake at a value, or at what holds it when it is a default."""
        if not self.sound(path):
            return
        while path not in self.marks:
            path = path[:-1]
        self.notes.add(self.marks[path], what, remedy)

    def code(self, path: Path, code: str, kind: str) -> None:
        """Notes a code with anything but lower-case ASCII letters, digits and hyphens, or one that is too long."""
        if not CODE.fullmatch(code):
            self.note(path, f'"{code}" is no code', "Use small letters without accents, digits and hyphens only")
        elif len(code) > LENGTHS[kind]:
            self.note(path, f'"{code}" is too long', f"Use at most {LENGTHS[kind]} characters")

    def known(self, path: Path, word: str, known: Collection[str], what: str) -> None:
        """Notes a reference to something that the plan does not have."""
        if word not in known and self.whole(f"{what.replace(' ', '_')}s"):
            self.note(path, f'"{word}" is no {what} of this plan', choose(word, sorted(known)))

    def at_least(self, path: Path, number: int, least: int) -> None:
        """Notes a number below `least`."""
        if number < least:
            self.note(path, f"{number} is too small here", f"Use {least} or more")
