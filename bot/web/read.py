"""Turn a form of the chat page into `Inbound`."""

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
from bot.intake.file_types import ForbiddenType, sniff, without_traces
from bot.web import CHANNEL
from core.messages import ChatId, Inbound, Language, Media, MediaKind, Place, SenderId

LONGEST_TEXT: Final = 4000
"""Characters, as on Telegram."""
LARGEST_FILE: Final = 20 * 1024 * 1024
LONGEST_PLACE: Final = 200
KINDS: Final = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}
NameOf = Callable[[str, int], str]
"""(message key, n) → the name of the message's n-th file, the same each time."""


class BadForm(Exception):
    """Raised for a form that our page did not make."""


class TooLong(Exception):
    """Raised for more words than one message holds, because nothing is cut off silently."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form, checked and without metadata, to be put into the media store as `name`."""

    name: str
    data: bytes
    mime: str


def words_of(form: Mapping[str, Any]) -> str:
    """The words of the form's text box, with line ends as one character (browsers send two)."""
    return unicodedata.normalize("NFC", str(form.get("text", ""))).replace("\r\n", "\n").strip()


def said_apart(form: Mapping[str, Any]) -> str:
    """The words that a button of the page sends instead of those in the text box (a start link, another language), ""
    for none."""
    start, language = str(form.get("start", "")), str(form.get("language", ""))
    return f"/language {language}" if language in set(Language) else start[:100]


async def read_form(
    form: Mapping[str, Any], files: list[UploadFile], chat: ChatId, now: datetime, language: Language, name_of: NameOf
) -> tuple[Inbound, list[Upload]] | None:
    """(the message, its files, which are still to be stored); None for an empty form. All files are checked before any
    is stored. Raises `BadForm`, `TooLong`, `TooLarge` or `ForbiddenType`.

    The page makes a key for each message, so a double tap or a retry after a lost response is the same message. A
    button press (`said_apart` too) ignores the words in the text box, which the person has not sent yet."""
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
    """The place of a form. The page sends JSON: [latitude, longitude, accuracy in metres]."""
    if not text:
        return None
    if len(text) > LONGEST_PLACE:  # deeply nested JSON would exhaust the parser's stack
        raise BadForm
    try:
        latitude, longitude, accuracy = (float(value) for value in json.loads(text))
    except (ValueError, TypeError):
        raise BadForm from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy < 1e7):
        raise BadForm
    return Place(latitude=latitude, longitude=longitude, accuracy_m=accuracy)


__all__ = ["BadForm", "ForbiddenType", "NameOf", "TooLarge", "TooLong", "Upload", "read_form", "said_apart", "words_of"]
