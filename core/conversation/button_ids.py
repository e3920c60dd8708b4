"""What stands in the id of a button. Anybody can make one by hand, so nothing in it is taken on trust."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 18
"""Digits. Every number of so many fits into 64 bits."""


def id_in(text: str) -> int | None:
    """The id that a part of a button is, None when it is anything else. Never raises."""
    plain = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if plain else None
