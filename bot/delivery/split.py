"""Long texts in pieces that a platform takes. Limits count UTF-16 units: most emoji are two."""

from __future__ import annotations

from typing import Final

_BORDERS: Final = ("\n\n", "\n", ". ", " ")


def units(text: str) -> int:
    """The length as Telegram counts it, and at least what Zalo does."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def split(text: str, most: int) -> list[str]:
    """Pieces of at most `most` units, cut between paragraphs, else lines, sentences or words, else anywhere.

    Empty for a text without letters: platforms trim what they get, and refuse what is then empty."""
    pieces = []
    rest = text.strip()
    while units(rest) > most:
        cut = _cut(rest, most)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _cut(text: str, most: int) -> int:
    end, room = 0, most
    for letter in text:
        room -= 2 if letter > "\uffff" else 1
        if room < 0:
            break
        end += 1
    for border in _BORDERS:
        at = text.rfind(border, 0, end + 1)
        # A border far at the front would leave a stub; the next finer one gives a fuller piece.
        if at > end // 2:
            return min(at + len(border), end)
    return max(end, 1)
