"""What the courier and the fetcher need of a platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.channel.message import Outgoing
from core.messages import ChatId, Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How quickly a platform lets us send: per second in all, per second to one person (with a burst), per minute to
    one group."""

    overall_per_second: float
    per_chat_per_second: float
    chat_burst: int
    group_per_minute: float
    per_month: int = 0
    """Messages that the account may send in a month, 0: as many as it likes. The last tenth is kept for what cannot
    wait: alerts and answers."""


class ChannelPort(Protocol):
    """What the courier needs of a platform.

    Each method raises one of the errors of `bot.channel.errors`, or a `ConnectionError` or `TimeoutError` for "try
    again later". Anything else is taken for a fault of our own code: the message is set aside, and the platform has
    nothing to do with it."""

    account: str
    """The sending account (`telegram:<bot id>`): one process at a time sends with it."""
    pace: Pace

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Send; return the platform's handle of the (last) message, "" where it has none. A file that the platform does
        not take is left out, and the words say so: it is no reason to refuse the words, or to think the chat closed."""

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Change an earlier message in place. Raises `GoneMessage` when it cannot be changed any more."""

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Answer a button press; too late to answer counts as done."""

    def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """The bytes of something that was sent to us. Raises `TooLarge` past `limit` bytes, `GoneMedia` when it is no
        longer there."""

    async def close(self) -> None:
        """Let go of connections."""


@runtime_checkable
class KeepsUploads(Protocol):
    """A port whose `fetch` finds files that we keep ourselves until they are fetched, rather than a platform."""

    async def let_go(self, media: Media) -> None:
        """Forget what was sent to us: it was fetched and its row is committed, or it will never be wanted."""


@runtime_checkable
class SendsPieces(Protocol):
    """A port that sends one of our messages as several of its platform's."""

    def pieces(self, message: Outgoing) -> int:
        """How many, at least one: so much of a month's budget is used."""
