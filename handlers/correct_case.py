"""Change a case's kind, urgency or commune. Another unit may be responsible afterwards."""

from __future__ import annotations

from dataclasses import replace

from core.access import Actor
from core.case import Case, Change
from core.routing import Route
from core.states import Action
from core.triage.accused import Accused
from core.triage.proposal import Category
from handlers import cases
from handlers.understand import routed
from handlers.views import case_file
from handlers.work import Work


def change_case(work: Work, by: Actor, case: Case, change: Change, *, entry: str) -> Case:
    """Change a case's kind, urgency or commune and return the case. A case that becomes an emergency alerts again, and
    while nobody has taken the case it goes to the unit now responsible. `entry` names the audit row. Nothing happens
    when no value differs."""
    change = _differences(case, change)
    charged = accused_in(work, case)
    category, commune = change.category or case.category, change.commune or case.commune
    to = routed(work, category, commune, charged)
    if _moves(work, case, change, to, charged):
        change = replace(change, unit=to.unit, province=to.province)
        return cases.apply(work, by, case, Action.REROUTE, change, entry=entry)
    if change == Change():
        return case
    return cases.apply(work, by, case, Action.CORRECT, change, entry=entry)


def accused_in(work: Work, case: Case) -> Accused:
    """The people or units that the tips of a case accuse."""
    return next((tip.reading.accused for tip in case_file(work, case).tips if tip.reading.accused), Accused.NOBODY)


def _differences(case: Case, change: Change) -> Change:
    """The part of a change that differs from the case."""
    return Change(
        category=change.category if change.category is not case.category else None,
        urgency=change.urgency if change.urgency is not case.urgency else None,
        commune=change.commune if change.commune != case.commune else None,
    )


def _moves(work: Work, case: Case, change: Change, to: Route, charged: Accused) -> bool:
    """Whether the change moves the case to the unit `to`. A case that an officer passed on moves only when its place
    changes."""
    if to.unit == case.unit or not case.waits_for_taker:
        return False
    if change.commune is not None:
        return True
    return case.unit in {_unit_of(work, case.category, case, who) for who in (Accused.NOBODY, charged)}


def _unit_of(work: Work, category: Category, case: Case, who: Accused) -> str:
    return routed(work, category, case.commune, who).unit
