"""Turn Zalo's events into `Inbound`. Pure: the time and the bot's own account are arguments.

A body is `{"event_name": …, "message": {…}}`, or the same wrapped as `{"ok": true, "result": {…}}`. There are no
buttons, no shared places, and no events about people who block the bot.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.intake.fields import BrokenUpdate, Fields
from bot.zalo_bot import CHANNEL
from bot.zalo_bot.media import media_of
from core.messages import ChatId, Inbound, SenderId

_TEXT: Final = "message.text.received"
_WITH_FILE: Final = frozenset({"message.image.received", "message.voice.received"})
_WORDLESS: Final = frozenset({"message.sticker.received", "message.unsupported.received"})
"""Events without content. In a private chat the sender is told so; in a group they are ignored."""
_PRIVATE: Final = "PRIVATE"
_OLDEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(minutes=5)
LONGEST_KEY: Final = 120


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The bot's id, and the names by which people may address it in a group."""

    bot_id: str
    names: tuple[str, ...] = ()


def read(body: Any, us: OwnAccount, now: datetime) -> Inbound | None:
    """The `Inbound` of one body (parsed JSON), or None for events that do not concern the bot: other bots, stickers in
    a group.

    Raises `BrokenUpdate` for unknown events and for fields of the wrong type."""
    event = Fields(body, "event")
    if event.has("result"):
        event = event.part("result")
    name = event.words("event_name")
    if name != _TEXT and name not in _WITH_FILE | _WORDLESS:
        raise BrokenUpdate("event_name is unknown")
    message = event.part("message")
    sender, chat = message.part("from"), message.part("chat")
    in_group = _is_group(sender, chat)
    if sender.flag("is_bot") or (in_group and name in _WORDLESS):
        return None
    text, media = "", media_of(message) if name in _WITH_FILE else ()
    if name not in _WORDLESS:
        text = message.text("text") or message.text("caption")
    if name in _WITH_FILE and not media and not text:
        raise BrokenUpdate("a file without a link")
    return Inbound(
        channel=CHANNEL,
        sender=SenderId(sender.ident("id")),
        chat=ChatId(chat.ident("id")),
        message_key=_key(us.bot_id, chat.ident("id"), message.ident("message_id")),
        sent_at=_at(message, now),
        text=_without_name(text, us) if in_group else text,
        media=media,
        in_group=in_group,
        sender_name=sender.text("display_name").strip(),
    )


def _is_group(sender: Fields, chat: Fields) -> bool:
    """Whether the chat is a group. Zalo sends only those group messages that mention or answer the bot, so all of them
    are addressed to it."""
    kind = chat.text("chat_type")
    return kind != _PRIVATE if kind else chat.ident("id") != sender.ident("id")


def _key(*parts: str) -> str:
    key = ":".join(parts)
    return key if len(key) <= LONGEST_KEY else f"{parts[0]}:sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _at(message: Fields, now: datetime) -> datetime:
    """The time of a message, sent in milliseconds; `now` for an impossible one, because the time is only displayed and
    no reason to reject a message."""
    try:
        at = datetime.fromtimestamp(int(message.ident("date")) / 1000, UTC)
    except (OverflowError, OSError, ValueError):  # a BrokenUpdate is a ValueError too
        return now
    return at if _OLDEST <= at <= now + _AHEAD else now


def _without_name(text: str, us: OwnAccount) -> str:
    """A group message without the bot's name at its start."""
    said = text.strip()
    for name in sorted(us.names, key=len, reverse=True):
        called = f"@{name}"
        following = said[len(called) : len(called) + 1]
        if said.casefold().startswith(called.casefold()) and not following.isalnum():
            return said[len(called) :].lstrip(" ,:\n")
    return text
