"""Send one delivery: decrypt it, put it into words, and pass it to the platform."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.channel import ChannelPort, GoneMessage, Outgoing, SendsPieces, WindowClosed
from bot.delivery.budget import MonthlyBudget
from bot.delivery.put_into_words import outgoing
from core.channels import CAPABILITIES
from core.messages import Channel
from core.messaging_window import MessagingWindow, messaging_window
from handlers.work import AppContext
from storage import sending
from storage.database import Database
from storage.media import MediaStore, StoredFile, files_of
from storage.sending import Delivery, OpenedDelivery

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Went:
    """The result of a delivery: the handle of the slot's message before it, the handle of the slot's message now, and
    how many of the platform's messages were used."""

    before: str = ""
    handle: str = ""
    pieces: int = 0


class Sender:
    """Sends the deliveries of one channel."""

    def __init__(
        self,
        channel: str,
        port: ChannelPort,
        database: Database,
        context: AppContext,
        media_store: MediaStore,
        now: Callable[[], datetime],
        budget: MonthlyBudget,
    ) -> None:
        self._channel, self._port, self._database = channel, port, database
        self._context, self._media_store, self._now, self._budget = context, media_store, now, budget

    async def send(self, delivery: Delivery) -> Went:
        """Send a delivery; returns when the platform has accepted it.

        Raises what the port raises, `WindowClosed` or `QuotaUsedUp` when sending may not be tried, and `Unavailable`.
        Anything else is a fault of our own code."""
        opened = sending.opened(self._context.vault, delivery)
        self._budget.check(delivery.lane)
        if not delivery.is_group and self._window(delivery) is MessagingWindow.CLOSED:
            raise WindowClosed
        reply = opened.reply
        message = await self._in_words(opened)
        if reply.press:
            await self._port.answer_press(reply.press, message.text, alert=reply.alert)
            return Went()
        if opened.handle and not reply.fresh:
            try:
                await self._port.edit(opened.chat, opened.handle, message)
                return Went(opened.handle, opened.handle)
            except GoneMessage:
                log.info("edit_too_late", outbox=delivery.id)
        handle = await self._port.send(opened.chat, message)
        pieces = self._port.pieces(message) if isinstance(self._port, SendsPieces) else 1
        return Went(opened.handle, handle, pieces)

    async def _in_words(self, opened: OpenedDelivery) -> Outgoing:
        numbers = opened.reply.attachments
        files: tuple[StoredFile, ...] = ()
        if numbers:
            files = tuple(await self._database.read(lambda db: files_of(db, numbers)))
        put = partial(
            outgoing,
            opened.reply,
            Channel(self._channel),
            opened.language,
            self._context.rules.hotlines,
            self._media_store,
            files,
        )
        return await asyncio.to_thread(put) if files else put()

    def _window(self, delivery: Delivery) -> MessagingWindow:
        return messaging_window(CAPABILITIES[Channel(self._channel)], delivery.last_heard, self._now())
