"""A form of the chat page → `Inbound`."""

from __future__ import annotations

import asyncio
import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from starlette.datastructures import UploadFile

from bot.channel import TooLarge
from bot.intake.fetcher import ForbiddenType, sniff, without_traces
from bot.web import CHANNEL
from core.messages import ChatId, Inbound, Language, Media, MediaKind, Place, SenderId

LONGEST_TEXT: Final = 4000
"""Characters; what Telegram takes, too."""
LARGEST_FILE: Final = 20 * 1024 * 1024
LONGEST_PLACE: Final = 200
KINDS: Final = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}
NameOf = Callable[[str, int], str]
"""The name of a message's n-th file, of (message key, n): the same message names its files the same."""


class BadForm(Exception):
    """The form is not one of ours."""


class TooLong(Exception):
    """More words than one message holds: nothing of them is cut off silently."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form, checked and without traces; it goes on the shelf as `name`."""

    name: str
    data: bytes
    mime: str


def words_of(form: Mapping[str, Any]) -> str:
    """What stands in the form's box. Browsers send a line's end as two characters; people write one."""
    return unicodedata.normalize("NFC", str(form.get("text", ""))).replace("\r\n", "\n").strip()


def said_apart(form: Mapping[str, Any]) -> str:
    """What a button of the page says for its person, whatever stands in the box: a start link, another language."""
    start, language = str(form.get("start", "")), str(form.get("language", ""))
    return f"/language {language}" if language in set(Language) else start[:100]


async def read_form(
    form: Mapping[str, Any], files: list[UploadFile], chat: ChatId, now: datetime, language: Language, name_of: NameOf
) -> tuple[Inbound, list[Upload]] | None:
    """What was said, with files that are still to be put on the shelf; None for an empty form. All files are looked
    at before any is kept. Raises `BadForm`, `TooLong`, `TooLarge` or `ForbiddenType`.

    The page makes a key for each message: a double tap, or a retry after a lost answer, is the same message. Pressed
    buttons and what is said apart leave the box alone: its words are not sent yet."""
    key = str(form.get("key", ""))
    if not 8 <= len(key) <= 64 or not key.isascii() or not key.replace("-", "").isalnum():
        raise BadForm
    button, apart = str(form.get("button", ""))[:64], said_apart(form)
    text = "" if button else apart or words_of(form)
    if len(text) > LONGEST_TEXT:
        raise TooLong
    message_key = f"{chat[:16]}:{key}"
    if button or apart:
        message_key += f":{hashlib.sha256((button or apart).encode()).hexdigest()[:8]}"
        files = []
    uploads = [
        Upload(name_of(message_key, index), *await _checked(file))
        for index, file in enumerate(file for file in files if file.filename)
    ]
    place = _place(str(form.get("place", "")))
    if not (text or button or uploads or place):
        return None
    heard = Inbound(
        channel=CHANNEL,
        sender=SenderId(chat),
        chat=chat,
        message_key=message_key,
        sent_at=now,
        text=text,
        button=button,
        press=key if button else "",
        media=tuple(_media(upload) for upload in uploads),
        place=place,
        language=language,
    )
    return heard, uploads


async def _checked(file: UploadFile) -> tuple[bytes, str]:
    data = await file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise TooLarge
    mime = sniff(data)
    if mime.startswith("image/"):
        return await asyncio.to_thread(without_traces, data), "image/jpeg"
    return data, mime


def _media(upload: Upload) -> Media:
    kind = KINDS.get(upload.mime.partition("/")[0], MediaKind.FILE)
    return Media(kind=kind, ref=upload.name, mime=upload.mime, size=len(upload.data))


def _place(text: str) -> Place | None:
    """The page sends [latitude, longitude, accuracy in metres]."""
    if not text:
        return None
    if len(text) > LONGEST_PLACE:  # a deep nest would not be read, but fallen into
        raise BadForm
    try:
        latitude, longitude, accuracy = (float(value) for value in json.loads(text))
    except (ValueError, TypeError):
        raise BadForm from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy < 1e7):
        raise BadForm
    return Place(latitude=latitude, longitude=longitude, accuracy_m=accuracy)


__all__ = ["BadForm", "ForbiddenType", "NameOf", "TooLarge", "TooLong", "Upload", "read_form", "said_apart", "words_of"]
