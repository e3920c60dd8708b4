"""What is due is done once, however many look; what breaks our code holds up nothing else, and is tried again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, update

from bot.app.build import Runtime, build_runtime
from bot.app.settings import read_settings
from bot.web import CHANNEL as WEB
from core.access import Role
from core.messages import ChatId
from handlers import own_fault
from scheduler.clockwork import Clockwork
from storage import contacts, set_aside, timers
from storage.set_aside import Counts
from storage.tables import duty, obligation, outbox, timer
from storage.timers import TimerKind
from storage.upsert import insert_id
from tests.conftest import NOW
from tests.patience import patiently

NENH = "07795"
MANY = 30
BROKEN = 60
"""More than one look finds."""


class TurnedClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
async def runtime(database_url: str, key: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    """The whole but its loops, on each database."""
    given = {"data_dir": tmp_path, "database_url": database_url, "secret_key": key, "commune": NENH}
    made = await build_runtime(read_settings(_env_file=None, **given))
    yield made
    await made.close()


async def somebody(runtime: Runtime, role: Role) -> None:
    """Somebody of the commune with a role and a web chat."""

    def job(db: Connection) -> None:
        known = contacts.meet(db, runtime.context.vault, WEB, ChatId(role.value), now=NOW)
        row = {"contact_id": known.id, "role": role.value, "unit": NENH, "on_duty": True, "since": NOW}
        db.execute(duty.insert().values(row))

    await runtime.database.write(job)


async def reports_are_due(runtime: Runtime, many: int) -> None:
    """So many reports, each with one reminder that is due."""

    def job(db: Connection) -> None:
        for number in range(many):
            row = {"plan": "p", "key": f"k{number}", "unit": NENH, "title": f"report {number}"}
            days = {name: date(2026, 11, 30) for name in ("period_start", "period_end", "due_day")}
            timers.schedule(
                db,
                kind=TimerKind.REMIND,
                subject=insert_id(db, obligation, row | days),
                reason=f"obligation:{number}:7",
                due_at=NOW - timedelta(minutes=1),
                to=[Role.COMMITTEE],
            )

    await runtime.database.write(job)


async def timers_break(runtime: Runtime, many: int) -> None:
    """So many timers of a kind that this version does not know, due before all others."""

    def job(db: Connection) -> None:
        for number in range(many):
            row = {"reason": f"odd:{number}", "kind": "of-tomorrow", "subject": 1, "due_at": NOW - timedelta(hours=1)}
            db.execute(timer.insert().values(row))

    await runtime.database.write(job)


async def reminded(runtime: Runtime) -> Counter[str]:
    """How often each reminder was told."""
    told = select(outbox.c.reason).where(outbox.c.why == "reminder")
    return Counter(await runtime.database.read(lambda db: db.execute(told).scalars().all()))


async def test_two_schedulers_do_each_thing_exactly_once(runtime: Runtime) -> None:
    await somebody(runtime, Role.COMMITTEE)
    await reports_are_due(runtime, MANY)
    both = [Clockwork(runtime.database, runtime.context, lambda: NOW) for _ in range(2)]
    done = await asyncio.gather(*(one.catch_up() for one in both))
    assert sum(done) == MANY
    assert await reminded(runtime) == Counter({f"obligation:{number}:7": 1 for number in range(MANY)})


async def test_sixty_timers_that_break_our_code_do_not_hold_up_a_reminder_and_are_told_once(runtime: Runtime) -> None:
    await somebody(runtime, Role.COMMITTEE)
    await somebody(runtime, Role.OPERATOR)
    await timers_break(runtime, BROKEN)
    await reports_are_due(runtime, 1)
    clockwork = Clockwork(runtime.database, runtime.context, lambda: NOW)
    assert await clockwork.catch_up() == 1
    assert await reminded(runtime) == Counter({"obligation:0:7": 1})
    assert await runtime.database.read(set_aside.counted) == Counts(0, BROKEN)
    alarms = select(outbox.c.reason).where(outbox.c.why == "alarm")
    (alarm,) = await runtime.database.read(lambda db: db.execute(alarms).scalars().all())
    assert "storage/timers.py:" in alarm, "operators hear where it broke"
    errors = await runtime.database.read(lambda db: db.execute(select(timer.c.error).distinct()).scalars().all())
    assert any(str(error).startswith("ValueError at storage/timers.py:") for error in errors)


async def test_a_timer_that_breaks_our_code_is_tried_again_after_ever_longer_waits_of_an_hour_at_most(
    runtime: Runtime,
) -> None:
    await timers_break(runtime, 1)
    clock = TurnedClock()
    clockwork = Clockwork(runtime.database, runtime.context, clock)
    waits = []
    for _ in range(9):
        await clockwork.catch_up()
        again = await runtime.database.read(timers.next_due)
        assert again is not None
        waits.append((again - clock.at) / timedelta(minutes=1))
        clock.at = again - timedelta(seconds=1)
        await clockwork.catch_up()
        assert await runtime.database.read(timers.next_due) == again, "not before its time"
        clock.at = again
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_a_timer_that_fails_in_two_schedulers_waits_once(runtime: Runtime) -> None:
    await timers_break(runtime, MANY)
    both = [Clockwork(runtime.database, runtime.context, lambda: NOW) for _ in range(2)]
    await asyncio.gather(*(one.catch_up() for one in both))
    tries = await runtime.database.read(lambda db: db.execute(select(timer.c.tries)).scalars().all())
    assert tries == [1] * MANY


async def test_a_fixed_timer_runs_after_its_wait_or_at_once_after_an_upgrade(runtime: Runtime) -> None:
    await timers_break(runtime, 2)
    clock = TurnedClock()
    clockwork = Clockwork(runtime.database, runtime.context, clock)
    await clockwork.catch_up()
    mended = update(timer).values(kind=TimerKind.TAKE.value)
    await runtime.database.write(lambda db: db.execute(mended.where(timer.c.reason == "odd:0")))
    assert await clockwork.catch_up() == 0
    clock.at += timedelta(minutes=1)
    assert await clockwork.catch_up() == 1
    await runtime.database.write(lambda db: db.execute(mended))
    assert await clockwork.catch_up() == 0

    def starts(db: Connection) -> Counts:
        return own_fault.after_upgrade(db, runtime.context, "scheduler", "new", clock.at)

    assert await runtime.database.write(starts) == Counts(0, 1)
    assert await clockwork.catch_up() == 1


async def test_a_failed_nightly_job_does_not_stop_the_scheduler(runtime: Runtime) -> None:
    await somebody(runtime, Role.OPERATOR)
    await somebody(runtime, Role.COMMITTEE)
    await reports_are_due(runtime, 1)

    def breaks(_db: Connection, _now: datetime) -> None:
        raise LookupError("a plan that we cannot lay out")

    clockwork = Clockwork(runtime.database, runtime.context, lambda: NOW, breaks)
    stop, told = asyncio.Event(), asyncio.Event()
    runtime.database.listen(lambda topics: told.set() if "outbox" in topics else None)
    running = asyncio.create_task(clockwork.run(stop))
    count = select(func.count()).select_from(outbox)
    while await runtime.database.read(lambda db: db.execute(count).scalar_one()) < 2:
        await patiently(told.wait())
        told.clear()
    stop.set()
    await running
    reasons = await runtime.database.read(lambda db: db.execute(select(outbox.c.why)).scalars().all())
    assert sorted(reasons) == ["alarm", "reminder"]
