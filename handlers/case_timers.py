"""The timers that follow from a case's state: when it escalates, and when the reporter must be answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.case import Case
from handlers.work import Work
from storage import timers
from storage.timers import TimerKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A timer that a case needs. `reason` is its key; the timer is moved when only its time changes."""

    kind: TimerKind
    reason: str
    due_at: datetime


def wanted(case: Case) -> Iterator[Wanted]:
    """The timers that a case needs in its present state."""
    if case.waits_for_taker and case.take_by is not None:
        yield Wanted(TimerKind.TAKE, f"case:{case.id}:take:{case.routed}:{case.level}", case.take_by)
    if case.is_worked and case.answer_by is not None and case.taken_at is not None:
        taken = int(case.taken_at.timestamp())
        yield Wanted(TimerKind.ANSWER, f"case:{case.id}:answer:{case.routed}:{taken}", case.answer_by)


def start(work: Work, case: Case) -> None:
    """Set the timers of a case that has just been opened."""
    for timer in wanted(case):
        _schedule(work, case, timer)


def follow(work: Work, before: Case, after: Case) -> None:
    """Update the timers after a change: drop those not needed any more, set the new ones, move those whose time
    changed."""
    old = {timer.kind: timer for timer in wanted(before)}
    new = {timer.kind: timer for timer in wanted(after)}
    for kind, timer in old.items():
        if kind not in new or new[kind].reason != timer.reason:
            timers.drop_all(work.db, kind, before.id, work.now)
    for kind, timer in new.items():
        same = kind in old and old[kind].reason == timer.reason
        if not same:
            _schedule(work, after, timer)
        elif old[kind].due_at != timer.due_at:
            timers.move(work.db, timer.reason, timer.due_at)


def _schedule(work: Work, case: Case, timer: Wanted) -> None:
    timers.schedule(
        work.db,
        kind=timer.kind,
        subject=case.id,
        reason=timer.reason,
        due_at=timer.due_at,
        routed=case.routed,
        level=case.level,
    )
