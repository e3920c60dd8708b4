"""The emergency telephone numbers of the plan in force.

Sentences of the catalogs take them as arguments (`{ $police }`, and `{ $numbers }` for all of them in one line); texts
of plans and of the list of questions hold the same names in braces (`{police}`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.messages import Language
from core.plan import Hotline
from core.triage.proposal import Category

POLICE, FIRE, AMBULANCE, CHILDREN = "police", "fire", "ambulance", "children"
NAMED: Final = (POLICE, FIRE, AMBULANCE, CHILDREN)
"""The keys that every plan has, because sentences name them. A plan may add others: they appear in the list of all."""
DANGER: Final = (POLICE, FIRE, AMBULANCE)
"""What the web page shows at its top."""
_FIRST: Final = {Category.FIRE_SAFETY: FIRE, Category.TRAFFIC: AMBULANCE}
"""Whom to call first. After a traffic accident that is the ambulance: they call the police."""
_IN_BRACES: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Hotlines:
    """The hotlines of one plan, in the plan's order. Every key of `NAMED` is among them."""

    lines: tuple[Hotline, ...]

    def number(self, key: str) -> str:
        """The number under a key. Raises `KeyError` when the plan has no such key."""
        for line in self.lines:
            if line.key == key:
                return line.number
        raise KeyError(key)

    def to_call(self, category: Category) -> str:
        """The number to call in an emergency of this kind."""
        return self.number(_FIRST.get(category, POLICE))

    def arguments(self, language: Language) -> dict[str, str]:
        """What a sentence of the catalog may name: each number of `NAMED` by its key, and `numbers`, all in a list."""
        every = " · ".join(f"{line.number} {name_of(line, language)}" for line in self.lines)
        return {key: self.number(key) for key in NAMED} | {"numbers": every}

    def danger(self, language: Language) -> list[tuple[str, str]]:
        """(number, name) of each hotline of `DANGER`, for a page's head."""
        return [(line.number, name_of(line, language)) for line in self.lines if line.key in DANGER]

    def filled_in(self, text: str) -> str:
        """A text of a plan or of the list of questions with its numbers in place of `{police}` and the like. Other
        words in braces stay as they are."""
        return _IN_BRACES.sub(lambda found: self.number(found[1]) if found[1] in NAMED else found[0], text)


def name_of(line: Hotline, language: Language) -> str:
    """What a hotline is called in a language; in Vietnamese when it has no name in that one."""
    return line.names.get(language) or line.names[Language.VI]


def unknown_in(text: str) -> Iterator[str]:
    """The words in braces of a text that name no hotline of `NAMED`."""
    return (name for name in _IN_BRACES.findall(text) if name not in NAMED)
