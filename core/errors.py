"""Refusals, each with words for the person who asked; and `where`, which finds the place of an error in our code."""

from __future__ import annotations

from typing import ClassVar, Final

from core.replies import Words
from core.say import Say

ROOMS: Final = frozenset(
    {"api", "bot", "console", "core", "documents", "handlers", "locales", "plans", "scheduler", "storage", "web"}
)
"""The packages that are ours, also those that an installation need not have."""


class Refusal(Exception):
    """The base of all refusals. `words` tell the person why, and what to do instead."""

    key: ClassVar[Say] = Say.NOT_FOUND

    @property
    def words(self) -> Words:
        return Words(self.key)


class NotFound(Refusal):
    """The thing does not exist, or this person may not see it. Both give one answer, so nobody learns what exists."""

    key = Say.NOT_FOUND


def where(error: BaseException | None) -> str:
    """Place in our code where an error came up, such as `core/cards.py:52`; not its text, which might hold
    somebody's words. It is the innermost line of ours: a library that was called wrongly says little."""
    ours = last = ""
    trace = error.__traceback__ if error is not None else None
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        last = f"{module.replace('.', '/')}.py:{trace.tb_lineno}"
        if module.partition(".")[0] in ROOMS:
            ours = last
        trace = trace.tb_next
    return ours or last
