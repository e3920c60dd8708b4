"""The lines of a chat as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

import structlog

from bot.channel import Button
from core.errors import where
from core.hotlines import Hotlines
from core.messages import Inbound, Language
from core.replies import Reply
from core.vietnam import VIETNAM
from locales.words import MissingWords, render, text
from storage.transcript import Said

log = structlog.get_logger()

NO_FILES: Final[Mapping[int, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a line: its URL path and its kind (a `MediaKind` value)."""

    address: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLine:
    """One line. `id` is its position on the page (a later line with the same id replaces it); `toast`: a passing notice
    instead of a line."""

    id: str
    at: datetime
    mine: bool
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    files: tuple[Attached, ...] = ()
    point: tuple[float, float] | None = None
    wants_place: bool = False
    toast: bool = False
    alert: bool = False
    notes: tuple[str, ...] = field(default=())

    @property
    def clock(self) -> str:
        """The time in Vietnam, for people."""
        return f"{self.at.astimezone(VIETNAM):%H:%M}"


def lines_of(
    said: Sequence[Said], language: Language, hotlines: Hotlines, kinds: Mapping[int, str] = NO_FILES
) -> list[ChatLine]:
    """The lines to show, in order. `kinds` maps each attachment that still exists to its kind. Button presses, start
    links and the page's language button are not shown. A line that cannot be put into words is left out, so that the
    rest of the page still works."""
    lines = []
    for one in said:
        try:
            line = _mine(one, one.heard, language) if one.heard else _theirs(one, one.reply or Reply(), hotlines, kinds)
        except MissingWords as error:
            log.error("line_without_words", outbox=one.row_id, where=where(error))
            continue
        if line is not None:
            lines.append(line)
    return lines


def settled(lines: Sequence[ChatLine]) -> list[ChatLine]:
    """The lines after all edits, for a page that is being opened."""
    now: dict[str, ChatLine] = {}
    for line in lines:
        if not line.toast:
            now[line.id] = line
    return list(now.values())


def _mine(said: Said, heard: Inbound, language: Language) -> ChatLine | None:
    if heard.button or heard.text.startswith(("/start", "/language ")):
        return None
    notes = [text(f"web-sent-{media.kind.value}", language) for media in heard.media]
    if heard.place is not None:
        notes.append(text("web-sent-place", language))
    return ChatLine(id=f"i{said.row_id}", at=said.at, mine=True, text=heard.text, notes=tuple(notes))


def _theirs(said: Said, reply: Reply, hotlines: Hotlines, kinds: Mapping[int, str]) -> ChatLine | None:
    numbers = hotlines.arguments(said.language)
    words = "\n".join(render(line, said.language, numbers) for line in reply.lines)
    if reply.press:
        return (
            ChatLine(id=f"p{said.row_id}", at=said.at, mine=False, text=words, toast=True, alert=reply.alert)
            if words
            else None
        )
    return ChatLine(
        id=f"o{said.replaces or said.row_id}",
        at=said.at,
        mine=False,
        text=words,
        rows=tuple(
            tuple(Button(choice.id, render(choice.label, said.language)) for choice in row) for row in reply.rows
        ),
        files=tuple(
            Attached(f"/chat/media/{attachment_id}", kinds[attachment_id])
            for attachment_id in reply.attachments
            if attachment_id in kinds
        ),
        point=reply.point,
        wants_place=reply.ask_place,
    )
