"""The files of a message. `Media.ref` is the public link that Zalo gives; it expires after an unknown time."""

from __future__ import annotations

from typing import Final

from bot.intake.fields import Fields
from bot.zalo.links import link_in
from core.messages import Media, MediaKind

_PHOTO_LINKS: Final = ("photo_url", "photo")
"""The field that is really sent, and the documented one."""
_VOICE_LINKS: Final = ("voice_url",)


def media_of(message: Fields) -> tuple[Media, ...]:
    """The picture or the voice note; Zalo puts at most one into a message."""
    for kind, mime, names in (
        (MediaKind.PHOTO, "image/jpeg", _PHOTO_LINKS),
        (MediaKind.VOICE, "audio/aac", _VOICE_LINKS),
    ):
        link = link_in(message, message.first_of(names))
        if link:
            return (Media(kind=kind, ref=link, mime=mime),)
    return ()
