"""Messages that a platform takes in several pieces."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

from bot.channel import Outgoing
from core.bounded_dict import BoundedDict
from core.messages import ChatId

Piece = TypeVar("Piece")

MOST: Final = 1_000
"""Messages whose first pieces are kept in mind."""


class HalfSent:
    """Pieces that went out before a failure are not sent again when the same message is tried again."""

    def __init__(self) -> None:
        self._sent: BoundedDict[int, list[str]] = BoundedDict(MOST)

    async def send(
        self, to: ChatId, message: Outgoing, pieces: Sequence[Piece], send_one: Callable[[Piece], Awaitable[str]]
    ) -> list[str]:
        """Send the pieces of `message` that are still missing, in order; the platform's handles of all of them.
        Raises what `send_one` raises."""
        sent = self._sent.pop(key_of(to, message), []) if self._sent else []
        try:
            for piece in pieces[len(sent) :]:
                sent.append(await send_one(piece))
        except Exception:
            if sent:
                self._sent[key_of(to, message)] = sent
            raise
        return sent


def key_of(to: ChatId, message: Outgoing) -> int:
    """The same for the same message to the same chat, as long as this process lives."""
    return hash((to, message))
