"""The only module that changes a case: its state, unit, owner, level and limits.

Each change is checked against the table of moves and the version that was read. It writes an audit row, sets and drops
the timers that follow from the new state, and queues the messages to officers and reporters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from core import deadlines
from core.access import PROVINCE_LEVEL, SYSTEM, Actor, Permission
from core.case import NOTHING, Case, Change, after
from core.deadlines import CaseTimes
from core.errors import NotFound
from core.ids import CaseId, Unit
from core.states import AUDITED_AS, FIRST, Action
from core.triage.proposal import Category, Urgency
from handlers import alert, case_timers, tell_reporter
from handlers.work import Work
from storage import audit
from storage import cases as rows

AT_ONCE: Final = 5_000
SHOWN_IN_AUDIT: Final = ("unit", "category", "urgency", "commune", "level", "outcome")
WHAT_LIMITS_DEPEND_ON: Final = ("state", "unit", "category", "urgency", "level", "routed", "taken_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The first assessment of a new case, and the unit that gets it."""

    unit: Unit
    province: Unit
    commune: Unit | None
    category: Category
    urgency: Urgency


def open_case(work: Work, opening: Opening) -> Case:
    """Open a case and return it. Nobody is told and no timer runs until its tip is filed too (`alert.alert`,
    `case_timers.follow`)."""
    fresh = Case(
        id=CaseId(0),
        unit=opening.unit,
        province=opening.province,
        commune=opening.commune,
        category=opening.category,
        urgency=opening.urgency,
        state=FIRST,
        received_at=work.now,
        opened_at=work.now,
    )
    fresh = _with_limits(work, fresh)
    return replace(fresh, id=rows.add(work.db, fresh))


def find(work: Work, by: Actor, case_id: CaseId, permission: Permission = Permission.WORK_CASE) -> Case:
    """A case that the actor may see or work on, locked until the transaction ends. Raises `NotFound` otherwise, so that
    the actor cannot tell whether it exists."""
    case = rows.by_id(work.db, case_id, hold=True)
    if case is None:
        raise NotFound
    by.demand(permission, case.whose)
    return case


def apply(
    work: Work, by: Actor, case: Case, action: Action, change: Change = NOTHING, *, entry: str = "", quiet: bool = False
) -> Case:
    """Apply an action to a case and return the changed case.

    `entry` names the audit row where the action's own name is not enough. `quiet`: nobody is told and no card is
    edited, because the caller changes the case again at once. Raises `MoveNotAllowed`, or `Stale` when somebody else
    changed the case since it was read."""
    now = after(case, action, change, by=by.id, now=work.now)
    if any(getattr(now, name) != getattr(case, name) for name in WHAT_LIMITS_DEPEND_ON):
        now = _with_limits(work, now)
    rows.save(work.db, case, now)
    _note(work, by, case, now, entry or AUDITED_AS[action])
    case_timers.follow(work, case, now)
    if quiet:
        return now
    if now.unit != case.unit:
        alert.take_cards_back(work, case, to=now.unit)
    if now.routed != case.routed:
        now = put_before_police(work, now)
    else:
        alert.refresh(work, now, but=by.shown_in)
    tell_reporter.of_action(work, now, action)
    return now


def put_before_police(work: Work, case: Case) -> Case:
    """Alert those who must act on a new or newly routed case. Where nobody in the unit can be reached, the province's
    desk is alerted at once and the case belongs to the province too. Returns the case."""
    told = alert.first_readers(work, case.unit)
    if not told and case.unit != case.province:
        told = alert.first_readers(work, case.province)
        case = apply(work, SYSTEM, case, Action.ESCALATE, Change(level=PROVINCE_LEVEL), quiet=True) if told else case
    alert.alert(work, case, told)
    return case


def set_missing_limits(work: Work) -> int:
    """Compute the limits of open cases that were opened before limits were stored. Returns how many."""
    found = rows.without_limits(work.db, AT_ONCE)
    for case in found:
        now = _with_limits(work, replace(case, version=case.version + 1))
        rows.save(work.db, case, now)
        case_timers.follow(work, case, now)
    return len(found)


def times_of(work: Work, case: Case) -> CaseTimes:
    """The times that the limits of a case are computed from, with the plan's rules for its kind and unit."""
    rules = work.context.rules
    return CaseTimes(
        handling=rules.handling[case.category],
        urgency=case.urgency,
        received_at=case.received_at,
        state=case.state,
        alerted_at=case.opened_at,
        taken_at=case.taken_at,
        difficult=case.unit in rules.difficult,
    )


def _with_limits(work: Work, case: Case) -> Case:
    times, rules = times_of(work, case), work.context.rules.limits
    return replace(
        case,
        take_by=deadlines.take_by(times, rules, case.level, work.now),
        answer_by=deadlines.answer_by(times, rules),
    )


def _note(work: Work, by: Actor, before: Case, now: Case, entry: str) -> None:
    """Write the audit row: who did what, and each changed value before and after. A unit that receives the case gets a
    row too."""
    changed = {
        name: [_plain(getattr(before, name)), _plain(getattr(now, name))]
        for name in SHOWN_IN_AUDIT
        if getattr(before, name) != getattr(now, name)
    }
    vault = work.context.vault
    audit.note(
        work.db, vault, chain=before.unit, case_id=now.id, actor=by.id, act=entry, now=work.now, detail=changed or None
    )
    if now.unit != before.unit:
        audit.note(work.db, vault, chain=now.unit, case_id=now.id, actor=None, act="routed_here", now=work.now)


def _plain(value: object) -> object:
    return value if isinstance(value, int) else str(value or "")
