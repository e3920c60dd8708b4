"""Turn a message into pieces of plain text, with numbers for buttons, for both Zalo products."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from bot.channel import Outgoing
from bot.delivery.numbered import numbered
from bot.delivery.split import split, units
from locales.words import text

LONGEST_TEXT: Final = 2000
"""UTF-16 units after NFC. Zalo says "characters", which is never a smaller limit."""


def pieces_of(message: Outgoing, *, left_behind: int = 0) -> list[str]:
    """The texts to send one after the other: the message's words, its location in words, a line for `left_behind`
    files, and the numbered list. The list is not split if it fits into one piece."""
    words = [unicodedata.normalize("NFC", message.text.strip())]
    if message.point is not None:
        latitude, longitude = (f"{degrees:.5f}" for degrees in message.point)
        words.append(text("zalo-place", message.language, latitude=latitude, longitude=longitude))
    if left_behind:
        words.append(text("zalo-files", message.language, count=left_behind))
    entries = unicodedata.normalize("NFC", numbered(replace(message, text="")))
    pieces = split("\n\n".join(part for part in words if part), LONGEST_TEXT)
    if not entries:
        return pieces
    whole = f"{pieces[-1]}\n\n{entries}" if pieces else entries
    if units(whole) <= LONGEST_TEXT:
        return [*pieces[:-1], whole]
    return [*pieces, *split(entries, LONGEST_TEXT)]
