"""What a case is taken for changes: its kind, its urgency or its commune. Another unit may then be the right one."""

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
    """Change what a case is taken for; the case afterwards. An emergency rings again, and while nobody has taken it the
    case goes where it now belongs. `entry` names the audit row. Nothing happens when nothing changes."""
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
    """Whom the tips of a case accuse."""
    return next((tip.reading.accused for tip in case_file(work, case).tips if tip.reading.accused), Accused.NOBODY)


def _differences(case: Case, change: Change) -> Change:
    """A change without what is so already."""
    return Change(
        category=change.category if change.category is not case.category else None,
        urgency=change.urgency if change.urgency is not case.urgency else None,
        commune=change.commune if change.commune != case.commune else None,
    )


def _moves(work: Work, case: Case, change: Change, to: Route, charged: Accused) -> bool:
    """Where an officer passed it on by hand, only another place moves it again."""
    if to.unit == case.unit or not case.waits_for_taker:
        return False
    if change.commune is not None:
        return True
    return case.unit in {_unit_of(work, case.category, case, who) for who in (Accused.NOBODY, charged)}


def _unit_of(work: Work, category: Category, case: Case, who: Accused) -> str:
    return routed(work, category, case.commune, who).unit
