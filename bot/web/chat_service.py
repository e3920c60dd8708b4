"""What the chat's pages need from the application, and how open pages are notified."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.channel import Hear, Picture
from bot.web import CHANNEL
from bot.web.lines import ChatLine, lines_of
from bot.web.read import Upload
from core.ids import ContactId
from core.messages import ChatId, Inbound, Language
from handlers.undeliverable import chat_gone
from handlers.work import AppContext, Work
from storage import contacts, inbox, media, transcript
from storage.database import Database
from storage.jobs import KeyedLocks
from storage.media import MediaStore

SHOWN: Final = timedelta(days=7)
"""How old the lines are at most that a page shows. The state of a tip can be asked by its code at any time."""
OVERLAP: Final = 40
"""Rows. Several processes may commit out of the order of their row ids, so a watched page reads this many rows again
each time; a line that it shows already replaces itself."""


@dataclass(slots=True)
class ChatService:
    """The operations of the web chat on the application."""

    database: Database
    context: AppContext
    media_store: MediaStore
    hear: Hear
    now: Callable[[], datetime]
    https: bool = False
    demo: bool = False
    invite: Callable[[str], Awaitable[str]] | None = None
    _keyed_locks: KeyedLocks = field(default_factory=KeyedLocks)
    _watchers: dict[int, set[asyncio.Event]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database.listen(self._heard)

    def name_of(self, message_key: str, index: int) -> str:
        """The name of a message's file number `index`: a keyed hash, so that a message that is sent again overwrites
        its own files."""
        return self.context.vault.hash("upload", message_key, str(index)).hex()[:32]

    async def receive(self, heard: Inbound, uploads: Sequence[Upload]) -> None:
        """Process a message with its files; returns after the commit. Raises `NotStored` or `Unavailable`.

        The files of a redelivery are not stored again, because they may have been fetched and deleted already."""

        def known(db: Connection) -> bool:
            return inbox.knows(db, CHANNEL, heard.message_key)

        async def work() -> None:
            again = await self.database.read(known) if uploads else False
            if again:
                return
            for upload in uploads:
                await asyncio.to_thread(self.media_store.put, upload.data, upload.mime, upload.name)
            await self.hear(heard)

        await self._keyed_locks.run(heard.chat, work)

    async def who(self, chat: ChatId) -> tuple[int, Language]:
        """(contact id, or 0 before the first word, language) of a chat."""
        known = await self.database.read(lambda db: contacts.find(db, self.context.vault, CHANNEL, chat))
        return (known.id, known.language) if known is not None else (0, Language.VI)

    async def lines(
        self, contact_id: int, language: Language, after: tuple[int, int] = (0, 0)
    ) -> tuple[Sequence[ChatLine], tuple[int, int]]:
        """(a chat's lines after two cursors, the cursors after the last of them)."""
        since = self.now() - SHOWN

        def look(db: Connection) -> tuple[list[transcript.Said], tuple[int, int], dict[int, str]]:
            newest = transcript.newest(db, contact_id)
            back = max(after[0] - OVERLAP, 0), max(after[1] - OVERLAP, 0)
            vault = self.context.vault
            found = transcript.said(db, vault, contact_id, after_in=back[0], after_out=back[1], since=since)
            attachment_ids = [attachment_id for one in found if one.reply for attachment_id in one.reply.attachments]
            return found, newest, {file.id: file.kind for file in media.files_of(db, attachment_ids)}

        said, newest, kinds = await self.database.read(look)
        return lines_of(said, language, self.context.rules.hotlines, kinds), newest

    async def picture(self, contact_id: int, attachment_id: int) -> Picture | None:
        """A stored picture that was sent to this chat; None for any other attachment."""
        rows = await self.database.read(
            lambda db: (
                media.files_of(db, [attachment_id])
                if transcript.was_shown(db, self.context.vault, contact_id, attachment_id)
                else []
            )
        )
        if not rows:
            return None
        data = await asyncio.to_thread(self.media_store.get, rows[0].file)
        return Picture(rows[0].kind, data, rows[0].mime, f"{rows[0].kind}-{attachment_id}")

    async def forget(self, contact_id: int) -> None:
        """Close a chat for its person: waiting messages go to another chat of theirs, the rest is erased."""
        now = self.now()

        def close(db: Connection) -> None:
            chat_gone(Work(db=db, context=self.context, now=now), ContactId(contact_id))
            transcript.forget(db, contact_id)

        await self.database.write(close)

    def watch(self, contact_id: int) -> asyncio.Event:
        """An event that is set whenever a chat has a new line."""
        event = asyncio.Event()
        self._watchers.setdefault(contact_id, set()).add(event)
        return event

    def unwatch(self, contact_id: int, event: asyncio.Event) -> None:
        """Remove an event, because its page was closed."""
        watchers = self._watchers.get(contact_id, set())
        watchers.discard(event)
        if not watchers:
            self._watchers.pop(contact_id, None)

    def _heard(self, topics: frozenset[str]) -> None:
        for topic in topics:
            if topic.startswith("said:"):
                for event in self._watchers.get(int(topic[5:]), ()):
                    event.set()
