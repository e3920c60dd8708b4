"""Refusals: we understood, and the answer is no. Each has words for the person who asked. And `where` code broke."""

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
    """There is no such thing, or not for this person: the two look alike on purpose."""

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
