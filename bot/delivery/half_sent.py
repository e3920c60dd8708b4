"""Sending messages in several pieces."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

from bot.channel import Outgoing
from core.bounded_dict import BoundedDict
from core.messages import ChatId

Piece = TypeVar("Piece")

MOST: Final = 1_000
"""Partly sent messages that are remembered at most."""


class HalfSent:
    """Remembers the pieces that were sent before a failure, so that they are not sent again when the message is
    retried."""

    def __init__(self) -> None:
        self._sent: BoundedDict[int, list[str]] = BoundedDict(MOST)

    async def send(
        self, to: ChatId, message: Outgoing, pieces: Sequence[Piece], send_one: Callable[[Piece], Awaitable[str]]
    ) -> list[str]:
        """Send the pieces of `message` that are still missing, in order. Returns the platform's handles of all pieces.
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
    """A key of a message and its chat, stable within this process."""
    return hash((to, message))
