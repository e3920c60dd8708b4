"""Turn Telegram's updates into `Inbound`. Pure: the time and the bot's own account are arguments.

Facts: Bot API 10.3 (Update, Message, CallbackQuery, ChatMemberUpdated). Every photo of an album comes as an update of
its own with the same `media_group_id`; a live location goes on as `edited_message`; a button press has no time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.intake.fields import BrokenUpdate, Fields
from bot.telegram import CHANNEL
from bot.telegram.media import media_of
from core.messages import ChatId, Inbound, Language, Notice, Place, SenderId

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update to ask for. Sent with every `getUpdates` and `setWebhook`, because an omitted list keeps an older
one."""

OTHER_CONTENT: Final = ("contact", "poll", "dice", "story", "game", "checklist", "paid_media", "invoice", "giveaway")
"""Content without words for us. It becomes an empty message, so that the sender gets an answer."""

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,32}))?(?!\S)")
_INSIDE: Final = frozenset({"member", "administrator", "creator", "restricted"})


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The bot's own account: `name` is its @name without the @, "" until Telegram has told it."""

    id: int
    name: str


def read(update: Mapping[str, Any], us: OwnAccount, now: datetime) -> Inbound | None:
    """The `Inbound` of one update (parsed JSON), or None for updates that do not concern the bot: channel posts, other
    bots, service messages, unknown kinds. `now` (aware) is used as the time of a button press.

    Raises `BrokenUpdate` when a field that we use has the wrong type."""
    fields = Fields(update)
    key = f"{us.id}:{fields.number('update_id')}"
    match fields.first_of(ALLOWED_UPDATES):
        case "message":
            return _message(fields.part("message"), key, us, edits=False)
        case "edited_message":
            return _message(fields.part("edited_message"), key, us, edits=True)
        case "callback_query":
            return _press(fields.part("callback_query"), key, now)
        case "my_chat_member":
            return _let_in_or_out(fields.part("my_chat_member"), key)
    return None


def _message(message: Fields, key: str, us: OwnAccount, *, edits: bool) -> Inbound | None:
    chat = message.part("chat")
    if message.has("migrate_to_chat_id"):
        to = ChatId(str(message.number("migrate_to_chat_id")))
        mover = message.part("from") if message.has("from") else chat
        return _inbound(key, mover, chat, _at(message), notice=Notice.MOVED, moved_to=to)
    sender = message.part_or_none("from")
    # Other bots, and an administrator who writes as the group: Telegram hides the person, so no duty can be checked.
    if sender is None or chat.text("type") == "channel" or sender.flag("is_bot"):
        return None
    text = message.text("text") or message.text("caption")
    media = media_of(message)
    place = _place(message)
    if not (text or media or place):
        text = _words_of_others(message, sender)
        if not text and not message.first_of(OTHER_CONTENT) and not message.has("sticker"):
            return None
    text, addressed = _to_us(message, chat, text, us)
    return _inbound(
        key,
        sender,
        chat,
        _at(message, "edit_date" if edits and message.has("edit_date") else "date"),
        text=text,
        place=place,
        media=media,
        album=message.text("media_group_id"),
        addressed=addressed,
        edits=edits,
    )


def _press(query: Fields, key: str, now: datetime) -> Inbound | None:
    message = query.part_or_none("message")
    sender = query.part("from")
    button = query.text("data")
    if message is None or not button or sender.flag("is_bot"):
        return None
    chat = message.part("chat")  # present even when the message itself is too old to be included
    if chat.text("type") == "channel":
        return None
    return _inbound(key, sender, chat, now, button=button, press=query.words("id"))


def _let_in_or_out(change: Fields, key: str) -> Inbound | None:
    """The notice that a person blocked or unblocked the bot, or that a group added or removed it."""
    chat = change.part("chat")
    was, is_ = _is_inside(change.part("old_chat_member")), _is_inside(change.part("new_chat_member"))
    if was == is_ or chat.text("type") == "channel":
        return None  # such as a promotion
    notice = Notice.WELCOME if is_ else Notice.BLOCKED
    return _inbound(key, change.part("from"), chat, _at(change), notice=notice)


def _is_inside(member: Fields) -> bool:
    status = member.text("status")
    return status in _INSIDE and (status != "restricted" or member.flag("is_member"))


def _inbound(key: str, sender: Fields, chat: Fields, at: datetime, **rest: Any) -> Inbound:
    return Inbound(
        channel=CHANNEL,
        sender=SenderId(str(sender.number("id"))),
        chat=ChatId(str(chat.number("id"))),
        message_key=key,
        sent_at=at,
        in_group=chat.text("type") != "private",
        sender_name=f"{sender.text('first_name')} {sender.text('last_name')}".strip(),
        language=_language(sender.text("language_code")),
        **rest,
    )


def _at(fields: Fields, name: str = "date") -> datetime:
    try:
        return datetime.fromtimestamp(fields.number(name), UTC)
    except (OverflowError, OSError, ValueError):
        raise BrokenUpdate(f"{name} is no time") from None


def _language(code: str) -> Language | None:
    short = code[:2].lower()
    return Language(short) if short in ("vi", "en") else None


def _place(message: Fields) -> Place | None:
    venue = message.part_or_none("venue")
    point = venue.part("location") if venue is not None else message.part_or_none("location")
    if point is None:
        return None
    accuracy = point.decimal("horizontal_accuracy", 0, 1e7) if point.has("horizontal_accuracy") else None
    name = ", ".join(filter(None, (venue.text("title"), venue.text("address")))) if venue is not None else ""
    return Place(
        latitude=point.decimal("latitude", -90, 90),
        longitude=point.decimal("longitude", -180, 180),
        accuracy_m=accuracy,
        name=name,
    )


def _words_of_others(message: Fields, sender: Fields) -> str:
    """The words of other content: a sticker's emoji, or a contact if it is the sender's own number."""
    sticker = message.part_or_none("sticker")
    if sticker is not None:
        return sticker.text("emoji")
    contact = message.part_or_none("contact")
    if contact is not None and contact.number_or_none("user_id") == sender.number("id"):
        return contact.text("phone_number")
    return ""


def _to_us(message: Fields, chat: Fields, text: str, us: OwnAccount) -> tuple[str, bool]:
    """(the words without the bot's name, whether they are addressed to the bot). In a private chat all are."""
    private = chat.text("type") == "private"
    command = _COMMAND.match(text) if text.startswith("/") else None
    if command is not None:
        named = command[2] or ""
        ours = not named or not us.name or named.lower() == us.name.lower()
        return (f"/{command[1]}{text[command.end() :]}" if ours else text), private or ours
    if private:
        return text, True
    mention = f"@{us.name}".lower() if us.name else ""
    if mention and text.lower().startswith(mention) and not text[len(mention) : len(mention) + 1].isalnum():
        return text[len(mention) :].lstrip(" ,:"), True
    return text, _names_us(message, text, us) or _answers_us(message, us)


def _names_us(message: Fields, text: str, us: OwnAccount) -> bool:
    if us.name and re.search(rf"@{re.escape(us.name)}(?![A-Za-z0-9_])", text, re.IGNORECASE):
        return True
    entities = message.parts("entities") or message.parts("caption_entities")
    people = (entity.part_or_none("user") for entity in entities if entity.text("type") == "text_mention")
    return any(person is not None and person.number("id") == us.id for person in people)


def _answers_us(message: Fields, us: OwnAccount) -> bool:
    earlier = message.part_or_none("reply_to_message")
    author = earlier.part_or_none("from") if earlier is not None else None
    return author is not None and author.number("id") == us.id
