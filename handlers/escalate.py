"""A case that nobody took, or that nobody answered in time, is put before the next level. It never just waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from core.access import PROVINCE_LEVEL, Role
from core.cards import card, colleague
from core.replies import Reply, say
from core.say import Say
from core.states import State
from handlers import alert
from handlers.views import case_view
from handlers.work import Work
from storage import audit, cases, linked_contacts, timers
from storage.outbox import Why

MOST_LEVELS: Final = 12
"""After the province has been reminded ten times the operator's own alarm (the log, the metric) is the last resort."""
AGAIN_LATE: Final = timedelta(days=1)
LATE_AT_MOST: Final = 30


def escalate(work: Work, timer: timers.Timer) -> str:
    """The clock of taking ran out: commander, then province, then the province again. Returns what was done."""
    row = cases.by_id(work.db, timer.subject)
    if row is None or row.state != State.NEW.value:
        return "taken"
    if row.routed != timer.routed or row.level != timer.level:
        return "moved"
    level = min(row.level + 1, MOST_LEVELS)
    cases.change(work.db, row.id, level=level)
    row = cases.by_id(work.db, row.id)
    audit.note(
        work.db,
        work.context.vault,
        chain=row.unit,
        case_id=row.id,
        actor=None,
        act="escalated",
        now=work.now,
        detail={"level": level},
    )
    if level >= PROVINCE_LEVEL:
        next_ones = cases.police_of(work.db, row.province, Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)
    else:
        next_ones = cases.police_of(work.db, row.unit, Role.COMMANDER, Role.UNIT_CHAT)
    already = {recipient.id for recipient in cases.told_of(work.db, row.id, row.routed)}
    alert.send_card(work, row, [recipient for recipient in next_ones if recipient.id not in already])
    view = case_view(work, row)
    ringing = say(Say.NOBODY_TOOK, code=view.code, at=row.opened_at)
    for recipient in {r.id: r for r in [*next_ones, *cases.told_of(work.db, row.id, row.routed)]}.values():
        reason = f"case:{row.id}:late:{row.routed}:{level}"
        shown = card(view, work.now)
        work.tell(
            recipient,
            Reply(lines=(ringing,), rows=shown.rows[:1], protect=True),
            reason=reason,
            lane=alert.lane_of(row),
            why=Why.NEWS,
            about=alert.about(row),
        )
    alert.refresh(work, row.id)
    if level < MOST_LEVELS:
        alert.start_clock(work, row)
    return f"level_{level}"


def answer_late(work: Work, timer: timers.Timer) -> str:
    """The reporter should have had an answer by now: remind the officer who has it, and tell the commander."""
    row = cases.by_id(work.db, timer.subject)
    if row is None or row.state != State.TAKEN.value or row.routed != timer.routed:
        return "done"
    view = case_view(work, row)
    times = timer.times + 1
    taker = linked_contacts.same(work.db, row.owner)
    to = [r for r in cases.told_of(work.db, row.id, row.routed) if r.id in taker]
    to += cases.police_of(work.db, row.unit, Role.COMMANDER)
    for recipient in {r.id: r for r in to}.values():
        line = say(Say.ANSWER_LATE, code=view.code, name=colleague(view.owner_name, view.owner))
        work.tell(
            recipient,
            Reply(lines=(line,)),
            reason=f"case:{row.id}:unanswered:{row.routed}:{times}",
            why=Why.NEWS,
            about=alert.about(row),
        )
    if times < LATE_AT_MOST:
        timers.schedule(
            work.db,
            kind=timers.TimerKind.ANSWER,
            subject=row.id,
            reason=f"case:{row.id}:answer:{row.routed}:{times}",
            due_at=timer.due_at + AGAIN_LATE * times,
            routed=row.routed,
            times=times,
        )
    return f"reminded_{times}"
