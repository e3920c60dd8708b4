"""Run due timers. They are rows in the database; APScheduler only computes when to look again, and wakes the loop.

Each timer is claimed and run in one transaction: after a crash it is either done or still due, and of several processes
one runs it. Timers that fell due while no process ran are run at the start, the earliest first; the handler and the
plan decide whether they still make sense. A timer that makes our code raise is set aside alone and tried again later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import Connection

from core.errors import where
from core.ids import TimerId
from core.vietnam import VIETNAM
from handlers import ask_police, campaign, escalate, housekeeping, likeness, own_fault, remind
from handlers.work import AppContext, Work
from storage import timers
from storage.database import Database
from storage.jobs import Unavailable
from storage.timers import Timer, TimerKind
from storage.waiting import wait_first

log = structlog.get_logger()

DO: Final[dict[TimerKind, Callable[[Work, Timer], str]]] = {
    TimerKind.TAKE: escalate.escalate,
    TimerKind.ANSWER: escalate.answer_late,
    TimerKind.REMIND: remind.remind,
    TimerKind.CAMPAIGN: campaign.run_campaign,
    TimerKind.LIKENESS: likeness.compare,
    TimerKind.QUESTION: ask_police.remind_of_question,
}
AT_ONCE: Final = 50
REST_S: Final = 0.2
"""Seconds between two timers that can wait."""
LOOK_S: Final = 2.0
"""Seconds between two looks for them."""
LOOK_AGAIN: Final = timedelta(seconds=20)
"""The longest sleep: another process may have set a timer without this process being told."""
AFTER_TROUBLE: Final = timedelta(seconds=5)
DAILY: Final = CronTrigger(hour=0, minute=5, timezone=VIETNAM)


class Clockwork:
    """The scheduler of one process. `daily` runs at the start and every night: it creates rows for coming dates and
    erases old data."""

    def __init__(
        self,
        database: Database,
        context: AppContext,
        now: Callable[[], datetime],
        daily: Callable[[Connection, datetime], None] | None = None,
    ) -> None:
        self._database, self._context, self._now, self._daily = database, context, now, daily
        self._wake = asyncio.Event()
        self._waker = AsyncIOScheduler(timezone="UTC")
        database.listen(self._heard)

    async def run(self, stop: asyncio.Event) -> None:
        """Run due timers, then sleep until the next is due; until `stop`."""
        self._waker.start()
        self._waker.add_job(self._every_night, DAILY, id="daily")
        leisure = asyncio.create_task(self._at_leisure(stop))
        try:
            await self._every_night()
            while not stop.is_set():
                self._wake.clear()
                self._wake_at(await self._look())
                await wait_first(self._wake, stop)
        finally:
            leisure.cancel()
            await asyncio.gather(leisure, return_exceptions=True)
            self._waker.shutdown(wait=False)

    def wake(self) -> None:
        """Look for due timers now (after the demo's clock was moved)."""
        self._wake.set()

    async def catch_up(self) -> int:
        """Run every timer that is due now, also those that can wait. Returns how many were run."""
        return await self._catch_up(at_leisure=False) + await self._catch_up(at_leisure=True)

    async def _catch_up(self, *, at_leisure: bool) -> int:
        done = 0
        while True:
            due = await self._database.read(partial(timers.due, now=self._now(), most=AT_ONCE, at_leisure=at_leisure))
            if not due:
                return done
            for timer_id in due:
                done += await self._do(timer_id)

    async def _at_leisure(self, stop: asyncio.Event) -> None:
        """Run the timers that can wait one by one with pauses, so that alerts come first under load."""
        while not stop.is_set():
            try:
                due = await self._database.read(partial(timers.due, now=self._now(), most=1, at_leisure=True))
                for timer_id in due:
                    await self._do(timer_id)
            except Unavailable as trouble:
                log.error("scheduler_waits", why=str(trouble))
                due = []
            await asyncio.sleep(REST_S if due else LOOK_S)

    def _heard(self, topics: frozenset[str]) -> None:
        if "timers" in topics:
            self._wake.set()

    async def _look(self) -> timedelta:
        try:
            await self._catch_up(at_leisure=False)
            due = await self._database.read(timers.next_due)
        except Unavailable as trouble:
            log.error("scheduler_waits", why=str(trouble))
            return AFTER_TROUBLE
        if due is None:
            return LOOK_AGAIN
        return max(timedelta(0), min(due - self._now(), LOOK_AGAIN))

    def _wake_at(self, wait: timedelta) -> None:
        at = datetime.now(tz=self._waker.timezone) + max(wait, timedelta(milliseconds=10))
        self._waker.add_job(self.wake, DateTrigger(at), id="look", replace_existing=True, misfire_grace_time=None)

    async def _do(self, timer_id: TimerId) -> int:
        now = self._now()
        try:
            return await self._database.write(lambda db: _one(db, self._context, timer_id, now))
        except Unavailable:
            raise
        except Exception as error:
            # Our own code raised on this timer: it is set aside, and the others go on.
            log.error("timer_failed", timer=timer_id, error=type(error).__name__, where=where(error))
            await self._database.write(partial(self._set_aside, timer_id=timer_id, error=error, now=now))
            return 0

    def _set_aside(self, db: Connection, timer_id: TimerId, error: Exception, now: datetime) -> None:
        own_fault.timer_broke(Work(db=db, context=self._context, now=now), timer_id, error)

    async def _every_night(self) -> None:
        """Run both nightly jobs. If one raises, the other still runs."""
        now, daily = self._now(), self._daily
        await self._nightly(now, lambda db: housekeeping.tidy(Work(db=db, context=self._context, now=now)))
        if daily is not None:
            await self._nightly(now, lambda db: daily(db, now))

    async def _nightly(self, now: datetime, job: Callable[[Connection], object]) -> None:
        try:
            try:
                await self._database.write(job)
            except Unavailable:
                raise
            except Exception as error:
                # Alerts and reminders must go on: the operators are told, and the job is tried again the next night.
                log.error("nightly_failed", error=type(error).__name__, where=where(error))
                await self._database.write(partial(self._alarm, error=error, now=now))
        except Unavailable as trouble:
            log.error("scheduler_waits", why=str(trouble))

    def _alarm(self, db: Connection, error: Exception, now: datetime) -> None:
        own_fault.job_broke(Work(db=db, context=self._context, now=now), error)


def _one(db: Connection, context: AppContext, timer_id: TimerId, now: datetime) -> int:
    timer = timers.claim(db, timer_id, now)
    if timer is None:
        return 0
    result = DO[timer.kind](Work(db=db, context=context, now=now), timer)
    timers.finish(db, timer_id, result)
    log.info("timer_done", timer=timer_id, kind=timer.kind.value, result=result)
    return 1
