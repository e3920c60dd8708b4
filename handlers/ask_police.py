"""A resident asks a person: the officer on duty gets the question and answers through us. No case is made of it, and
neither learns the other's account."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final

import structlog

from core.access import Permission, Role, Whose, demand
from core.cards import colleague
from core.conversation.commands import AnswerQuestion, AskPolice, ShowQuestion
from core.conversation.person import ConversationState, Step
from core.errors import NotFound, Refusal
from core.ids import ContactId, QuestionId
from core.replies import Choice, Reply, Words, say
from core.say import Say
from core.triage.accused import accused
from handlers.chat.hearing import Hearing
from handlers.work import Work
from storage import cases, contacts, linked_contacts, questions, timers
from storage.outbox import About, Lane, Recipient, Subject, Why, have_card

log = structlog.get_logger()

_READERS: Final = (Role.OFFICER, Role.UNIT_CHAT, Role.COMMANDER)
MOST_OPEN: Final = 5
"""Questions of one person in a day that may wait for an answer."""
REMIND_AFTER: Final = timedelta(days=1)
REMIND_AT_MOST: Final = 3


class EnoughAsked(Refusal):
    """Too many questions of one person wait already."""

    key = Say.QUESTION_ENOUGH


class AlreadyAnswered(Refusal):
    """A colleague was quicker."""

    key = Say.ALREADY_ANSWERED


def ask_police(work: Hearing, act: AskPolice) -> list[Reply]:
    """Pass a question on to whoever is on duty for the person's commune. Raises `EnoughAsked`."""
    context, vault = work.context, work.context.vault
    if questions.open_since(work.db, work.me.id, work.now - timedelta(days=1)) >= MOST_OPEN:
        raise EnoughAsked
    unit = work.me.commune or context.commune or context.province
    if accused(act.text) in context.rules.past_the_unit:
        unit = context.places.province_of(unit) if len(unit) == 5 else unit
    number = questions.ask(work.db, vault, work.me.id, unit, act.text, work.now)
    told = _tell(work, unit, number, _card(number, _title(work.now, act.text)), f"question:{number}")
    _remind_later(work, number, 1)
    if not told:
        return [Reply(lines=(say(Say.QUESTION_NOBODY),))]
    return [Reply(lines=(say(Say.QUESTION_PASSED_ON, unit=context.places.label(unit)),))]


def show_question(work: Hearing, act: ShowQuestion) -> list[Reply]:
    """The officer wants to answer: the question once more, and we wait for his words."""
    row = _mine(work, act.question)
    if row.answered_at is not None:
        work.state = ConversationState()
        raise AlreadyAnswered
    text = work.context.vault.open(row.sealed_text)
    return [Reply(lines=(say(Say.ANSWER_NOW, text=text),), wants_answer=True)]


def answer_question(work: Hearing, act: AnswerQuestion) -> list[Reply]:
    """Pass the answer on to the one who asked. Two officers at once: one wins, the other is told."""
    row = _mine(work, act.question)
    vault = work.context.vault
    asked = vault.open(row.sealed_text)
    if not questions.answer(work.db, vault, row.id, work.me.id, act.words, work.now):
        raise AlreadyAnswered
    timers.drop(work.db, f"question:{row.id}:1", work.now)
    for to in linked_contacts.recipients(work.db, [row.contact_id]):
        work.tell(
            to,
            _to_asker(work, to, asked, act),
            reason=f"question:{row.id}:answer",
            why=Why.STEP,
            about=About(Subject.QUESTION, row.id),
        )
    shown = say(Say.BUTTON_TELL_AS_TIP) if act.may_be_tip else act.words
    name = colleague(contacts.name_of(work.db, vault, work.me.id), work.me.id)
    done = Reply(
        lines=(_title(row.asked_at, asked), say(Say.QUESTION_ANSWERED, name=name, text=shown)), slot=_slot(row.id)
    )
    for recipient in have_card(work.db, About(Subject.QUESTION, row.id)):
        work.tell(
            recipient, done, reason=f"question:{row.id}:done", why=Why.NEWS, about=About(Subject.QUESTION, row.id)
        )
    return [Reply(lines=(say(Say.ANSWER_PASSED_ON),))]


def remind_of_question(work: Work, timer: timers.Timer) -> str:
    """Nobody has answered: the officers and their commander hear of it again, three days in a row."""
    row = questions.by_id(work.db, timer.subject)
    if row is None or row.answered_at is not None:
        return "answered"
    times = timer.times or 1
    words = say(Say.QUESTION_WAITS, at=row.asked_at, text=work.context.vault.open(row.sealed_text))
    _tell(work, row.unit, row.id, _card(row.id, words), f"question:{row.id}:waits:{times}", Role.COMMANDER)
    if times < REMIND_AT_MOST:
        _remind_later(work, row.id, times + 1)
    return f"reminded_{times}"


def ask_others(work: Work, number: QuestionId, had: Collection[ContactId]) -> None:
    """Nobody can read a question any more: it is put before the unit's readers who have not had it (`had`), else before
    the province's, whose question it is then."""
    row = questions.by_id(work.db, number)
    if row is None or row.answered_at is not None:
        return
    card = _card(row.id, _title(row.asked_at, work.context.vault.open(row.sealed_text)))
    province = row.unit if len(row.unit) == 2 else work.context.places.province_of(row.unit)
    for unit in dict.fromkeys((row.unit, province)):
        to = [chat for chat in cases.police_of(work.db, unit, *_READERS) if chat.id not in had]
        if to:
            questions.pass_on(work.db, row.id, unit)
            _put_before(work, to, row.id, card, f"question:{row.id}")
            return
    log.error("nobody_to_ask", question=row.id, unit=row.unit)


def _to_asker(work: Hearing, to: Recipient, asked: str, act: AnswerQuestion) -> Reply:
    if not act.may_be_tip:
        return Reply(lines=(say(Say.POLICE_ANSWER, question=asked, text=act.words),))
    contacts.set_step(work.db, work.context.vault, to.id, ConversationState(Step.MAYBE, {"text": asked}))
    return Reply(lines=(say(Say.QUESTION_MAY_BE_TIP),), rows=((Choice("t:0:istip", say(Say.BUTTON_IS_TIP)),),))


def _mine(work: Hearing, number: int) -> Any:
    row = questions.by_id(work.db, number)
    if row is None:
        raise NotFound
    province = row.unit[:2] if len(row.unit) == 2 else work.context.places.province_of(row.unit)
    demand(work.by.duties, Permission.ANSWER_QUESTION, Whose(unit=row.unit, province=province))
    return row


def _tell(work: Work, unit: str, number: int, card: Reply, reason: str, *more: Role) -> list[Recipient]:
    first = cases.police_of(work.db, unit, Role.OFFICER, Role.UNIT_CHAT, *more, only_on_duty=True)
    to = first or cases.police_of(work.db, unit, *_READERS)
    _put_before(work, to, number, card, reason)
    return to


def _put_before(work: Work, to: list[Recipient], number: int, card: Reply, reason: str) -> None:
    for recipient in to:
        work.tell(recipient, card, reason=reason, lane=Lane.ANSWER, why=Why.CARD, about=About(Subject.QUESTION, number))


def _title(at: Any, text: str) -> Words:
    return say(Say.QUESTION_TITLE, at=at, text=text)


def _card(number: int, words: Words) -> Reply:
    row = (
        Choice(f"q:{number}:answer", say(Say.BUTTON_ANSWER)),
        Choice(f"q:{number}:tip", say(Say.BUTTON_TELL_AS_TIP)),
    )
    return Reply(lines=(words,), rows=(row,), slot=_slot(number), fresh=True, protect=True)


def _slot(number: int) -> str:
    return f"question:{number}"


def _remind_later(work: Work, number: int, times: int) -> None:
    timers.schedule(
        work.db,
        kind=timers.TimerKind.QUESTION,
        subject=number,
        reason=f"question:{number}:{times}",
        due_at=work.now + REMIND_AFTER,
        times=times,
    )
