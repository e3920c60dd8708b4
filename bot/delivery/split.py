"""Split long texts into pieces within a platform's limit, which counts UTF-16 units (most emoji are two)."""

from __future__ import annotations

from typing import Final

_BORDERS: Final = ("\n\n", "\n", ". ", " ")


def units(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts it; Zalo's count is never higher."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def split(text: str, most: int) -> list[str]:
    """Pieces of at most `most` UTF-16 units, cut between paragraphs, else lines, sentences or words, else anywhere.

    Empty for a text of white space only, because platforms trim texts and refuse empty ones."""
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
        # A boundary near the front would leave a short piece; the next finer kind gives a fuller one.
        if at > end // 2:
            return min(at + len(border), end)
    return max(end, 1)
