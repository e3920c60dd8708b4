"""Turn an `Outgoing` into requests to Telegram, in order. Pure, except that it uses aiogram's types.

All text is plain, without a parse mode, so that a resident's words cannot change a message's format.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiogram.methods import (
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.channel import Outgoing, Picture
from bot.delivery.split import split, units
from core.messages import ChatId, MediaKind
from core.replies import say
from core.say import Say
from locales.words import render

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ForceReply | None

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
"""UTF-16 units."""
LARGEST_PHOTO: Final = 10 * 1024 * 1024
ALBUM: Final = 10
_PHOTOS: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_VOICES: Final = frozenset({"audio/ogg", "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a"})
_NAME_CHARS: Final = 60


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `words`: its message has the text or the buttons, so it is the one to edit later.

    Telegram may refuse files. Then `instead` (the same files as documents) is tried, and for those that are refused
    again `left_out(count)` makes a message with the words and a line that so many files could not be sent."""

    method: TelegramMethod[Any]
    words: bool = False
    instead: tuple[TelegramMethod[Any], ...] = ()
    left_out: Callable[[int], TelegramMethod[Any]] | None = None


def is_private(chat: ChatId) -> bool:
    """Whether a chat is private. Groups have negative ids."""
    return not chat.startswith("-")


def inline(message: Outgoing) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None removes them in an edit."""
    if not message.rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=button.label, callback_data=button.id) for button in row] for row in message.rows
        ]
    )


def requests_for(to: ChatId, message: Outgoing) -> list[Request]:
    """All requests of one message: pictures, then the words, then the pin."""
    markup = _markup(to, message)
    text = message.text.strip()
    shown, files = _sorted(message.pictures)
    requests: list[Request] = []
    if len(shown) + len(files) == 1 and units(text) <= LONGEST_CAPTION:
        return [_single(to, (shown + files)[0], message, text, markup), *_pin(to, message), *_ask_place(to, message)]
    for start in range(0, len(shown), ALBUM):
        requests.append(_album(to, shown[start : start + ALBUM], message))
    requests += [_single(to, file, message, "", None) for file in files]
    pieces = split(text, LONGEST_TEXT)
    for number, piece in enumerate(pieces, start=1):
        last = number == len(pieces)
        method = SendMessage(
            chat_id=to, text=piece, reply_markup=markup if last else None, protect_content=message.protect
        )
        requests.append(Request(method, words=last))
    return [*requests, *_pin(to, message), *_ask_place(to, message)]


def _markup(to: ChatId, message: Outgoing) -> Markup:
    """The markup of a message. A message can have one kind only: choices, else a forced reply, else the location
    button."""
    if message.rows:
        return inline(message)
    if message.wants_answer:
        return ForceReply(force_reply=True)
    return _place_keyboard(message.place_button) if message.place_button and is_private(to) else None


def _ask_place(to: ChatId, message: Outgoing) -> list[Request]:
    """A short message of its own with the location button, for a message that has other buttons already: Telegram
    allows one kind of buttons in a message, and a text split in two could not be edited as one."""
    if not message.place_button or not is_private(to) or not (message.rows or message.wants_answer):
        return []
    keyboard = _place_keyboard(message.place_button)
    return [Request(SendMessage(chat_id=to, text=message.place_button, reply_markup=keyboard))]


def _place_keyboard(label: str) -> ReplyKeyboardMarkup:
    button = KeyboardButton(text=label, request_location=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def _pin(to: ChatId, message: Outgoing) -> list[Request]:
    if message.point is None:
        return []
    latitude, longitude = message.point
    pin = SendLocation(chat_id=to, latitude=latitude, longitude=longitude, protect_content=message.protect)

    def in_words(_count: int) -> TelegramMethod[Any]:
        return SendMessage(chat_id=to, text=f"📍 {latitude:.5f}, {longitude:.5f}", protect_content=message.protect)

    return [Request(pin, left_out=in_words)]


def _sorted(pictures: Sequence[Picture]) -> tuple[list[Picture], list[Picture]]:
    """(photos and videos, which can form an album; other files, which are sent one by one)."""
    shown = [picture for picture in pictures if _way(picture) in (SendPhoto, SendVideo)]
    return shown, [picture for picture in pictures if _way(picture) not in (SendPhoto, SendVideo)]


def _way(picture: Picture) -> type[TelegramMethod[Any]]:
    """The method to send a file with: Telegram shows or plays a few types only, the rest is sent as a document."""
    mime = picture.mime.partition(";")[0]
    if picture.kind == MediaKind.PHOTO and mime in _PHOTOS and len(picture.data) <= LARGEST_PHOTO:
        return SendPhoto
    if picture.kind == MediaKind.VIDEO and mime == "video/mp4":
        return SendVideo
    if picture.kind == MediaKind.VOICE and mime in _VOICES:
        return SendVoice
    return SendDocument


def _single(to: ChatId, picture: Picture, message: Outgoing, caption: str, markup: Markup) -> Request:
    common: dict[str, Any] = {
        "chat_id": to,
        "caption": caption or None,
        "reply_markup": markup,
        "protect_content": message.protect,
    }
    document = SendDocument(document=_file(picture), disable_content_type_detection=True, **common)
    words, left_out = bool(caption or markup), _left_out(to, message, caption, markup)
    way = _way(picture)
    if way is SendPhoto:
        return Request(SendPhoto(photo=_file(picture), **common), words, (document,), left_out)
    if way is SendVideo:
        video = SendVideo(video=_file(picture), supports_streaming=True, **common)
        return Request(video, words, (document,), left_out)
    if way is SendVoice:
        return Request(SendVoice(voice=_file(picture), **common), words, (document,), left_out)
    return Request(document, words, left_out=left_out)


def _left_out(to: ChatId, message: Outgoing, caption: str, markup: Markup) -> Callable[[int], TelegramMethod[Any]]:
    """A function from a number of refused files to a message with their caption and a line that they are missing."""

    def in_words(count: int) -> TelegramMethod[Any]:
        missing = render(say(Say.FILES_NOT_SENT, count=count), message.language)
        said = f"{caption}\n\n{missing}" if caption else missing
        return SendMessage(chat_id=to, text=said, reply_markup=markup, protect_content=message.protect)

    return in_words


def _album(to: ChatId, pictures: Sequence[Picture], message: Outgoing) -> Request:
    """A request for an album of at least two files. An album cannot have buttons, so the words follow in a message of
    their own."""
    if len(pictures) == 1:
        return _single(to, pictures[0], message, "", None)
    items: list[Any] = [
        InputMediaPhoto(media=_file(picture)) if _way(picture) is SendPhoto else InputMediaVideo(media=_file(picture))
        for picture in pictures
    ]
    method = SendMediaGroup(chat_id=to, media=items, protect_content=message.protect)
    singly = tuple(
        SendDocument(chat_id=to, document=_file(picture), protect_content=message.protect) for picture in pictures
    )
    return Request(method, instead=singly, left_out=_left_out(to, message, "", None))


def _file(picture: Picture) -> BufferedInputFile:
    return BufferedInputFile(picture.data, filename=picture.name[-_NAME_CHARS:] or picture.kind)
