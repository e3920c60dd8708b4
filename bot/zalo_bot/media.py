"""The files of a message. `Media.ref` is the public link that Zalo gives; it expires after an unknown time."""

from __future__ import annotations

from typing import Final

from bot.intake.fields import BrokenUpdate, Fields
from core.messages import Media, MediaKind

_PHOTO_LINKS: Final = ("photo_url", "photo")
"""The field that is really sent, and the documented one."""
_VOICE_LINKS: Final = ("voice_url",)
LONGEST_LINK: Final = 2_000


def media_of(message: Fields) -> tuple[Media, ...]:
    """The picture or the voice note; Zalo puts at most one into a message."""
    for kind, mime, names in (
        (MediaKind.PHOTO, "image/jpeg", _PHOTO_LINKS),
        (MediaKind.VOICE, "audio/aac", _VOICE_LINKS),
    ):
        link = message.text(message.first_of(names))
        if len(link) > LONGEST_LINK:
            raise BrokenUpdate("a link without end")
        if link:
            return (Media(kind=kind, ref=link, mime=mime),)
    return ()
