"""The courier: the only code that talks to a platform in order to send.

It takes waiting rows of the outbox, the urgent first, one at a time for each chat, and marks each when the platform has
it. A crash between the two repeats one message; that is chosen over losing it. Alerts, answers and presses go at once
and wait only when a platform says so (429); reminders and broadcasts take what is left of the platform's pace.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from sqlalchemy import Connection

from bot.channel import (
    AccountDead,
    ChannelPort,
    GoneMessage,
    LaterFor,
    Moved,
    QuotaUsedUp,
    Refused,
    SendsPieces,
    TooFast,
    Unreachable,
    WindowClosed,
)
from bot.delivery.channel_trouble import Trouble
from bot.delivery.lease_owner import is_gone
from bot.delivery.metrics import DROPPED_TOTAL, SEND_SECONDS, SENT_TOTAL
from bot.delivery.put_into_words import outgoing
from bot.delivery.send_queue import SendQueue
from core.channels import CAPABILITIES
from core.errors import where
from core.messages import Channel
from core.messaging_window import MessagingWindow, messaging_window
from core.pace import Pacer
from core.replies import Reply, reply_from_json
from handlers import deliver
from handlers.deliver import Delivery, Waiting
from handlers.work import AppContext
from storage.database import Database
from storage.jobs import Unavailable
from storage.media import MediaStore
from storage.outbox import Lane
from storage.waiting import wait_first

log = structlog.get_logger()

AT_ONCE: Final = 32
"""Messages under way to one platform at a time."""
LOOK_AGAIN_S: Final = 2.0
"""Nobody wakes us for a row that another process wrote into SQLite, or that waits for its time."""
LEASE: Final = timedelta(seconds=6)
"""A machine that died leaves its leases behind: no alert may wait long for them to run out."""
LONGEST_WAIT: Final = timedelta(minutes=5)
LONGEST_URGENT_WAIT: Final = timedelta(seconds=15)
PRESS_LASTS: Final = timedelta(seconds=60)
GIVE_UP: Final = timedelta(days=7)
REST_AFTER_TROUBLE_S: Final = 60.0
KEPT: Final = 0.1
"""Of a month's messages, kept for alerts and answers."""
WARN_AT: Final = 0.8
"""Of a month's messages: the operator hears of it once."""


class Courier:
    """Sends what one channel's outbox holds."""

    def __init__(
        self,
        channel: str,
        port: ChannelPort,
        database: Database,
        context: AppContext,
        media_store: MediaStore,
        now: Callable[[], datetime],
        holder: str,
    ) -> None:
        self._channel, self._port = channel, port
        self._database, self._house, self._shelf, self._now, self._holder = database, context, media_store, now, holder
        self._pacer = Pacer(
            port.pace.overall_per_second,
            port.pace.per_chat_per_second,
            port.pace.chat_burst,
            port.pace.group_per_minute,
        )
        self._wake = asyncio.Event()
        self._busy_chats: set[int] = set()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._hand = SendQueue()
        self._more = False
        self._stale = True
        self._leased_until: datetime | None = None
        self._dead_until: datetime | None = None
        self._used = 0
        self._trouble = Trouble(channel, database, context, now)
        database.listen(self._heard)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`, then finish what is under way."""
        while not stop.is_set():
            self._wake.clear()
            pause = LOOK_AGAIN_S
            try:
                if await self._hold_lease():
                    pause = await self._round()
                await self._trouble.look()
            except Unavailable as trouble:
                log.error("courier_waits", channel=self._channel, why=str(trouble))
            if not await wait_first(self._wake, stop, timeout_s=pause):
                self._stale = True
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=10)

    def _heard(self, topics: frozenset[str]) -> None:
        if "outbox" in topics:
            self._stale = True
            self._wake.set()

    async def _hold_lease(self) -> bool:
        """A platform's limits belong to the account: one process at a time sends with it."""
        now = self._now()
        if self._dead_until is not None and now < self._dead_until:
            return False
        if self._leased_until is not None and self._leased_until - now > LEASE / 2:
            return True
        account = self._port.account
        until = now + LEASE
        held = await self._database.write(lambda db: deliver.hold(db, account, self._holder, now, until, is_gone))
        self._leased_until = until if held else None
        return held

    async def _round(self) -> float:
        """Start what can start; returns how long to wait when nothing wakes us."""
        if self._stale or (not self._hand and self._more):
            await self._look()
        pause = LOOK_AGAIN_S
        left: list[Waiting] = []
        chosen: dict[int, Waiting] = {}
        for one in self._hand:
            if len(self._under_way) + len(chosen) >= AT_ONCE or one.contact_id in self._busy_chats:
                left.append(one)
                continue
            urgent = one.lane < Lane.REMINDER
            wait = self._pacer.wait(str(one.contact_id), _seconds(), urgent=urgent, group=one.is_group)
            if wait > 0:
                pause = min(pause, wait)
                left.append(one)
                continue
            self._busy_chats.add(one.contact_id)
            chosen[one.id] = one
        self._hand.keep(left)
        await self._start(chosen)
        if not self._hand and self._more and len(self._under_way) < AT_ONCE:
            return 0.0  # there may be more than we took into hand
        return max(pause, 0.005)

    async def _look(self) -> None:
        self._stale = False
        now = self._now()
        found = await self._database.read(lambda db: deliver.waiting(db, self._channel, now))
        self._more = len(found) >= deliver.LOOKED_AT
        self._hand.put(found, self._under_way)
        if self._port.pace.per_month:
            self._used = await self._database.read(lambda db: deliver.counted(db, self._port.account, now))

    async def _start(self, chosen: Mapping[int, Waiting]) -> None:
        """Open them and set them on their way."""
        if not chosen:
            return
        now, opened = self._now(), []
        try:
            opened = await self._database.read(
                lambda db: deliver.open_deliveries(db, self._house.vault, list(chosen), now)
            )
        finally:
            started = {delivery.id for delivery in opened}
            idle = {one.contact_id for one in chosen.values() if one.id not in started}
            self._busy_chats -= idle
            if idle:
                self._wake.set()  # another message of theirs may be in hand
        for delivery in opened:
            task = asyncio.create_task(self._run_errand(delivery))
            self._under_way[delivery.id] = task
            task.add_done_callback(partial(self._finished, delivery))

    def _finished(self, delivery: Delivery, _task: asyncio.Task[None]) -> None:
        self._busy_chats.discard(delivery.contact_id)
        self._under_way.pop(delivery.id, None)
        self._wake.set()

    async def _run_errand(self, delivery: Delivery) -> None:
        started = asyncio.get_running_loop().time()
        try:
            self._check_budget(delivery)
            if not delivery.is_group and self._window(delivery) is MessagingWindow.CLOSED:
                raise WindowClosed
            handle, pieces = await self._deliver(delivery)
        except Unavailable as trouble:
            log.error("courier_waits", channel=self._channel, why=str(trouble))
            await asyncio.sleep(1)
        except Exception as error:
            with contextlib.suppress(Unavailable):
                await self._failed(delivery, error)
        else:
            SEND_SECONDS.labels(self._channel).observe(asyncio.get_running_loop().time() - started)
            SENT_TOTAL.labels(self._channel).inc()
            try:
                await self._sent(delivery, handle, pieces)
            except Unavailable as trouble:
                log.error("courier_waits", channel=self._channel, why=str(trouble))
            except Exception as error:
                # It went out and could not be written down: this chat rests, or it would get the same again and again.
                log.critical("sent_but_not_noted", outbox=delivery.id, error=type(error).__name__, where=where(error))
                await asyncio.sleep(REST_AFTER_TROUBLE_S)

    async def _sent(self, delivery: Delivery, handle: str, pieces: int) -> None:
        now, limit = self._now(), self._port.pace.per_month

        def note(db: Connection) -> int:
            deliver.sent(db, self._house.vault, delivery, handle, now)
            return deliver.count(db, self._port.account, now, pieces) if limit and pieces else 0

        used = await self._database.write(note)
        await self._trouble.over()
        if limit and used - pieces < math.ceil(limit * WARN_AT) <= used:
            await self._trouble.quota(used, limit)

    def _window(self, delivery: Delivery) -> MessagingWindow:
        return messaging_window(CAPABILITIES[Channel(self._channel)], delivery.last_heard, self._now())

    def _check_budget(self, delivery: Delivery) -> None:
        """A month's messages are a budget: the last tenth is for what cannot wait, and past the end nothing goes."""
        limit = self._port.pace.per_month
        if limit and self._used >= (limit if delivery.lane < Lane.REMINDER else limit * (1 - KEPT)):
            raise QuotaUsedUp

    async def _deliver(self, delivery: Delivery) -> tuple[str, int]:
        """Send it; the platform's handle, and how many of its messages that were."""
        reply = reply_from_json(delivery.reply)
        channel, hotlines = Channel(self._channel), self._house.rules.hotlines
        if reply.press:
            text = outgoing(reply, channel, delivery.language, hotlines, self._shelf, ()).text
            await self._port.answer_press(reply.press, text, alert=reply.alert)
            return "", 0
        pictures = await self._pictures(reply)
        message = (
            await asyncio.to_thread(outgoing, reply, channel, delivery.language, hotlines, self._shelf, pictures)
            if pictures
            else outgoing(reply, channel, delivery.language, hotlines, self._shelf, ())
        )
        if delivery.handle and not reply.fresh:
            try:
                await self._port.edit(delivery.chat, delivery.handle, message)
                return delivery.handle, 0
            except GoneMessage:
                log.info("edit_too_late", outbox=delivery.id)
        handle = await self._port.send(delivery.chat, message)
        return handle, self._port.pieces(message) if isinstance(self._port, SendsPieces) else 1

    async def _pictures(self, reply: Reply) -> tuple[deliver.StoredFile, ...]:
        if not reply.attachments:
            return ()
        numbers = reply.attachments
        return await self._database.read(lambda db: deliver.stored_files(db, numbers))

    async def _failed(self, delivery: Delivery, error: Exception) -> None:
        now = self._now()
        name = type(error).__name__
        match error:
            case TooFast():
                self._pacer.block(str(delivery.contact_id), _seconds(), error.retry_after)
                until = now + timedelta(seconds=error.retry_after)
                await self._database.write(lambda db: deliver.put_off(db, delivery, until, name))
            case Moved():
                to = error.to
                await self._database.write(lambda db: deliver.moved(db, self._house.vault, delivery, to))
            case LaterFor():
                until = error.until
                await self._database.write(lambda db: deliver.put_off(db, delivery, until, name))
            case Unreachable() | Refused() | WindowClosed() | QuotaUsedUp():
                log.warning("not_delivered", outbox=delivery.id, channel=self._channel, error=name)
                DROPPED_TOTAL.labels(self._channel, name).inc()
                gone = isinstance(error, Unreachable)
                await self._database.write(lambda db: deliver.dropped(db, self._house, delivery, name, now, gone=gone))
            case AccountDead():
                log.critical("account_dead", channel=self._channel)
                self._dead_until = now + timedelta(minutes=1)
                await self._trouble.stopped(name)
            case _:
                await self._trouble.failed(name)
                await self._try_later(delivery, name, now)

    async def _try_later(self, delivery: Delivery, name: str, now: datetime) -> None:
        too_old = now - delivery.created_at > (PRESS_LASTS if delivery.lane == Lane.PRESS else GIVE_UP)
        if too_old:
            DROPPED_TOTAL.labels(self._channel, name).inc()
            await self._database.write(lambda db: deliver.dropped(db, self._house, delivery, name, now, gone=False))
            return
        log.warning("send_failed", outbox=delivery.id, channel=self._channel, error=name, tries=delivery.tries + 1)
        longest = LONGEST_URGENT_WAIT if delivery.lane <= Lane.ALERT else LONGEST_WAIT
        until = now + min(timedelta(seconds=2 ** min(delivery.tries, 10)), longest)
        await self._database.write(lambda db: deliver.put_off(db, delivery, until, name))


def _seconds() -> float:
    """A platform's pace is real time, also when the demo's clock jumps."""
    return asyncio.get_running_loop().time()
