"""A resident asks the police a question: the officer on duty gets it and answers through the bot. No case is opened,
and neither of them sees the other's account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from core import question_cards
from core.access import Actor, Permission, Role, Whose
from core.cards import colleague
from core.conversation.person import ConversationState, Step
from core.errors import NotFound, Refusal
from core.ids import ContactId, QuestionId, Unit
from core.replies import Choice, Reply, say
from core.say import Say
from core.triage.accused import accused
from handlers.work import Work
from storage import cases, contacts, linked_contacts, outbox, questions, timers
from storage.outbox import About, Recipient, Subject, Why
from storage.questions import Question
from storage.timers import Timer, TimerKind

log = structlog.get_logger()

_READERS: Final = (Role.OFFICER, Role.UNIT_CHAT, Role.COMMANDER)
MOST_OPEN: Final = 5
"""Questions of one person in a day that may wait for an answer."""
REMIND_AFTER: Final = timedelta(days=1)
REMIND_AT_MOST: Final = 3


class EnoughAsked(Refusal):
    """Raised when too many questions of one person wait for an answer."""

    key = Say.QUESTION_ENOUGH


class AlreadyAnswered(Refusal):
    """Raised when a colleague has answered already."""

    key = Say.ALREADY_ANSWERED


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """The unit that a question went to, and whether anybody there could be told."""

    unit: Unit
    told: bool


def ask_police(work: Work, by: Actor, text: str, *, commune: str = "") -> QuestionAsked:
    """Pass a question on to whoever is on duty for the person's `commune`. A question that accuses the unit goes one
    level up.

    Raises `EnoughAsked`, or `NotFound` for an actor without a chat."""
    if by.id is None:
        raise NotFound
    context = work.context
    if questions.open_since(work.db, by.id, work.now - timedelta(days=1)) >= MOST_OPEN:
        raise EnoughAsked
    unit = Unit(commune or context.commune or context.province)
    if accused(text) in context.rules.past_the_unit:
        unit = _province(work, unit)
    question = questions.ask(work.db, context.vault, by.id, unit, text, work.now)
    card = question_cards.asked(question, work.now, text)
    told = _tell(work, unit, question, card, reason=f"question:{question}")
    _remind_later(work, question, 1)
    return QuestionAsked(unit, bool(told))


def find_question(work: Work, by: Actor, question_id: QuestionId) -> Question:
    """A question that the actor may answer. Raises `NotFound`."""
    question = questions.by_id(work.db, work.context.vault, question_id)
    if question is None:
        raise NotFound
    whose = Whose(unit=question.unit, province=_province(work, question.unit))
    by.demand(Permission.ANSWER_QUESTION, whose)
    return question


def answer_question(work: Work, by: Actor, question_id: QuestionId, words: str, *, may_be_tip: bool = False) -> None:
    """Send the answer to the person who asked, or ask them to report it as a tip (`may_be_tip`). Of two officers at
    once one succeeds. Raises `NotFound` or `AlreadyAnswered`."""
    question = find_question(work, by, question_id)
    vault = work.context.vault
    if not questions.answer(work.db, vault, question.id, by.id, words, work.now):
        raise AlreadyAnswered
    timers.drop_all(work.db, TimerKind.QUESTION, question.id, work.now)
    about = About(Subject.QUESTION, question.id)
    for to in linked_contacts.recipients(work.db, [question.contact_id]):
        reply = _to_asker(work, to, question, words, may_be_tip=may_be_tip)
        work.tell(to, reply, reason=f"question:{question.id}:answer", why=Why.STEP, about=about)
    done = question_cards.answered(
        question.id,
        question.asked_at,
        question.text,
        name=colleague(contacts.name_of(work.db, vault, by.id), by.id),
        answer=say(Say.BUTTON_TELL_AS_TIP) if may_be_tip else words,
    )
    for recipient in outbox.have_card(work.db, about):
        work.tell(recipient, done, reason=f"question:{question.id}:done", why=Why.UPDATE, about=about)


def remind_of_question(work: Work, timer: Timer) -> str:
    """Remind the officers and their commander of an unanswered question, on three days in a row. Returns what was
    done."""
    question = questions.by_id(work.db, work.context.vault, QuestionId(timer.subject))
    if question is None or question.answered:
        return "answered"
    times = timer.times or 1
    card = question_cards.still_waits(question.id, question.asked_at, question.text)
    reason = f"question:{question.id}:waits:{times}"
    _tell(work, question.unit, question.id, card, Role.COMMANDER, reason=reason)
    if times < REMIND_AT_MOST:
        _remind_later(work, question.id, times + 1)
    return f"reminded_{times}"


def ask_others(work: Work, question_id: QuestionId, had: Collection[ContactId]) -> None:
    """Send a question that nobody can read any more to the unit's readers who have not had it (`had`: those who have),
    else to the province's, which then owns the question."""
    question = questions.by_id(work.db, work.context.vault, question_id)
    if question is None or question.answered:
        return
    card = question_cards.asked(question.id, question.asked_at, question.text)
    for unit in dict.fromkeys((question.unit, _province(work, question.unit))):
        to = [chat for chat in cases.police_of(work.db, unit, *_READERS) if chat.id not in had]
        if to:
            questions.pass_on(work.db, question.id, unit)
            _put_before(work, to, question.id, card, reason=f"question:{question.id}")
            return
    log.error("nobody_to_ask", question=question.id, unit=question.unit)


def _to_asker(work: Work, to: Recipient, question: Question, words: str, *, may_be_tip: bool) -> Reply:
    if not may_be_tip:
        return Reply(lines=(say(Say.POLICE_ANSWER, question=question.text, text=words),))
    state = ConversationState(Step.MAYBE, {"text": question.text})
    contacts.set_step(work.db, work.context.vault, to.id, state)
    return Reply(lines=(say(Say.QUESTION_MAY_BE_TIP),), rows=((Choice("t:0:istip", say(Say.BUTTON_IS_TIP)),),))


def _province(work: Work, unit: Unit) -> Unit:
    return unit if len(unit) == 2 else Unit(work.context.places.province_of(unit))


def _tell(work: Work, unit: Unit, question: QuestionId, card: Reply, *more: Role, reason: str) -> list[Recipient]:
    first = cases.police_of(work.db, unit, Role.OFFICER, Role.UNIT_CHAT, *more, only_on_duty=True)
    to = first or cases.police_of(work.db, unit, *_READERS)
    _put_before(work, to, question, card, reason=reason)
    return to


def _put_before(work: Work, to: list[Recipient], question: QuestionId, card: Reply, *, reason: str) -> None:
    for recipient in to:
        work.tell(recipient, card, reason=reason, why=Why.CARD, about=About(Subject.QUESTION, question))


def _remind_later(work: Work, question: QuestionId, times: int) -> None:
    timers.schedule(
        work.db,
        kind=TimerKind.QUESTION,
        subject=question,
        reason=f"question:{question}:{times}",
        due_at=work.now + REMIND_AFTER,
        times=times,
    )
