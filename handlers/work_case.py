"""An officer works a case: takes it, asks the reporter, passes it on, closes it, sets it right."""

from __future__ import annotations

from typing import Any

from core.access import Permission, demand, may
from core.cards import READY_QUESTIONS, card, colleague
from core.conversation.commands import (
    AskReporter,
    CaseMenu,
    CloseCase,
    CorrectCase,
    PassOn,
    ReopenCase,
    ShowCases,
    TakeCase,
)
from core.conversation.person import ConversationState, Step
from core.errors import NotFound
from core.replies import Choice, Reply, Words, say
from core.say import Say
from core.states import Action, MoveNotAllowed, Outcome, State, advance
from core.triage.proposal import Urgency
from handlers import alert
from handlers.chat.hearing import Hearing
from handlers.correct_tip import change_case, move_to
from handlers.tell_reporter import tell_reporters
from handlers.views import case_view
from storage import audit, cases, contacts, examples, linked_contacts, timers, tips

SHOWN = 10


def take_case(work: Hearing, act: TakeCase) -> list[Reply]:
    """Take a case. Two at once: one gets it, the other sees who has it."""
    row = mine(work, act.case)
    _take(work, row)
    work.toast = say(Say.YOU_HAVE_IT)
    return shown(work, act.case)


def show_case_menu(work: Hearing, act: CaseMenu) -> list[Reply]:
    """The buttons of one step, on the card itself; and a request for words where a button cannot know."""
    row = mine(work, act.case)
    view = case_view(work, row)
    if act.menu == "same":
        return [Reply(lines=(say(Say.ASK_SAME_AS, code=view.code),), wants_answer=True)]
    if act.menu == "show":
        work.state = ConversationState()
    if act.menu == "card":
        return [card(view, work.now, fresh=True)]
    replies = [card(view, work.now, menu="" if act.menu == "show" else act.menu)]
    if act.menu == "ask":
        replies.append(Reply(lines=(say(Say.ASK_REPORTER_HOW, code=view.code),), wants_answer=True))
    if act.menu == "notours":
        replies.append(Reply(lines=(say(Say.PASS_ON_TO_WHOM, code=view.code),), wants_answer=True))
    return replies


def ask_reporter(work: Hearing, act: AskReporter) -> list[Reply]:
    """A question for the reporter, through us: neither learns the other's account. Asking takes the case up."""
    row = mine(work, act.case)
    if row.state == State.NEW.value:
        row = _take(work, row)
    advance(State(row.state), Action.ASK)
    if act.ready is not None:
        if act.ready >= len(READY_QUESTIONS):
            raise NotFound
        question: str | Words = say(READY_QUESTIONS[act.ready])
    else:
        question = act.words
    for tip in tips.of_case(work.db, work.context.vault, act.case):
        if tip.withdrawn:
            continue
        tips.change(work.db, tip.id, question_at=work.now)
        if act.words:
            tips.add_part(work.db, work.context.vault, tip.id, "question", act.words, work.now)
        for chat in linked_contacts.recipients(work.db, [tip.contact_id]):
            contacts.set_step(work.db, work.context.vault, chat.id, ConversationState(Step.ANSWER, {"tip": tip.id}))
    _note(work, row, "asked")
    tell_reporters(
        work,
        act.case,
        lambda tip: Reply(lines=(say(Say.POLICE_ASK, code=tip.code, text=question),), wants_answer=True),
        reason=f"case:{act.case}:asked:{work.inbox_id}",
    )
    cases.change(work.db, act.case)
    alert.refresh(work, act.case)
    code = case_view(work, row).code
    return [Reply(lines=(say(Say.QUESTION_SENT, code=code),))]


def pass_on(work: Hearing, act: PassOn) -> list[Reply]:
    """Not ours: to the commune that the officer names, or to the province's desk."""
    row = mine(work, act.case)
    advance(State(row.state), Action.PASS_ON)
    places = work.context.places
    if act.to:
        found = [act.to] if places.knows(act.to) else places.search(act.to, row.province)
        if len(found) != 1:
            return _which(act.case, [(code, places.label(code)) for code in found[:5]])
        unit = found[0]
        to = {"unit": unit, "province": places.province_of(unit), "commune": unit}
    else:
        to = {"unit": row.province, "province": row.province}
    if to["unit"] == row.unit:
        raise MoveNotAllowed
    code = case_view(work, row).code
    work.state = ConversationState()
    _note(work, row, "passed_on", to=to["unit"])
    if act.to:
        examples.keep(work.db, work.context.vault, act.case, {"commune": to["unit"]}, work.now)
    move_to(work, row, to)
    tell_reporters(
        work,
        act.case,
        lambda tip: Reply(lines=(say(Say.TOLD_PASSED_ON, code=tip.code, unit=places.label(to["unit"])),)),
        reason=f"case:{act.case}:passed:{row.routed}",
    )
    return [Reply(lines=(say(Say.PASSED_ON, code=code, unit=places.label(to["unit"])),))]


def close_case(work: Hearing, act: CloseCase) -> list[Reply]:
    """Close with an outcome; every reporter of the case is told. A duplicate joins the other case."""
    row = mine(work, act.case)
    if row.state == State.NEW.value:
        row = _take(work, row)
    other = _other(work, act, row) if act.outcome is Outcome.DUPLICATE else None
    after = advance(State(row.state), Action.CLOSE)
    if not cases.move(
        work.db,
        row.id,
        State(row.state),
        state=after.value,
        outcome=act.outcome.value,
        closed_at=work.now,
        merged_into=other,
    ):
        raise MoveNotAllowed
    _note(work, row, "closed", outcome=act.outcome.value)
    alert.refresh(work, act.case, but=work.to_chat)
    if other is not None:
        # The tips go on with the other case: their reporters hear of its end, and never of each other.
        tips.move_to_case(work.db, row.id, other)
        cases.change(work.db, other)
        alert.refresh(work, other)
    else:
        words = Say(f"told-{act.outcome.value}")
        tell_reporters(
            work,
            act.case,
            lambda tip: Reply(lines=(say(words, code=tip.code), say(Say.TOLD_THANKS))),
            reason=f"case:{act.case}:closed:{row.version}",
        )
    return shown(work, act.case)


def reopen_case(work: Hearing, act: ReopenCase) -> list[Reply]:
    """A closed case is taken up again by whoever presses."""
    row = mine(work, act.case)
    after = advance(State(row.state), Action.REOPEN)
    if row.merged_into is not None:
        raise MoveNotAllowed
    if not cases.move(
        work.db,
        row.id,
        State(row.state),
        state=after.value,
        outcome=None,
        closed_at=None,
        owner=work.me.id,
        taken_at=work.now,
    ):
        raise MoveNotAllowed
    _note(work, row, "reopened")
    alert.refresh(work, act.case, but=work.to_chat)
    tell_reporters(
        work,
        act.case,
        lambda tip: Reply(lines=(say(Say.TOLD_REOPENED, code=tip.code),)),
        reason=f"case:{act.case}:reopened:{row.version}",
    )
    return shown(work, act.case)


def correct_case(work: Hearing, act: CorrectCase) -> list[Reply]:
    """Another kind or urgency; the reporter's words are kept with it, sealed, as an example to learn from."""
    row = mine(work, act.case)
    advance(State(row.state), Action.CORRECT)
    changes: dict[str, str] = {}
    if act.category is not None:
        changes["category"] = act.category.value
    if act.urgency is not None:
        changes["urgency"] = act.urgency.value
    change_case(work, act.case, changes, act="set_right")
    examples.keep(work.db, work.context.vault, act.case, changes, work.now)
    work.toast = say(Say.CORRECTED)
    fresh = cases.by_id(work.db, act.case)
    if fresh is None or not may(work.by.duties, Permission.SEE_CASE, case_view(work, fresh).whose):
        return []  # it went to another unit by this: its card says so
    return shown(work, act.case)


def show_cases(work: Hearing, act: ShowCases) -> list[Reply]:
    """The open cases of the officer's units, the oldest first, each with its card behind a button."""
    units = [duty.unit for duty in work.by.duties if duty.unit]
    rows = cases.open_of_units(work.db, units, SHOWN)
    if not rows:
        return [Reply(lines=(say(Say.NO_OPEN_CASES),))]
    buttons: list[tuple[Choice, ...]] = []
    for row in rows:
        view = case_view(work, row)
        mark = say(Say.MARK_EMERGENCY) if view.urgency is Urgency.EMERGENCY else say(Say.MARK_NONE)
        label = say(Say.CASE_IN_LIST, mark=mark, code=view.code, category=say(Say(f"category-{view.category.value}")))
        buttons.append((Choice(f"c:{row.id}:card", label),))
    return [Reply(lines=(say(Say.OPEN_CASES, count=len(rows)),), rows=tuple(buttons))]


def mine(work: Hearing, case_id: int) -> Any:
    """A case that this officer may work on. Raises `NotFound` otherwise: he cannot tell that it exists."""
    row = cases.by_id(work.db, case_id)
    if row is None:
        raise NotFound
    demand(work.by.duties, Permission.WORK_CASE, case_view(work, row).whose)
    return row


def _take(work: Hearing, row: Any) -> Any:
    if row.state == State.TAKEN.value and row.owner not in work.by.chats:
        name = contacts.name_of(work.db, work.context.vault, row.owner)
        raise TakenBy(colleague(name, row.owner))
    after = advance(State(row.state), Action.TAKE)
    if not cases.move(work.db, row.id, State(row.state), state=after.value, owner=work.me.id, taken_at=work.now):
        raise MoveNotAllowed
    timers.drop(work.db, f"case:{row.id}:take:{row.routed}:{row.level}", work.now)
    _note(work, row, "taken")
    alert.refresh(work, row.id, but=work.to_chat)
    tell_reporters(
        work,
        row.id,
        lambda tip: Reply(lines=(say(Say.TOLD_TAKEN, code=tip.code),)),
        reason=f"case:{row.id}:taken:{row.routed}",
    )
    timers.schedule(
        work.db,
        kind=timers.TimerKind.ANSWER,
        subject=row.id,
        reason=f"case:{row.id}:answer:{row.routed}",
        due_at=case_view(work, row).answer_by or work.now,
        routed=row.routed,
    )
    return cases.by_id(work.db, row.id)


class TakenBy(MoveNotAllowed):
    """A colleague was quicker."""

    def __init__(self, name: str | Words) -> None:
        super().__init__()
        self.name = name

    @property
    def words(self) -> Words:
        return say(Say.TAKEN_BY, name=self.name)


def _other(work: Hearing, act: CloseCase, row: Any) -> int:
    tip = tips.by_code(work.db, work.context.vault, act.same_as)
    if tip is None or tip.case_id == row.id:
        raise NotFound
    other = mine(work, tip.case_id)
    if other.state not in (State.NEW.value, State.TAKEN.value):
        raise MoveNotAllowed
    return tip.case_id


def _which(case_id: int, found: list[tuple[str, str]]) -> list[Reply]:
    if not found:
        return [Reply(lines=(say(Say.PLACE_NOT_FOUND),), wants_answer=True)]
    rows = tuple((Choice(f"c:{case_id}:to:{code}", say(Say.AS_IS, text=label)),) for code, label in found)
    return [Reply(lines=(say(Say.WHICH_OF_THESE),), rows=rows)]


def shown(work: Hearing, case_id: int) -> list[Reply]:
    """The card as it now stands, for the chat that pressed."""
    row = cases.by_id(work.db, case_id)
    return [card(case_view(work, row), work.now)] if row is not None else []


def _note(work: Hearing, row: Any, act: str, **detail: str) -> None:
    audit.note(
        work.db,
        work.context.vault,
        chain=row.unit,
        case_id=row.id,
        actor=work.me.id,
        act=act,
        now=work.now,
        detail=dict(detail) or None,
    )
