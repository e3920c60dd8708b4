"""What follows from each outcome of a delivery. A platform's error says what to do; any other exception is a fault of
our own code and does not count against the platform."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from bot.channel import (
    AccountDead,
    LaterFor,
    Moved,
    QuotaUsedUp,
    Refused,
    TooFast,
    Unreachable,
    WindowClosed,
)
from bot.delivery.budget import MonthlyBudget
from bot.delivery.channel_trouble import Trouble
from bot.delivery.metrics import BROKE_TOTAL, DROPPED_TOTAL
from bot.delivery.sender import Went
from core.errors import where
from core.pace import Pacer
from handlers.own_fault import message_broke
from handlers.undeliverable import chat_moved, undelivered
from handlers.work import AppContext, Work
from storage import sending
from storage.database import Database
from storage.outbox import Lane
from storage.sending import Delivery

log = structlog.get_logger()

LONGEST_WAIT: Final = timedelta(minutes=5)
LONGEST_URGENT_WAIT: Final = timedelta(seconds=15)
PRESS_LASTS: Final = timedelta(seconds=60)
GIVE_UP: Final = timedelta(days=7)
ACCOUNT_RESTS: Final = timedelta(minutes=1)


class Outcomes:
    """Stores the outcomes of one channel's deliveries."""

    def __init__(
        self,
        channel: str,
        database: Database,
        context: AppContext,
        now: Callable[[], datetime],
        pacer: Pacer,
        trouble: Trouble,
        budget: MonthlyBudget,
    ) -> None:
        self._channel, self._database, self._context, self._now = channel, database, context, now
        self._pacer, self._trouble, self._budget = pacer, trouble, budget
        self._dead_until: datetime | None = None

    @property
    def account_rests(self) -> bool:
        """Whether the platform has just rejected our token; then nothing is sent for a while."""
        return self._dead_until is not None and self._now() < self._dead_until

    async def sent(self, delivery: Delivery, went: Went) -> None:
        """Store that the platform accepted a delivery. Raises `Unavailable`."""
        now, vault = self._now(), self._context.vault

        def note(db: Connection) -> int:
            sending.sent(db, vault, delivery, now, before=went.before, handle=went.handle)
            return self._budget.spend(db, now, went.pieces)

        used = await self._database.write(note)
        await self._trouble.over()
        if used:
            await self._trouble.quota(used, self._budget.limit)

    async def failed(self, delivery: Delivery, error: Exception) -> None:
        """Store that a delivery failed with `error`. Raises `Unavailable`."""
        now, name = self._now(), type(error).__name__
        match error:
            case TooFast():
                self._pacer.block(str(delivery.contact_id), _seconds(), error.retry_after)
                await self._put_off(delivery, now + timedelta(seconds=error.retry_after), name)
            case LaterFor():
                await self._put_off(delivery, error.until, name)
            case Moved():
                await self._chat_moved(delivery, error, now)
            case Unreachable() | Refused() | WindowClosed() | QuotaUsedUp():
                await self._drop(delivery, name, now, gone=isinstance(error, Unreachable))
            case AccountDead():
                log.critical("account_dead", channel=self._channel)
                self._dead_until = now + ACCOUNT_RESTS
                await self._trouble.stopped(name)
            case ConnectionError() | TimeoutError():
                await self._trouble.failed(name)
                await self._try_later(delivery, error, now)
            case OSError():  # a fault of the machine: a disk, too many open files
                await self._try_later(delivery, error, now)
            case _:
                await self._set_aside(delivery, error, now)

    async def _set_aside(self, delivery: Delivery, error: Exception, now: datetime) -> None:
        name = type(error).__name__
        log.error("message_set_aside", outbox=delivery.id, channel=self._channel, error=name, where=where(error))
        BROKE_TOTAL.labels(self._channel).inc()
        await self._database.write(lambda db: message_broke(self._work(db, now), delivery.id, error))

    async def _chat_moved(self, delivery: Delivery, moved: Moved, now: datetime) -> None:
        """Store a chat's new address. The message goes there next, after a pause if that address has moved too."""
        log.info("chat_moved", contact=delivery.contact_id, channel=self._channel)
        until = now + _wait(delivery) if delivery.tries else now

        def job(db: Connection) -> None:
            sending.put_off(db, delivery.id, until, type(moved).__name__)
            chat_moved(self._work(db, now), delivery.contact_id, moved.to)

        await self._database.write(job)

    async def _try_later(self, delivery: Delivery, error: Exception, now: datetime) -> None:
        name = type(error).__name__
        if now - delivery.created_at > (PRESS_LASTS if delivery.lane == Lane.PRESS else GIVE_UP):
            await self._drop(delivery, name, now, gone=False)
            return
        log.warning(
            "send_failed",
            outbox=delivery.id,
            channel=self._channel,
            error=name,
            where=where(error),
            tries=delivery.tries + 1,
        )
        await self._put_off(delivery, now + _wait(delivery), name)

    async def _put_off(self, delivery: Delivery, until: datetime, name: str) -> None:
        await self._database.write(lambda db: sending.put_off(db, delivery.id, until, name))

    async def _drop(self, delivery: Delivery, name: str, now: datetime, *, gone: bool) -> None:
        log.warning("not_delivered", outbox=delivery.id, channel=self._channel, error=name)
        DROPPED_TOTAL.labels(self._channel, name).inc()
        await self._database.write(lambda db: undelivered(self._work(db, now), delivery.id, name, gone=gone))

    def _work(self, db: Connection, now: datetime) -> Work:
        return Work(db=db, context=self._context, now=now)


def _wait(delivery: Delivery) -> timedelta:
    longest = LONGEST_URGENT_WAIT if delivery.lane <= Lane.ALERT else LONGEST_WAIT
    return min(timedelta(seconds=2 ** min(delivery.tries, 10)), longest)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
