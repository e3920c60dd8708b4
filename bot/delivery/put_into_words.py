"""Turn a reply into an outgoing message in the reader's own language, with its files."""

from __future__ import annotations

from collections.abc import Iterator

import structlog

from bot.channel import Button, Outgoing, Picture
from core.channels import CAPABILITIES
from core.hotlines import Hotlines
from core.messages import Channel, Language
from core.replies import Reply, on_page
from core.say import Say
from locales.words import render, text
from storage.media import MediaStore, StoredFile

log = structlog.get_logger()


def outgoing(
    reply: Reply,
    channel: Channel,
    language: Language,
    hotlines: Hotlines,
    media_store: MediaStore,
    media: tuple[StoredFile, ...],
) -> Outgoing:
    """The outgoing message of a reply. Reads files when there are media; call it in a thread then.

    A file that no longer exists is left out and the text says so. Raises `MissingWords`, or `WrongKey` for a file that
    cannot be decrypted."""
    numbers = hotlines.arguments(language)
    listed = CAPABILITIES[channel].listed
    shown, more = on_page(reply, listed)
    rows = tuple((choice,) for choice in shown) if listed else reply.rows
    pictures = tuple(_pictures(media_store, media))
    lines = [render(words, language, numbers) for words in reply.lines]
    if len(pictures) < len(media):
        lines.append(text(Say.FILES_NOT_SENT.value, language, count=len(media) - len(pictures)))
    return Outgoing(
        text="\n".join(lines),
        rows=tuple(tuple(Button(choice.id, render(choice.label, language)) for choice in row) for row in rows),
        more=text(Say.LIST_MORE.value, language) if more else "",
        hint=text(Say.LIST_HINT.value, language) if listed and shown else "",
        pictures=pictures,
        point=reply.point,
        place_button=text(Say.BUTTON_SHARE_PLACE.value, language) if reply.ask_place else "",
        wants_answer=reply.wants_answer,
        protect=reply.protect,
        language=language,
    )


def _pictures(media_store: MediaStore, media: tuple[StoredFile, ...]) -> Iterator[Picture]:
    for file in media:
        try:
            yield Picture(file.kind, media_store.get(file.file), file.mime, file.name)
        except FileNotFoundError:
            log.error("file_not_there", attachment=file.id)
