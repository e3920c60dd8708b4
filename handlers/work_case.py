"""An officer works a case: takes it, asks the reporter, passes it on, closes, reopens or corrects it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.access import Actor, Permission, units_for
from core.cards import READY_QUESTIONS, colleague
from core.case import Case, Change
from core.conversation.person import ConversationState, Step
from core.errors import NotFound
from core.ids import CaseId, Unit
from core.replies import Reply, Words, say
from core.say import Say
from core.states import ONE_PRESS, Action, MoveNotAllowed, Outcome
from core.triage.proposal import Category, Urgency
from handlers import cases, tell_reporter
from handlers.correct_case import change_case
from handlers.views import case_file
from handlers.work import Work
from storage import case_lists, contacts, examples, linked_contacts, tips
from storage.case_lists import Listed
from storage.tips import PartKind

LISTED = 10


class TakenBy(MoveNotAllowed):
    """Raised when a colleague has taken the case; the words say who."""

    def __init__(self, name: str | Words) -> None:
        super().__init__()
        self.name = name

    @property
    def words(self) -> Words:
        return say(Say.TAKEN_BY, name=self.name)


class WhichUnit(NotFound):
    """Raised when the words name no unit, or several: `communes` are the codes to choose from."""

    def __init__(self, communes: tuple[Unit, ...]) -> None:
        super().__init__()
        self.communes = communes


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A case that was passed on, and its new unit."""

    case: Case
    to: Unit


def take_case(work: Work, by: Actor, case_id: CaseId) -> Case:
    """Take a case and return it. Of two officers at once one gets it. Raises `NotFound`, or `TakenBy` with who has
    it."""
    return _take(work, by, cases.find(work, by, case_id))


def ask_reporter(work: Work, by: Actor, case_id: CaseId, *, words: str = "", ready: int | None = None) -> Case:
    """Put a question to the reporters: the officer's `words`, or a `ready` question by its number. Neither side sees
    the other's account. Asking also takes the case. Raises `NotFound`, `TakenBy` or `MoveNotAllowed`."""
    case = _taken_up(work, by, cases.find(work, by, case_id))
    if ready is not None and not 0 <= ready < len(READY_QUESTIONS):
        raise NotFound
    question: str | Words = words if ready is None else say(READY_QUESTIONS[ready])
    db, vault = work.db, work.context.vault
    for tip in case_file(work, case).tips:
        if tip.withdrawn:
            continue
        tips.set_question(db, tip.id, work.now)
        if words:
            tips.add_part(db, vault, tip.id, PartKind.QUESTION, words, work.now)
        for chat in linked_contacts.recipients(db, [tip.contact_id]):
            contacts.set_step(db, vault, chat.id, ConversationState(Step.ANSWER, {"tip": tip.id}))
    case = cases.apply(work, by, case, Action.ASK)
    tell_reporter.tell_reporters(
        work,
        case,
        lambda tip: Reply(lines=(say(Say.POLICE_ASK, code=tip.code, text=question),), wants_answer=True),
        step="asked",
    )
    return case


def pass_on(work: Work, by: Actor, case_id: CaseId, *, to: str = "") -> PassedOn:
    """Give a case to the commune that the officer names by code or by words, or to the province's desk (`to` empty).

    Raises `WhichUnit` when the words do not name one commune, `MoveNotAllowed` when it is there already."""
    case = cases.find(work, by, case_id)
    places = work.context.places
    if to:
        found = [to] if places.knows(to) else places.search(to, case.province)
        if len(found) != 1:
            raise WhichUnit(tuple(Unit(code) for code in found[:5]))
        unit = Unit(found[0])
        change = Change(unit=unit, province=Unit(places.province_of(unit)), commune=unit)
    else:
        unit = case.province
        change = Change(unit=unit)
    if unit == case.unit:
        raise MoveNotAllowed
    if to:
        examples.keep(work.db, work.context.vault, case.id, work.now, commune=unit)
    return PassedOn(cases.apply(work, by, case, Action.PASS_ON, change), unit)


def close_case(work: Work, by: Actor, case_id: CaseId, outcome: Outcome, *, same_as: str = "") -> Case:
    """Close a case and tell its reporters the outcome. Closing also takes the case.

    A duplicate joins the case whose tip has the code `same_as`: its tips move there, and their reporters are told how
    that case ends, but never of each other. Raises `NotFound`, `TakenBy` or `MoveNotAllowed`."""
    case = cases.find(work, by, case_id)
    other = _other(work, by, case, same_as) if outcome is Outcome.DUPLICATE else None
    case = _taken_up(work, by, case)
    if other is not None:
        tips.move_to_case(work.db, case.id, other.id)
    into = other.id if other is not None else None
    case = cases.apply(work, by, case, Action.CLOSE, Change(outcome=outcome, merged_into=into))
    if other is not None:
        cases.apply(work, replace(by, shown_in=None), other, Action.ADD, entry="joined_by")
    return case


def act_on_case(work: Work, by: Actor, case_id: CaseId, action: Action) -> Case:
    """Apply an action of `core.states.ONE_PRESS` and return the case. Whoever reopens a case becomes its owner.

    Raises `NotFound`, also for any other action, or `MoveNotAllowed`."""
    if action not in ONE_PRESS:
        raise NotFound
    return cases.apply(work, by, cases.find(work, by, case_id), action)


def correct_case(
    work: Work, by: Actor, case_id: CaseId, *, category: Category | None = None, urgency: Urgency | None = None
) -> Case:
    """Set another kind or urgency. The correction is stored with the reporter's words, encrypted, as an example for
    training. The case may go to another unit. Raises `NotFound` or `MoveNotAllowed`."""
    case = cases.find(work, by, case_id)
    if not case.allows(Action.CORRECT):
        raise MoveNotAllowed
    case = change_case(work, by, case, Change(category=category, urgency=urgency), entry="set_right")
    examples.keep(work.db, work.context.vault, case.id, work.now, category=category, urgency=urgency)
    return case


def list_cases(work: Work, by: Actor) -> list[Listed]:
    """The open cases that the actor may see, the oldest first, at most `LISTED`."""
    return case_lists.open_of(work.db, work.context.vault, units_for(by.duties, Permission.SEE_CASE), LISTED)


def _taken_up(work: Work, by: Actor, case: Case) -> Case:
    return _take(work, by, case) if case.waits_for_taker else case


def _take(work: Work, by: Actor, case: Case) -> Case:
    if case.is_worked and case.owner is not None and not by.owns(case.owner):
        raise TakenBy(colleague(contacts.name_of(work.db, work.context.vault, case.owner), case.owner))
    return cases.apply(work, by, case, Action.TAKE)


def _other(work: Work, by: Actor, case: Case, code: str) -> Case:
    tip = tips.by_code(work.db, work.context.vault, code)
    if tip is None or tip.case.id == case.id:
        raise NotFound
    other = cases.find(work, by, tip.case.id)
    if not other.is_open:
        raise MoveNotAllowed
    return other
