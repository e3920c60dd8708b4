"""A platform for the courier's own tests, which can delay, refuse, or crash our code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.app.build import Runtime
from bot.channel import Outgoing, Pace
from bot.delivery.courier import Courier
from bot.telegram import CHANNEL as TELEGRAM
from core.ids import OutboxId
from core.messages import ChatId, Language, Media
from core.replies import Reply, say
from core.say import Say
from storage import contacts
from storage.outbox import Lane, Recipient, Why, put
from tests.conftest import NOW
from tests.patience import patiently


@dataclass
class Platform:
    """What was sent and edited, in order: (chat, text). `fails` says with what a text fails, if it does."""

    account: str = "telegram:1"
    fails: Callable[[str], Exception | None] = lambda _: None
    sent: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.pace = Pace(overall_per_second=1000, per_chat_per_second=1000, chat_burst=1000, group_per_minute=60_000)
        self.gate.set()

    @property
    def texts(self) -> list[str]:
        """The accepted texts, in order."""
        return [text for _, text in self.sent]

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Accept a message, once the gate is open."""
        await self._take(to, message)
        return str(len(self.sent))

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Change a message."""
        await self._take(to, message)

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Stop a button's spinning."""

    async def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """There are no files."""
        yield b""

    async def close(self) -> None:
        """Do nothing: there are no connections."""

    async def until(self, found: Callable[[], object]) -> None:
        """Wait until `found` returns something true."""
        async with self.changed:
            await patiently(self.changed.wait_for(found))

    async def _take(self, to: ChatId, message: Outgoing) -> None:
        async with self.changed:
            self.asked.append(message.text)
            self.changed.notify_all()
        await self.gate.wait()
        error = self.fails(message.text)
        if error is not None:
            raise error
        async with self.changed:
            self.sent.append((to, message.text))
            self.changed.notify_all()


@asynccontextmanager
async def sending(runtime: Runtime, platform: Platform, now: datetime = NOW) -> AsyncIterator[Courier]:
    """A courier that sends Telegram's messages here while it lasts; its clock stands still."""
    stop = asyncio.Event()
    made = Courier("telegram", platform, runtime.database, runtime.context, runtime.media_store, lambda: now, "here")
    running = asyncio.create_task(made.run(stop))
    try:
        yield made
    finally:
        platform.gate.set()
        stop.set()
        await running


async def lay(
    runtime: Runtime, *words: str, chat: str = "7", slot: str = "", lane: Lane = Lane.ALERT, fresh: bool = True
) -> list[OutboxId]:
    """Queue messages in the outbox; returns their ids."""
    vault = runtime.context.vault

    def job(db: Connection) -> list[OutboxId]:
        known = contacts.meet(db, vault, TELEGRAM, ChatId(chat), now=NOW)
        to = Recipient(known.id, "telegram", Language.VI)
        replies = [(text, Reply(lines=(say(Say.AS_IS, text=text),), slot=slot, fresh=fresh)) for text in words]
        made = [put(db, vault, to, reply, reason=text, lane=lane, now=NOW, why=Why.UPDATE) for text, reply in replies]
        return [number for number in made if number is not None]

    return await runtime.database.write(job)
