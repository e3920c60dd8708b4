"""The courier: the only code that sends to platforms.

It sends the waiting rows of the outbox, the urgent first, one at a time for each chat, and marks each row when the
platform has accepted it. A crash between the two repeats one message, which is preferred to losing it. Alerts, answers
and button presses are sent at once and wait only when a platform says so (429); reminders and broadcasts use the rest
of the platform's rate.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.channel import ChannelPort
from bot.delivery.budget import MonthlyBudget
from bot.delivery.channel_trouble import Trouble
from bot.delivery.lease_owner import is_gone
from bot.delivery.metrics import SEND_SECONDS, SENT_TOTAL
from bot.delivery.outcomes import Outcomes
from bot.delivery.send_queue import SendQueue
from bot.delivery.sender import Sender
from core.errors import where
from core.ids import ContactId, OutboxId
from core.pace import Pacer
from handlers.work import AppContext
from storage import leases, sending
from storage.database import Database
from storage.jobs import Unavailable
from storage.media import MediaStore
from storage.outbox import Lane
from storage.sending import Delivery, Waiting
from storage.waiting import wait_first

log = structlog.get_logger()

AT_ONCE: Final = 32
"""Messages that are being sent to one platform at a time at most."""
LOOK_AGAIN_S: Final = 2.0
"""Seconds between two looks: no event comes for a row that another process wrote into SQLite, or that waits for its
time."""
LEASE: Final = timedelta(seconds=6)
"""Short, because alerts must wait until the lease of a machine that died expires."""
REST_S: Final = 60.0
"""Seconds for which a chat pauses after the result of a delivery could not be stored."""


class Courier:
    """Sends the outbox of one channel. `owner` is this process's name, for the lease of the sending account."""

    def __init__(
        self,
        channel: str,
        port: ChannelPort,
        database: Database,
        context: AppContext,
        media_store: MediaStore,
        now: Callable[[], datetime],
        owner: str,
    ) -> None:
        self._channel, self._port = channel, port
        self._database, self._now, self._owner = database, now, owner
        self._pacer = Pacer(
            port.pace.overall_per_second,
            port.pace.per_chat_per_second,
            port.pace.chat_burst,
            port.pace.group_per_minute,
        )
        self._budget = MonthlyBudget(port.account, port.pace.per_month)
        self._trouble = Trouble(channel, database, context, now)
        self._sender = Sender(channel, port, database, context, media_store, now, self._budget)
        self._outcomes = Outcomes(channel, database, context, now, self._pacer, self._trouble, self._budget)
        self._wake = asyncio.Event()
        self._busy_chats: set[ContactId] = set()
        self._under_way: dict[OutboxId, asyncio.Task[None]] = {}
        self._queue = SendQueue()
        self._more = False
        self._stale = True
        self._leased_until: datetime | None = None
        database.listen(self._heard)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then finish what is being sent."""
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
        """Acquire or renew the lease of the account. One process at a time sends, because the platform's limits apply
        to the account."""
        now = self._now()
        if self._outcomes.account_rests:
            return False
        if self._leased_until is not None and self._leased_until - now > LEASE / 2:
            return True
        account = self._port.account
        until = now + LEASE
        held = await self._database.write(lambda db: leases.hold(db, account, self._owner, now, until, is_gone))
        self._leased_until = until if held else None
        return held

    async def _round(self) -> float:
        """Start the deliveries that may start now. Returns the seconds to wait when no event comes before."""
        if self._stale or (not self._queue and self._more):
            await self._look()
        pause = LOOK_AGAIN_S
        left: list[Waiting] = []
        chosen: dict[OutboxId, Waiting] = {}
        for one in self._queue:
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
        self._queue.keep(left)
        await self._start(chosen)
        if not self._queue and self._more and len(self._under_way) < AT_ONCE:
            return 0.0  # there may be more than one query returns
        return max(pause, 0.005)

    async def _look(self) -> None:
        self._stale = False
        now = self._now()
        found = await self._database.read(lambda db: sending.waiting(db, self._channel, now))
        self._more = len(found) >= sending.LOOKED_AT
        self._queue.put(found, self._under_way)
        if self._budget.limit:
            await self._database.read(lambda db: self._budget.look(db, now))

    async def _start(self, chosen: Mapping[OutboxId, Waiting]) -> None:
        """Read the chosen messages and start their deliveries."""
        if not chosen:
            return
        now, due = self._now(), []
        try:
            due = await self._database.read(lambda db: sending.still_waiting(db, list(chosen), now))
        finally:
            started = {delivery.id for delivery in due}
            idle = {one.contact_id for one in chosen.values() if one.id not in started}
            self._busy_chats -= idle
            if idle:
                self._wake.set()  # another message of these chats may be in the queue
        for delivery in due:
            task = asyncio.create_task(self._deliver(delivery))
            self._under_way[delivery.id] = task
            task.add_done_callback(partial(self._finished, delivery))

    def _finished(self, delivery: Delivery, _task: asyncio.Task[None]) -> None:
        self._busy_chats.discard(delivery.contact_id)
        self._under_way.pop(delivery.id, None)
        self._wake.set()

    async def _deliver(self, delivery: Delivery) -> None:
        started = asyncio.get_running_loop().time()
        try:
            went = await self._sender.send(delivery)
        except Unavailable as trouble:
            log.error("courier_waits", channel=self._channel, why=str(trouble))
            await asyncio.sleep(1)
            return
        except Exception as error:
            # A refusal of the platform or a fault of our own concerns this message only; the others go on.
            outcome = self._outcomes.failed(delivery, error)
        else:
            SEND_SECONDS.labels(self._channel).observe(asyncio.get_running_loop().time() - started)
            SENT_TOTAL.labels(self._channel).inc()
            outcome = self._outcomes.sent(delivery, went)
        await self._write_down(delivery, outcome)

    async def _write_down(self, delivery: Delivery, outcome: Coroutine[None, None, None]) -> None:
        try:
            await outcome
        except Unavailable as trouble:
            log.error("courier_waits", channel=self._channel, why=str(trouble))
            await asyncio.sleep(1)
        except Exception as error:
            # The result could not be stored, so the chat pauses; otherwise it would get the same message again and
            # again.
            log.critical("outcome_not_noted", outbox=delivery.id, error=type(error).__name__, where=where(error))
            await asyncio.sleep(REST_S)


def _seconds() -> float:
    """Real time in seconds, for the platform's rate limits, also when the demo's clock is moved."""
    return asyncio.get_running_loop().time()
