"""The files, places and links of a message. `Media.ref` is the public link that Zalo gives; it expires after an unknown
time."""

from __future__ import annotations

from typing import Final

from bot.intake.fields import BrokenUpdate, Fields
from bot.zalo.links import link_in
from core.messages import Media, MediaKind, Place

_KINDS: Final = {
    "image": (MediaKind.PHOTO, "image/jpeg"),
    "gif": (MediaKind.PHOTO, "image/gif"),
    "video": (MediaKind.VIDEO, "video/mp4"),
    "audio": (MediaKind.VOICE, "audio/aac"),
    "file": (MediaKind.FILE, ""),
}
_BY_MIME: Final = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}


def media_of(attachments: list[Fields]) -> tuple[Media, ...]:
    """The pictures, voice notes, videos and files among the attachments."""
    return tuple(_media(part) for part in attachments if part.text("type") in _KINDS)


def place_of(attachments: list[Fields], name: str) -> Place | None:
    """A shared place, or None. `name` is the message's text; coordinates come as text."""
    for part in attachments:
        if part.text("type") == "location":
            point = part.part("payload").part("coordinates")
            return Place(
                latitude=point.decimal_text("latitude", -90, 90),
                longitude=point.decimal_text("longitude", -180, 180),
                name=name,
            )
    return None


def links_of(attachments: list[Fields]) -> str:
    """Shared links as text: one line for the description, one for the URL."""
    lines: list[str] = []
    for part in attachments:
        payload = part.part_or_none("payload") if part.text("type") == "link" else None
        if payload is not None:
            lines += [payload.text("description"), payload.text("url")]
    return "\n".join(line for line in lines if line)


def _media(part: Fields) -> Media:
    kind, mime = _KINDS[part.text("type")]
    payload = part.part("payload")
    link = link_in(payload, "url")
    if not link:
        raise BrokenUpdate("a file without a link")
    said = payload.text("type")
    if kind is MediaKind.FILE and "/" in said:
        # A picture sent "as a file" is treated as a picture too, so that its EXIF data is removed.
        kind, mime = _BY_MIME.get(said.partition("/")[0], kind), said
    return Media(kind=kind, ref=link, name=payload.text("name"), mime=mime, size=_size(payload))


def _size(payload: Fields) -> int | None:
    """The size in bytes, sent as text or as a number; None when it cannot be parsed, because it is only a hint."""
    try:
        return int(payload.ident("size")) if payload.has("size") else None
    except ValueError:  # a BrokenUpdate is one too
        return None
