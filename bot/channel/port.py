"""What the courier and the fetcher need from a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.channel.message import Outgoing
from core.messages import ChatId, Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A platform's rate limits: messages per second in all, per second to one person (with a burst), per minute to one
    group."""

    overall_per_second: float
    per_chat_per_second: float
    chat_burst: int
    group_per_minute: float
    per_month: int = 0
    """Messages that the account may send in a month; 0: no limit. The last tenth is reserved for alerts and answers."""


class ChannelPort(Protocol):
    """Sends messages to a platform and fetches its files.

    Each method raises one of the errors of `bot.channel.errors`, or a `ConnectionError` or `TimeoutError` for "try
    again later". Anything else counts as a fault of our own code: the message is set aside and the platform's state
    does not change."""

    account: str
    """The sending account (`telegram:<bot id>`), which one process at a time sends with."""
    pace: Pace

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Send a message; return the platform's handle of the (last) message, "" where it has none. A file that the
        platform refuses is left out and the text says so: that does not count as a refusal of the message or of the
        chat."""

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Change an earlier message in place. Raises `GoneMessage` when it cannot be changed any more."""

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Answer a button press. A press that is too old to answer counts as answered."""

    def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """The bytes of a received file, in chunks. Raises `TooLarge` past `limit` bytes, `GoneMedia` when it no longer
        exists."""

    async def close(self) -> None:
        """Close all connections."""


@runtime_checkable
class KeepsUploads(Protocol):
    """A port whose files are uploads that we store ourselves until they are fetched."""

    async def let_go(self, media: Media) -> None:
        """Delete an upload: it was fetched and its row is committed, or it will never be wanted."""


@runtime_checkable
class SendsPieces(Protocol):
    """A port that may send one of our messages as several messages of its platform."""

    def pieces(self, message: Outgoing) -> int:
        """The number of the platform's messages, at least one, which a month's budget is charged with."""
