"""Several people may tell of one event. Open cases of one unit that look alike are shown to its officers, who decide;
reporters never learn of each other.

What was compared stays in memory, opened once: the next tip costs a look-up, not a decryption of all that is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from core.conversation.commands import CloseCase, SameCase
from core.errors import NotFound
from core.replies import Reply
from core.states import OPEN, Outcome
from core.triage.duplicates import WINDOW_MINUTES, OpenTips
from core.triage.likeness import Trace
from handlers import alert
from handlers.chat.hearing import Hearing
from handlers.work import Work
from handlers.work_case import close_case, mine, shown
from storage import audit, cases, likeness, timers, tips

MakeTrace = Callable[[str, str, str, float], Trace]
"""From a tip's id, words, commune and minute to what can be compared."""
AT_MOST: Final = 2_000
"""Open cases of one unit that are compared, the newest."""
WINDOW: Final = timedelta(minutes=WINDOW_MINUTES)


class Compared:
    """What is open, by unit. One process's memory: it can be empty at any time."""

    def __init__(self, make: MakeTrace) -> None:
        self._make = make
        self._tips = OpenTips()
        self._of_unit: dict[str, dict[int, Trace]] = {}

    def like(self, work: Work, row: Any, others: Sequence[int]) -> list[tuple[int, float]]:
        """(case, likelihood) of the other open cases that may be the same event as `row`, the likeliest first."""
        known = self._of_unit.setdefault(row.unit, {})
        for gone in known.keys() - set(others):
            self._tips.remove(str(gone))
            del known[gone]
        fresh = [number for number in others if number not in known]
        for number, words, minute in _words_of(work, fresh):
            known[number] = self._make(str(number), words, row.unit, minute)
            self._tips.add(known[number])
        for number, words, minute in _words_of(work, [row.id]):
            trace = self._make(str(number), words, row.unit, minute)
            return [(int(match.id), match.likely) for match in self._tips.like(trace)]
        return []


def compare(work: Work, timer: timers.Timer) -> str:
    """Look for open cases that tell of the same event, and show the likeliest on the card."""
    row = cases.by_id(work.db, timer.subject)
    compared = work.context.compared
    if compared is None or row is None or row.state not in {state.value for state in OPEN}:
        return "done"
    others = likeness.others(work.db, row, WINDOW, AT_MOST)
    new = 0
    for number, likely in compared.like(work, row, others):
        new += likeness.found(work.db, row.id, number, likely, work.now)
    if new:
        cases.change(work.db, row.id)
        alert.refresh(work, row.id)
    return f"found_{new}"


def decide(work: Hearing, act: SameCase) -> list[Reply]:
    """The officer says whether two cases are one. One: this one joins the other."""
    row, other = mine(work, act.case), mine(work, act.other)
    if not likeness.decide(work.db, row.id, other.id, work.me.id, same=act.same, now=work.now):
        raise NotFound
    if act.same:
        first = tips.of_case(work.db, work.context.vault, other.id)
        return close_case(work, CloseCase(row.id, Outcome.DUPLICATE, same_as=first[0].code if first else ""))
    audit.note(
        work.db,
        work.context.vault,
        chain=row.unit,
        case_id=row.id,
        actor=work.me.id,
        act="not_the_same",
        now=work.now,
        detail={"other": str(other.id)},
    )
    cases.change(work.db, row.id)
    alert.refresh(work, row.id, but=work.to_chat)
    return shown(work, row.id)


def _words_of(work: Work, numbers: Sequence[int]) -> list[tuple[int, str, float]]:
    out = []
    for number in numbers:
        of_case = tips.of_case(work.db, work.context.vault, number)
        said = tips.words_of(work.db, work.context.vault, [tip.id for tip in of_case])
        words = " ".join(text for lines in said.values() for text in lines)
        if words:
            out.append((number, words, of_case[0].received_at.timestamp() / 60))
    return out
