"""A reply in the reader's own language, with its media from the shelf, ready for any platform."""

from __future__ import annotations

from bot.channel import Button, Outgoing, Picture
from core.messages import Language
from core.replies import Reply
from core.say import Say
from handlers.deliver import OnShelf
from locales.words import render, text
from storage.media import Shelf


def outgoing(reply: Reply, language: Language, shelf: Shelf, media: tuple[OnShelf, ...]) -> Outgoing:
    """Put a reply into words. Reads files when there are media: then call it in a thread."""
    return Outgoing(
        text="\n".join(render(words, language) for words in reply.lines),
        rows=tuple(tuple(Button(choice.id, render(choice.label, language)) for choice in row) for row in reply.rows),
        pictures=tuple(Picture(item.kind, shelf.get(item.file), item.mime, item.name) for item in media),
        point=reply.point,
        place_button=text(Say.BUTTON_SHARE_PLACE.value, language) if reply.ask_place else "",
        wants_answer=reply.wants_answer,
        protect=reply.protect,
    )
