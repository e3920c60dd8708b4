"""A form of the chat page → `Inbound`."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from starlette.datastructures import UploadFile

from bot.channel import TooLarge
from bot.fetcher import ForbiddenType, sniff
from core.messages import Channel, ChatId, Inbound, Language, Media, MediaKind, Place, SenderId

LONGEST_TEXT: Final = 4000
LARGEST_FILE: Final = 20 * 1024 * 1024
Store = Callable[[bytes, str], Awaitable[str]]
"""Put bytes of a kind (MIME type) on the shelf; returns what finds them again."""


class BadForm(Exception):
    """The form is not one of ours."""


async def read_form(
    form: Mapping[str, Any], chat: ChatId, now: datetime, language: Language, store: Store, files: list[UploadFile]
) -> Inbound | None:
    """What was said; None for an empty form. Raises `BadForm`, `TooLarge` or `ForbiddenType`.

    The page makes a key for each message: a double tap, or a retry after a lost answer, is the same message."""
    key = str(form.get("key", ""))
    if not 8 <= len(key) <= 64 or not key.replace("-", "").isalnum():
        raise BadForm
    text = unicodedata.normalize("NFC", str(form.get("text", "") or form.get("start", ""))).strip()[:LONGEST_TEXT]
    button = str(form.get("button", ""))[:64]
    media = [await _file(file, store) for file in files if file.filename]
    place = _place(str(form.get("place", "")))
    if not (text or button or media or place):
        return None
    return Inbound(
        channel=Channel.WEB,
        sender=SenderId(chat),
        chat=chat,
        message_key=f"{chat[:16]}:{key}",
        sent_at=now,
        text=text,
        button=button,
        press=key if button else "",
        media=tuple(media),
        place=place,
        language=language,
    )


async def _file(file: UploadFile, store: Store) -> Media:
    data = await file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise TooLarge
    mime = sniff(data)
    kind = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}.get(
        mime.partition("/")[0], MediaKind.FILE
    )
    return Media(kind=kind, ref=await store(data, mime), mime=mime, size=len(data))


def _place(text: str) -> Place | None:
    """The page sends [latitude, longitude, accuracy in metres]."""
    if not text:
        return None
    try:
        latitude, longitude, accuracy = (float(value) for value in json.loads(text))
    except (ValueError, TypeError):
        raise BadForm from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy < 1e7):
        raise BadForm
    return Place(latitude=latitude, longitude=longitude, accuracy_m=accuracy)


__all__ = ["BadForm", "ForbiddenType", "TooLarge", "read_form"]
