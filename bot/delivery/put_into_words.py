"""A reply in the reader's own language, with its media from the shelf, ready for any platform."""

from __future__ import annotations

from bot.channel import Button, Outgoing, Picture
from core.channels import CAPABILITIES
from core.hotlines import Hotlines
from core.messages import Channel, Language
from core.replies import Reply, on_page
from core.say import Say
from handlers.deliver import StoredFile
from locales.words import render, text
from storage.media import MediaStore


def outgoing(
    reply: Reply,
    channel: Channel,
    language: Language,
    hotlines: Hotlines,
    media_store: MediaStore,
    media: tuple[StoredFile, ...],
) -> Outgoing:
    """Put a reply into words. Reads files when there are media: then call it in a thread."""
    numbers = hotlines.arguments(language)
    listed = CAPABILITIES[channel].listed
    shown, more = on_page(reply, listed)
    rows = tuple((choice,) for choice in shown) if listed else reply.rows
    return Outgoing(
        text="\n".join(render(words, language, numbers) for words in reply.lines),
        rows=tuple(tuple(Button(choice.id, render(choice.label, language)) for choice in row) for row in rows),
        more=text(Say.LIST_MORE.value, language) if more else "",
        hint=text(Say.LIST_HINT.value, language) if listed and shown else "",
        pictures=tuple(Picture(item.kind, media_store.get(item.file), item.mime, item.name) for item in media),
        point=reply.point,
        place_button=text(Say.BUTTON_SHARE_PLACE.value, language) if reply.ask_place else "",
        wants_answer=reply.wants_answer,
        protect=reply.protect,
        language=language,
    )
