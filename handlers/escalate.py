"""Send a case that nobody took, or that was not answered in time, to the next level."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from core.access import SYSTEM, Role
from core.cards import card, colleague
from core.case import Case
from core.ids import CaseId
from core.replies import Reply, say
from core.say import Say
from core.states import Action
from handlers import alert
from handlers import cases as door
from handlers.views import case_view
from handlers.work import Work
from storage import cases, linked_contacts, timers
from storage.outbox import Recipient, Why
from storage.timers import Timer

AGAIN_LATE: Final = timedelta(days=1)
LATE_AT_MOST: Final = 30


def escalate(work: Work, timer: Timer) -> str:
    """Escalate a case that nobody took in time: to the commander, then to the province, then to the province again.
    Returns what was done."""
    case = cases.by_id(work.db, CaseId(timer.subject), hold=True)
    if case is None or not case.waits_for_taker:
        return "taken"
    if case.routed != timer.routed or case.level != timer.level:
        return "moved"
    case = door.apply(work, SYSTEM, case, Action.ESCALATE, quiet=True)
    next_ones = _of_level(work, case)
    had_it = alert.have_card(work, case)
    already = {recipient.id for recipient in had_it}
    alert.send_card(work, case, [recipient for recipient in next_ones if recipient.id not in already])
    _ring(work, case, [*next_ones, *had_it])
    alert.refresh(work, case)
    return f"level_{case.level}"


def answer_late(work: Work, timer: Timer) -> str:
    """Remind the officer of a case whose reporter should have had an answer by now, and tell the commander. Returns
    what was done."""
    case = cases.by_id(work.db, CaseId(timer.subject))
    if case is None or not case.is_worked or case.routed != timer.routed:
        return "done"
    view = case_view(work, case)
    times = timer.times + 1
    owner = linked_contacts.chats_of(work.db, case.owner)
    to = [recipient for recipient in alert.have_card(work, case) if recipient.id in owner]
    to += cases.police_of(work.db, case.unit, Role.COMMANDER)
    line = say(Say.ANSWER_LATE, code=view.code, name=colleague(view.owner_name, case.owner))
    for recipient in _once_each(to):
        reason = f"case:{case.id}:unanswered:{case.routed}:{times}"
        work.tell(recipient, Reply(lines=(line,)), reason=reason, why=Why.UPDATE, about=alert.about(case))
    if times < LATE_AT_MOST:
        timers.schedule(
            work.db,
            kind=timers.TimerKind.ANSWER,
            subject=case.id,
            reason=f"{timer.reason}:{times}" if timer.times == 0 else f"{timer.reason.rpartition(':')[0]}:{times}",
            due_at=timer.due_at + AGAIN_LATE * times,
            routed=case.routed,
            times=times,
        )
    return f"reminded_{times}"


def _of_level(work: Work, case: Case) -> list[Recipient]:
    if case.is_with_province:
        return cases.police_of(work.db, case.province, Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)
    return cases.police_of(work.db, case.unit, Role.COMMANDER, Role.UNIT_CHAT)


def _ring(work: Work, case: Case, to: list[Recipient]) -> None:
    """Tell these recipients that nobody took the case, with a button to take it."""
    view = case_view(work, case)
    line = say(Say.NOBODY_TOOK, code=view.code, at=case.opened_at)
    reply = Reply(lines=(line,), rows=card(view, work.now).rows[:1], protect=True)
    for recipient in _once_each(to):
        work.tell(
            recipient,
            reply,
            reason=f"case:{case.id}:late:{case.routed}:{case.level}",
            lane=alert.lane_of(case),
            why=Why.UPDATE,
            about=alert.about(case),
        )


def _once_each(to: list[Recipient]) -> list[Recipient]:
    return list({recipient.id: recipient for recipient in to}.values())
