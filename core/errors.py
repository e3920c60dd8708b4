"""Refusals: we understood, and the answer is no. Each has words for the person who asked."""

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
