"""Streams of new lines (Server-Sent Events) to open pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.web.chat_service import ChatService
from bot.web.lines import ChatLine
from core.messages import ChatId, Language
from storage.jobs import Unavailable
from web.events import HELLO, STILL_HERE, event, woken
from web.templates import Templates

log = structlog.get_logger()

STREAMS_EACH: Final = 4
"""Streams of one chat at a time. Browsers themselves allow about six connections to a host."""


@dataclass(eq=False, slots=True)
class _Page:
    """One open page."""

    event: asyncio.Event
    enough: bool = False


@dataclass(slots=True)
class Streams:
    """All open pages."""

    chats: ChatService
    templates: Templates
    _open: dict[ChatId, list[_Page]] = field(default_factory=dict)
    _ended: bool = False

    async def lines(
        self, chat: ChatId, contact_id: int, language: Language, after: tuple[int, int]
    ) -> AsyncIterator[str]:
        """Yield the events of a chat's lines after two cursors, as they come, until the client disconnects.

        A chat's fifth open page ends the stream of its oldest one with an event that says so; that page then reconnects
        only when somebody looks at it."""
        mine = _Page(self.chats.watch(contact_id))
        pages = self._open.setdefault(chat, [])
        pages.append(mine)
        for oldest in pages[:-STREAMS_EACH]:
            oldest.enough = True
            oldest.event.set()
        shown: dict[str, ChatLine] = {}
        try:
            yield HELLO
            while not mine.enough and not self._ended:
                mine.event.clear()
                lines, cursor = await self.chats.lines(contact_id, language, after)
                for line in lines:
                    if shown.get(line.id) != line:
                        shown[line.id] = line
                        yield self._event(line, language, cursor)
                after = cursor
                if not mine.event.is_set() and not await woken(mine.event):
                    yield STILL_HERE
            if mine.enough:
                yield event("enough", "-")
        except Unavailable as trouble:
            log.error("stream_waits", why=str(trouble))  # the browser reconnects by itself
        finally:
            self.chats.unwatch(contact_id, mine.event)
            pages.remove(mine)
            if not pages and self._open.get(chat) is pages:
                del self._open[chat]

    def end(self) -> None:
        """End all streams, so that the server can stop. Browsers reconnect by themselves."""
        self._ended = True
        for pages in self._open.values():
            for page in pages:
                page.event.set()

    def count(self) -> int:
        """The number of open pages."""
        return sum(len(pages) for pages in self._open.values())

    def _event(self, line: ChatLine, language: Language, cursor: tuple[int, int]) -> str:
        event_id = f"{cursor[0]}.{cursor[1]}"
        if line.toast:
            return event("toast", line.text, event_id)
        return event("line", self.templates.part("line.html", language, line=line), event_id)
