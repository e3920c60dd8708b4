"""A resident's question as the police see it: a card with two buttons, edited in place once it is answered."""

from __future__ import annotations

from datetime import datetime

from core.ids import QuestionId
from core.replies import Choice, Reply, Words, say
from core.say import Say


def asked(question: QuestionId, at: datetime, text: str) -> Reply:
    """The card of a new question. `at` is aware."""
    return _card(question, _title(at, text))


def still_waits(question: QuestionId, at: datetime, text: str) -> Reply:
    """The card sent again, because nobody has answered yet."""
    return _card(question, say(Say.QUESTION_WAITS, at=at, text=text))


def answered(question: QuestionId, at: datetime, text: str, *, name: str | Words, answer: str | Words) -> Reply:
    """The card after the answer: who answered, and what."""
    done = say(Say.QUESTION_ANSWERED, name=name, text=answer)
    return Reply(lines=(_title(at, text), done), slot=_slot(question))


def _card(question: QuestionId, words: Words) -> Reply:
    row = (
        Choice(f"q:{question}:answer", say(Say.BUTTON_ANSWER)),
        Choice(f"q:{question}:tip", say(Say.BUTTON_TELL_AS_TIP)),
    )
    return Reply(lines=(words,), rows=(row,), slot=_slot(question), fresh=True, protect=True)


def _title(at: datetime, text: str) -> Words:
    return say(Say.QUESTION_TITLE, at=at, text=text)


def _slot(question: QuestionId) -> str:
    return f"question:{question}"
