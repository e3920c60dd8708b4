"""Incoming messages, in one form for all apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

SenderId = NewType("SenderId", str)
"""A platform's own id of a person; opaque: never a phone number or a real name."""

ChatId = NewType("ChatId", str)
"""A platform's own id of the chat to answer in. In a private chat it equals the sender's id."""


class Channel(str):
    """A way in and out, by the name of its folder in `bot/`. The folders define which ones exist; other code
    asks `core.channels` what each can do."""

    __slots__ = ()

    @property
    def value(self) -> str:
        """The name as plain text, as it stands in rows and logs."""
        return str(self)


class Language(StrEnum):
    """The languages that the catalogs speak. Vietnamese is the first and the fallback."""

    VI = "vi"
    EN = "en"


class MediaKind(StrEnum):
    """What kind of thing was sent with, or instead of, words."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"


class Notice(StrEnum):
    """What a platform tells us about a chat, rather than what a person says in it."""

    BLOCKED = "blocked"
    """The person blocked the bot, or the group removed it: nothing can be sent there."""
    WELCOME = "welcome"
    """The person unblocked the bot, or a group added it."""
    MOVED = "moved"
    """The chat goes on under another id (`Inbound.moved_to`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point that somebody shared. WGS 84 degrees; `accuracy_m` is a radius in metres where the phone told it."""

    latitude: float
    longitude: float
    accuracy_m: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file that the platform still holds. `ref` is what the channel needs to fetch it; `size` is in bytes."""

    kind: MediaKind
    ref: str
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One thing that one person sent.

    `message_key` is made by the channel and unique on it, across its chats: a redelivery is harmless.
    `button` is the id of a `Choice` that was pressed, `press` the platform's handle with which that press is answered.
    `album` joins messages that were sent as one. `in_group` is true outside a private chat, `addressed` when a group's
    message is meant for us. `edits` marks a later version of an earlier message (a live location, a corrected text).
    """

    channel: Channel
    sender: SenderId
    chat: ChatId
    message_key: str
    sent_at: datetime
    text: str = ""
    place: Place | None = None
    media: tuple[Media, ...] = ()
    button: str = ""
    press: str = ""
    album: str = ""
    in_group: bool = False
    addressed: bool = True
    edits: bool = False
    sender_name: str = ""
    language: Language | None = None
    notice: Notice | None = None
    moved_to: ChatId | None = None

    def __post_init__(self) -> None:
        if self.sent_at.tzinfo is None:
            raise ValueError("sent_at needs a time zone")
