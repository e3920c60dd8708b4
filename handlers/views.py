"""What is known of a tip or a case, opened and put together for somebody to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.deadlines import CaseTimes, Limit, LimitKey, limits
from core.states import Outcome, State
from core.triage.proposal import Category, Urgency
from core.triage.spot import names_spot
from core.views import CaseView, TipView
from handlers.work import Work
from storage import cases, contacts, likeness, tips
from storage.tips import TipRow

ANSWERS = frozenset({LimitKey.DECIDE, LimitKey.ANSWER})
CLOSE_CALL = 0.2
"""When the second kind is nearer than this to the first, the reporter is asked which it is."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a case is made of, where the caller has it in hand: its tips, what was said, how many files of each kind."""

    of_case: Sequence[TipRow]
    said: Sequence[str]
    counts: Mapping[str, int]


def known_of(work: Work, row: Any, joined: Sequence[TipRow]) -> Known:
    """The same, asked of the data. A case that joined another one (whose tips are `joined`) is still what it was."""
    of_case = tips.of_case(work.db, work.context.vault, row.id)
    of_case = [tip for tip in joined if tip.joined_from == row.id] or of_case
    numbers = [tip.id for tip in of_case]
    parts = tips.parts(work.db, work.context.vault, numbers)
    said = [words for _, kind, words in parts if kind in ("text", "answer") and words]
    return Known(of_case, said, tips.media_counts(work.db, numbers))


def case_view(work: Work, row: Any, known: Known | None = None) -> CaseView:
    """A case as its officers see it."""
    vault, context = work.context.vault, work.context
    like = () if known is not None else likeness.best(work.db, vault, row.id, row.unit)
    joined = _with_which_it_joined(work, row)
    known = known or known_of(work, row, joined)
    of_case, said, counts = known.of_case, known.said, known.counts
    first = of_case[0] if of_case else None
    open_to = next((tip for tip in of_case if not tip.anonymous), None)
    others = [tip.code for tip in joined if tip.joined_from != row.id]
    running = limits_of(work, row)
    return CaseView(
        id=row.id,
        code=first.code if first else f"#{row.id}",
        state=State(row.state),
        category=Category(row.category),
        urgency=Urgency(row.urgency),
        unit=row.unit,
        province=row.province,
        level=row.level,
        commune=row.commune or "",
        commune_name=context.places.label(row.commune) if row.commune else "",
        opened_at=row.opened_at,
        said=tuple(said),
        photos=counts.get("photo", 0),
        voices=counts.get("voice", 0),
        videos=counts.get("video", 0),
        files=counts.get("file", 0),
        point=next((tip.point for tip in of_case if tip.point), None),
        owner=row.owner,
        owner_name=contacts.name_of(work.db, vault, row.owner),
        take_by=_take_by(row, running),
        answer_by=_answer_by(running),
        anonymous=open_to is None,
        reachable_by=open_to.reachable_by if open_to else "",
        reporters=max(len(of_case), 1),
        withdrawn=bool(of_case) and all(tip.withdrawn for tip in of_case),
        waiting_for_answer=any(tip.waiting_for_answer for tip in of_case),
        outcome=Outcome(row.outcome) if row.outcome else None,
        merged_code=next(iter(others), ""),
        look_alikes=like,
    )


def _with_which_it_joined(work: Work, row: Any) -> Sequence[TipRow]:
    """The tips of the case in which this one lives on, its own among them; none if it joined no other."""
    end = row
    while end is not None and end.merged_into:
        end = cases.by_id(work.db, end.merged_into)
    return tips.of_case(work.db, work.context.vault, end.id) if end is not None and end is not row else ()


def limits_of(work: Work, row: Any) -> list[Limit]:
    """Every time limit that runs on a case, from the plan, the earliest first."""
    rules = work.context.rules
    times = CaseTimes(
        handling=rules.handling[Category(row.category)],
        urgency=Urgency(row.urgency),
        received_at=row.received_at,
        state=State(row.state),
        alerted_at=row.opened_at,
        taken_at=row.taken_at,
        difficult=row.unit in rules.difficult,
    )
    return limits(times, rules.limits)


def take_by(work: Work, row: Any) -> datetime | None:
    """When a case that nobody has taken goes beyond its present level; None when it was taken.

    First to the commander, then to the province; after that the province is reminded, each time after as long again."""
    return _take_by(row, limits_of(work, row))


def _take_by(row: Any, running: Sequence[Limit]) -> datetime | None:
    ends = {limit.key: limit.at for limit in running}
    commander, province = ends.get(LimitKey.TAKE_COMMANDER), ends.get(LimitKey.TAKE_PROVINCE)
    opened: datetime = row.opened_at
    if commander is None or province is None:
        return None
    if row.level == 0:
        return commander
    return province + (province - opened) * int(row.level - 1)


def _answer_by(running: Sequence[Limit]) -> datetime | None:
    """When the reporter must have an answer, by law or by the commune's own promise."""
    return next((limit.at for limit in running if limit.key in ANSWERS), None)


def tip_view(work: Work, tip: TipRow, *, new_place: bool = False, told: Sequence[str] | None = None) -> TipView:
    """A tip as its reporter sees it. `told` are his words, where the caller has them in hand."""
    guesses = [(Category(code), confidence) for code, confidence in tip.proposed.get("guesses", [])]
    guesses = [guess for guess in guesses if guess[0] is not Category.NOT_A_TIP]
    sure = len(guesses) < 2 or guesses[0][1] - guesses[1][1] >= CLOSE_CALL or tip.proposed.get("confirmed", False)
    said = told
    if said is None:
        said = [words for _, kind, words in tips.parts(work.db, work.context.vault, [tip.id]) if kind != "question"]
    places = work.context.places
    candidates = tip.proposed.get("communes", []) if not tip.commune else []
    return TipView(
        id=tip.id,
        code=tip.code,
        category=Category(tip.category),
        urgency=Urgency(tip.urgency),
        commune=tip.commune,
        commune_name=places.label(tip.commune) if tip.commune else "",
        state=State(tip.state),
        received_at=tip.received_at,
        sure=bool(sure),
        guesses=tuple(guess for guess, _ in guesses[:3]),
        communes=tuple((code, places.label(code)) for code in candidates[:5]),
        anonymous=tip.anonymous,
        withdrawn=tip.withdrawn,
        outcome=Outcome(tip.outcome) if tip.outcome else None,
        has_text=any(said),
        place_known=bool(tip.point or tip.proposed.get("place_said") or any(names_spot(words) for words in said)),
        new_place=new_place,
    )
