"""Which chats the cards of cases and questions went to, to find the cards that lose their reader when a chat cannot be
reached any more."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select

from core.ids import ContactId
from core.states import State, waits_for_taker
from storage.outbox import About, Subject, Why
from storage.tables import BROKEN, OVERTAKEN, SENT, case, outbox, question

_SHOWN: Final = (SENT, OVERTAKEN, BROKEN)
_WAIT: Final = [state.value for state in State if waits_for_taker(state)]


def had_card(db: Connection, about: About) -> frozenset[ContactId]:
    """All chats that a card of this case or question and round was queued for, in whatever state the message is."""
    meant = (
        (outbox.c.why == Why.CARD.value)
        & (outbox.c.about == about.subject.value)
        & (outbox.c.about_id == about.id)
        & (outbox.c.about_round == about.round)
    )
    return frozenset(ContactId(row.contact_id) for row in db.execute(select(outbox.c.contact_id).where(meant)))


def still_wanted(db: Connection, contact_id: ContactId) -> list[About]:
    """What a chat's cards are about, as far as it is still open: cases that nobody has taken, in the round of the card,
    and unanswered questions. The oldest first."""
    cases = _about(contact_id, Subject.CASE).join(
        case,
        (case.c.id == outbox.c.about_id) & (case.c.routed == outbox.c.about_round) & case.c.state.in_(_WAIT),
    )
    asked = _about(contact_id, Subject.QUESTION).join(
        question, (question.c.id == outbox.c.about_id) & question.c.answered_at.is_(None)
    )
    rows = [*db.execute(cases).all(), *db.execute(asked).all()]
    return [About(Subject(row.about), row.about_id, row.about_round) for row in rows]


def _about(contact_id: ContactId, subject: Subject) -> Select[Any]:
    mine: ColumnElement[bool] = (outbox.c.contact_id == contact_id) & outbox.c.state.in_(_SHOWN)
    return (
        select(outbox.c.about, outbox.c.about_id, outbox.c.about_round)
        .where(mine, outbox.c.why == Why.CARD.value, outbox.c.about == subject.value)
        .distinct()
        .order_by(outbox.c.about_id)
    )
