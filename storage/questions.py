"""Residents' questions to the police, encrypted. They belong to no case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from core.ids import ContactId, QuestionId, Unit
from storage.tables import question
from storage.upsert import insert_id
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A decrypted question. `contact_id` asked it; `unit` is to answer it."""

    id: QuestionId
    contact_id: ContactId
    unit: Unit
    text: str
    asked_at: datetime
    answered: bool


def ask(db: Connection, vault: Vault, contact_id: ContactId, unit: Unit, text: str, now: datetime) -> QuestionId:
    """Store a question and return its id."""
    values = {"contact_id": contact_id, "unit": unit, "sealed_text": vault.seal(text), "asked_at": now}
    return QuestionId(insert_id(db, question, values))


def by_id(db: Connection, vault: Vault, question_id: QuestionId) -> Question | None:
    """A question, or None."""
    row = db.execute(select(question).where(question.c.id == question_id)).one_or_none()
    if row is None:
        return None
    return Question(
        id=QuestionId(row.id),
        contact_id=ContactId(row.contact_id),
        unit=Unit(row.unit),
        text=vault.open(row.sealed_text),
        asked_at=row.asked_at,
        answered=row.answered_at is not None,
    )


def open_since(db: Connection, contact_id: ContactId, since: datetime) -> int:
    """How many of a chat's questions since `since` wait for an answer."""
    mine = (question.c.contact_id == contact_id) & (question.c.asked_at >= since) & question.c.answered_at.is_(None)
    return int(db.execute(select(func.count()).select_from(question).where(mine)).scalar_one())


def pass_on(db: Connection, question_id: QuestionId, unit: Unit) -> None:
    """Give a question to another unit."""
    db.execute(update(question).where(question.c.id == question_id).values(unit=unit))


def answer(
    db: Connection, vault: Vault, question_id: QuestionId, by: ContactId | None, text: str, now: datetime
) -> bool:
    """Store the answer. False when the question was answered already."""
    result = db.execute(
        update(question)
        .where(question.c.id == question_id, question.c.answered_at.is_(None))
        .values(answered_at=now, answered_by=by, sealed_answer=vault.seal(text))
    )
    return result.rowcount == 1
