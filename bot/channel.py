"""The seam between us and a platform: what a channel folder must offer, and the ways in which a platform can say no.

A channel folder holds `connect.py` (how it joins the running app), `read.py` (its platform's message → `Inbound`),
`send.py` (a `ChannelPort`) and `routes.py` (its web addresses) or `poll.py` (the loop that asks the platform for news).
It knows no tips.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.messages import ChatId, Inbound, Language, Media

Hear = Callable[[Inbound], Awaitable[None]]
"""Take one message in. Returns after its commit: only then may the platform be told "received".

Raises `NotTaken` when nothing was stored (database down, locked or full): the platform must be asked to send again.
A redelivery returns quietly."""

KeepBroken = Callable[[str, str, bytes], Awaitable[None]]
"""Keep (channel, message key, raw body) of something that could not be read, encrypted, and alarm the operator."""


class NotTaken(Exception):
    """Nothing was stored; the platform must deliver again."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button in the reader's language."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Stored media, decrypted, to send along. `kind` is a `core.messages.MediaKind` value."""

    kind: str
    data: bytes
    mime: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message in the reader's own language, ready for a platform."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    point: tuple[float, float] | None = None
    place_button: str = ""
    """The label of the platform's own share-my-location button, where one is wanted."""
    wants_answer: bool = False
    protect: bool = False
    more: str = ""
    """Where `rows` are one page of a numbered list: the words of its "0", which turns the page."""
    hint: str = ""
    """How to answer a numbered list, in a line."""
    language: Language = Language.VI
    """The reader's, for what a platform adds in words of its own."""


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

    Each method raises one of the errors below, or a `ConnectionError` or `TimeoutError` for "try again later". Anything
    else is taken for a fault of our own code: the message is set aside, and the platform has nothing to do with it."""

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


class TooFast(Exception):
    """Wait `retry_after` seconds before sending anything more to this account."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after} s")
        self.retry_after = retry_after


class Unreachable(Exception):
    """This chat takes no messages until it lets us in again, or writes to us: blocked, deactivated, kicked, not
    found."""


class WindowClosed(Exception):
    """This person may not be written to now: they last wrote too long ago. Another chat of theirs may be open; the next
    message opens this one again."""


class QuotaUsedUp(Exception):
    """The account has no messages, or no money, left: nothing goes out until the operator or a new month gives more."""


class LaterFor(Exception):
    """The platform takes this very message only from `until` on (aware): an advert at night, say."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


class Moved(Exception):
    """The chat has another id now."""

    def __init__(self, to: ChatId) -> None:
        super().__init__("the chat has another id now")
        self.to = to


class Refused(Exception):
    """The platform will never take this very message; trying again is useless."""


class AccountDead(Exception):
    """The token was rejected: nothing can be sent with this account until the operator acts."""


class GoneMessage(Exception):
    """The message to edit can no longer be edited: send a new one."""


class GoneMedia(Exception):
    """The platform no longer has the file."""


class TooLarge(Exception):
    """The file is over the limit."""
