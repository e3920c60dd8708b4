"""Refusals: we understood, and the answer is no. Each has words for the person who asked. And `where` code broke."""

from __future__ import annotations

from typing import ClassVar

from core.replies import Words
from core.say import Say


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
    """File and line of an error, for the log; not its text, which might hold somebody's words."""
    trace = error.__traceback__ if error is not None else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}" if trace else ""
