"""Reads the ids in a button's payload. Anybody can forge a payload, so every part of it is checked."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 18
"""Digits. Every number with at most this many fits into 64 bits."""


def id_in(text: str) -> int | None:
    """The id in one part of a button's payload; None for anything else. Never raises."""
    plain = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if plain else None
