"""Reporting obligations of the plans: each due date becomes a row, and each reminder is a row of its own that is sent
once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from core.access import Role
from core.calendar import Occurrence, occurrences, reminders, vietnamese_day
from core.ids import ObligationId, Unit
from core.plan import EACH_COMMUNE, CatchUp, Obligation, Plan
from core.replies import Choice, Reply, Words, say
from core.say import Say
from handlers.work import Work
from storage import duties, obligations, timers
from storage.obligations import DueObligation
from storage.outbox import About, Lane, Recipient, Subject, Why
from storage.timers import Timer, TimerKind

AHEAD: Final = timedelta(days=400)
"""How far ahead rows are created; the nightly run adds later ones."""
LATE_ENOUGH: Final = timedelta(days=2)
"""A reminder that is overdue by more than this is sent only when the plan says `send`."""
PAST: Final = timedelta(days=1)
"""A reminder that was overdue by more than this when its row would be created is not created."""


def lay_out(work: Work, plan: Plan, communes: Iterable[str]) -> int:
    """Create rows for a plan's obligations of the year ahead, with their reminders. Doing it again changes nothing.

    `communes` are those that the system serves, for obligations of each commune. Returns how many rows are new."""
    today = vietnamese_day(work.now)
    new = 0
    for owed in plan.obligations:
        units = communes if owed.unit == EACH_COMMUNE else (owed.unit,)
        for unit in units:
            for occurrence in occurrences(owed, today, today + AHEAD):
                made = obligations.add_if_new(
                    work.db, plan=plan.code, unit=Unit(unit), title=owed.title, occurrence=occurrence
                )
                if made is not None:
                    new += 1
                    _set_reminders(work, plan, owed, made, occurrence)
    return new


def remind(work: Work, timer: Timer) -> str:
    """Send a due reminder to those who owe the report, or else to those of the province. Returns what was done.

    Nothing is sent when the report was submitted, or when the plan says to skip late reminders."""
    owed = obligations.by_id(work.db, ObligationId(timer.subject))
    if owed is None or owed.submitted_at is not None:
        return "submitted"
    if timer.late is CatchUp.SKIP and work.now - timer.due_at > LATE_ENOUGH:
        return "skipped"
    if timers.overtaken(work.db, timer, work.now):
        return "overtaken"  # of several overdue reminders only the latest is sent
    to = duties.police_of(work.db, owed.unit, *timer.to) or _of_province(work, owed.unit, timer.to)
    reply = _reminder(owed, (owed.due_day - vietnamese_day(work.now)).days)
    about = About(Subject.OBLIGATION, owed.id)
    for recipient in to:
        work.tell(recipient, reply, reason=timer.reason, lane=Lane.REMINDER, why=Why.REMINDER, about=about)
    return f"told_{len(to)}"


def _set_reminders(
    work: Work, plan: Plan, owed: Obligation, obligation_id: ObligationId, occurrence: Occurrence
) -> None:
    for reminder in reminders(occurrence, plan.remind_of(owed)):
        if reminder.at + PAST >= work.now:
            timers.schedule(
                work.db,
                kind=TimerKind.REMIND,
                subject=obligation_id,
                due_at=reminder.at,
                reason=f"obligation:{obligation_id}:{reminder.days_left:+d}",
                to=owed.to,
                late=owed.catch_up,
            )


def _of_province(work: Work, unit: Unit, roles: Iterable[Role]) -> list[Recipient]:
    """The chats of those who hold one of the roles in the unit's province; empty when the unit is itself a province."""
    province = unit if len(unit) == 2 else work.context.places.province_of(unit)
    return duties.police_of(work.db, province, *roles) if province != unit else []


def _reminder(owed: DueObligation, days: int) -> Reply:
    if days > 0:
        head: Words = say(Say.REMIND_BEFORE, title=owed.title, days=days, day=_day(owed.due_day))
    elif days == 0:
        head = say(Say.REMIND_TODAY, title=owed.title)
    else:
        head = say(Say.REMIND_LATE, title=owed.title, days=-days, day=_day(owed.due_day))
    period = say(Say.REMIND_PERIOD, start=_day(owed.period_start), end=_day(owed.period_end))
    done = Choice(f"m:done:{owed.id}", say(Say.BUTTON_REPORT_DONE))
    return Reply(lines=(head, period), rows=((done,),))


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
