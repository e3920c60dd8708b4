"""Report obligations of the plans: their dates become rows, and each reminder is a row of its own, sent once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select, update

from core.access import Permission, Role, Whose, demand
from core.calendar import occurrences, reminders, vietnamese_day
from core.conversation.commands import SubmitReport
from core.plan import EACH_COMMUNE, CatchUp, Plan
from core.replies import Choice, Reply, Words, say
from core.say import Say
from handlers.chat.hearing import Hearing
from handlers.work import Work
from storage import cases, outbox, timers
from storage.outbox import Lane, Why
from storage.tables import obligation
from storage.upsert import insert_if_new

AHEAD: Final = timedelta(days=400)
"""So far ahead dates are laid out; the daily look lays out the rest."""
LATE_ENOUGH: Final = timedelta(days=2)
"""A reminder this much overdue is not news: it is sent only when the plan says `send`."""


def lay_out(work: Work, plan: Plan, communes: tuple[str, ...]) -> int:
    """Make rows of a plan's obligations for the year ahead, with their reminders. Doing it again changes nothing.

    `communes` are those that the system serves, for obligations of each commune. Returns how many rows are new."""
    today = vietnamese_day(work.now)
    new = 0
    for owed in plan.obligations:
        units = communes if owed.unit == EACH_COMMUNE else (owed.unit,)
        for unit in units:
            for occurrence in occurrences(owed, today, today + AHEAD):
                row = {
                    "plan": plan.code,
                    "key": owed.key,
                    "unit": unit,
                    "title": owed.title,
                    "period_start": occurrence.period_start,
                    "period_end": occurrence.period_end,
                    "due_day": occurrence.due_day,
                }
                number = insert_if_new(work.db, obligation, row)
                if number is None:
                    continue
                new += 1
                for reminder in reminders(occurrence, plan.remind_of(owed)):
                    if reminder.at + timedelta(days=1) < work.now:
                        continue
                    timers.schedule(
                        work.db,
                        kind=timers.TimerKind.REMIND,
                        subject=number,
                        due_at=reminder.at,
                        reason=f"obligation:{number}:{reminder.reason.rsplit(':', 1)[-1]}",
                        to=owed.to,
                        late=owed.catch_up,
                    )
    return new


def remind(work: Work, timer: timers.Timer) -> str:
    """A reminder is due. Nothing is said when the report is in, or when the plan says to skip what is long overdue."""
    row = work.db.execute(select(obligation).where(obligation.c.id == timer.subject)).one_or_none()
    if row is None or row.submitted_at is not None:
        return "submitted"
    if timer.late is CatchUp.SKIP and work.now - timer.due_at > LATE_ENOUGH:
        return "skipped"
    if timers.overtaken(work.db, timer, work.now):
        return "overtaken"  # after a pause one reminder says it all
    days = (row.due_day - vietnamese_day(work.now)).days
    roles = list(timer.to)
    to = cases.police_of(work.db, row.unit, *roles) or _of_province(work, row.unit, roles)
    for recipient in to:
        work.tell(
            recipient,
            _reminder(row, days),
            reason=timer.reason,
            lane=Lane.REMINDER,
            why=Why.REMINDER,
            about=outbox.About(outbox.Subject.OBLIGATION, row.id),
        )
    return f"told_{len(to)}"


def submit_report(work: Hearing, act: SubmitReport) -> list[Reply]:
    """Somebody says that the report is in: no more reminders."""
    row = work.db.execute(select(obligation).where(obligation.c.id == act.obligation)).one_or_none()
    demand(work.by.duties, Permission.SUBMIT_REPORT, Whose(unit=row.unit if row is not None else "-"))
    work.db.execute(
        update(obligation)
        .where(obligation.c.id == act.obligation, obligation.c.submitted_at.is_(None))
        .values(submitted_at=work.now, submitted_by=work.me.id)
    )
    title = row.title if row is not None else ""
    return [Reply(lines=(say(Say.REPORT_NOTED, title=title),))]


def _of_province(work: Work, unit: str, roles: list[Role]) -> list[outbox.Recipient]:
    """Nobody holds the role in the unit: those who hold it in the province hear of it instead."""
    province = unit if len(unit) == 2 else work.context.places.province_of(unit)
    return cases.police_of(work.db, province, *roles) if province != unit else []


def _reminder(row: Any, days: int) -> Reply:
    if days > 0:
        head: Words = say(Say.REMIND_BEFORE, title=row.title, days=days, day=_day(row.due_day))
    elif days == 0:
        head = say(Say.REMIND_TODAY, title=row.title)
    else:
        head = say(Say.REMIND_LATE, title=row.title, days=-days, day=_day(row.due_day))
    period = say(Say.REMIND_PERIOD, start=_day(row.period_start), end=_day(row.period_end))
    done = Choice(f"m:done:{row.id}", say(Say.BUTTON_REPORT_DONE))
    return Reply(lines=(head, period), rows=((done,),))


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
