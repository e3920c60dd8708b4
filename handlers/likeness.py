"""Find open cases of one unit that may be the same event and show them to its officers, who decide. Reporters never
learn of each other.

Compared cases stay in memory in decrypted form, so that the next tip does not cost a decryption of every open case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from core.access import SYSTEM, Actor
from core.case import Case
from core.errors import NotFound
from core.ids import CaseId
from core.states import Action, Outcome
from core.triage.duplicates import WINDOW_MINUTES, OpenTips
from core.triage.likeness import Trace
from handlers import cases as door
from handlers.work import Work
from handlers.work_case import close_case
from storage import cases, likeness, tips
from storage.timers import Timer

MakeTrace = Callable[[str, str, str, float], Trace]
"""(a tip's id, words, commune code, time in minutes) → what is compared."""
AT_MOST: Final = 2_000
"""Open cases of one unit that are compared, the newest."""
WINDOW: Final = timedelta(minutes=WINDOW_MINUTES)


class Compared:
    """A cache of the open cases by unit, in one process's memory. It may be empty at any time."""

    def __init__(self, make: MakeTrace) -> None:
        self._make = make
        self._tips = OpenTips()
        self._of_unit: dict[str, dict[CaseId, Trace]] = {}

    def like(self, work: Work, case: Case, others: Sequence[CaseId]) -> list[tuple[CaseId, float]]:
        """(case, likelihood) of the other open cases that may be the same event, the likeliest first."""
        known = self._of_unit.setdefault(case.unit, {})
        for gone in known.keys() - set(others):
            self._tips.remove(str(gone))
            del known[gone]
        fresh = [other for other in others if other not in known]
        for other, words, minute in _words_of(work, fresh):
            known[other] = self._make(str(other), words, case.unit, minute)
            self._tips.add(known[other])
        for own, words, minute in _words_of(work, [case.id]):
            trace = self._make(str(own), words, case.unit, minute)
            return [(CaseId(int(match.id)), match.likely) for match in self._tips.like(trace)]
        return []


def compare(work: Work, timer: Timer) -> str:
    """Look for open cases of the same event, and show the likeliest on the card. Returns what was done."""
    case = cases.by_id(work.db, CaseId(timer.subject), hold=True)
    compared = work.context.compared
    if compared is None or case is None or not case.is_open:
        return "done"
    others = likeness.others(work.db, case, WINDOW, AT_MOST)
    new = 0
    for other, likely in compared.like(work, case, others):
        new += likeness.found(work.db, case.id, other, likely, work.now)
    if new:
        door.apply(work, SYSTEM, case, Action.ADD, entry="look_alike")
    return f"found_{new}"


def decide(work: Work, by: Actor, case_id: CaseId, other_id: CaseId, *, same: bool) -> Case:
    """Record an officer's decision whether two cases are one event; if they are, this case joins the other. Raises
    `NotFound` when there is nothing to decide (any more), and what `close_case` raises."""
    case, other = door.find(work, by, case_id), door.find(work, by, other_id)
    if not likeness.decide(work.db, case.id, other.id, by.id, same=same, now=work.now):
        raise NotFound
    if same:
        first = tips.of_case(work.db, work.context.vault, other.id)
        return close_case(work, by, case.id, Outcome.DUPLICATE, same_as=first[0].code if first else "")
    return door.apply(work, by, case, Action.ADD, entry="not_the_same")


def _words_of(work: Work, ids: Sequence[CaseId]) -> list[tuple[CaseId, str, float]]:
    out = []
    for case_id in ids:
        of_case = tips.of_case(work.db, work.context.vault, case_id)
        said = tips.words_of(work.db, work.context.vault, [tip.id for tip in of_case])
        words = " ".join(text for lines in said.values() for text in lines)
        if words:
            out.append((case_id, words, of_case[0].received_at.timestamp() / 60))
    return out
