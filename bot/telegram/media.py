"""The files of a Telegram message. `Media.ref` is the `file_id` with which the bot can fetch a file."""

from __future__ import annotations

from typing import Final

from bot.intake.fields import Fields
from core.messages import Media, MediaKind

_KINDS: Final = {
    "voice": (MediaKind.VOICE, "audio/ogg"),
    "audio": (MediaKind.VOICE, "audio/mpeg"),
    "video": (MediaKind.VIDEO, "video/mp4"),
    "video_note": (MediaKind.VIDEO, "video/mp4"),
    "animation": (MediaKind.VIDEO, "video/mp4"),
}
_BY_MIME: Final = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}


def media_of(message: Fields) -> tuple[Media, ...]:
    """The photo in its largest size, or the voice note, video or document. Telegram puts at most one into a message."""
    sizes = message.parts("photo")
    if sizes:
        largest = max(sizes, key=lambda size: size.number("width") * size.number("height"))
        return (_media(MediaKind.PHOTO, largest, "image/jpeg"),)
    for name, (kind, mime) in _KINDS.items():  # before "document", because an animation comes as a document too
        part = message.part_or_none(name)
        if part is not None:
            return (_media(kind, part, mime),)
    document = message.part_or_none("document")
    if document is None:
        return ()
    # A picture sent "as a file" is treated as a picture too, so that its EXIF data is removed.
    kind = _BY_MIME.get(document.text("mime_type").partition("/")[0], MediaKind.FILE)
    return (_media(kind, document, ""),)


def _media(kind: MediaKind, part: Fields, mime: str) -> Media:
    return Media(
        kind=kind,
        ref=part.words("file_id"),
        name=part.text("file_name"),
        mime=part.text("mime_type") or mime,
        size=part.number_or_none("file_size"),
    )
