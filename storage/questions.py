"""What residents asked the police, sealed; no case belongs to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from storage.tables import question
from storage.upsert import insert_id
from storage.vault import Vault


def ask(db: Connection, vault: Vault, contact_id: int, unit: str, text: str, now: datetime) -> int:
    """Keep a question; its number."""
    values = {"contact_id": contact_id, "unit": unit, "sealed_text": vault.seal(text), "asked_at": now}
    return insert_id(db, question, values)


def by_id(db: Connection, number: int) -> Any:
    """A question's row; None when there is none."""
    return db.execute(select(question).where(question.c.id == number)).one_or_none()


def open_since(db: Connection, contact_id: int, since: datetime) -> int:
    """How many of a person's questions since then wait for an answer."""
    mine = (question.c.contact_id == contact_id) & (question.c.asked_at >= since) & question.c.answered_at.is_(None)
    return int(db.execute(select(func.count()).select_from(question).where(mine)).scalar_one())


def pass_on(db: Connection, number: int, unit: str) -> None:
    """The question is another unit's from now on."""
    db.execute(update(question).where(question.c.id == number).values(unit=unit))


def answer(db: Connection, vault: Vault, number: int, by: int, text: str, now: datetime) -> bool:
    """Keep the answer. False when somebody was quicker."""
    result = db.execute(
        update(question)
        .where(question.c.id == number, question.c.answered_at.is_(None))
        .values(answered_at=now, answered_by=by, sealed_answer=vault.seal(text))
    )
    return result.rowcount == 1
