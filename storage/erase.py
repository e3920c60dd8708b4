"""Erase what is no longer needed: the words, locations and files of old cases and activities. Codes, times, kinds and
the audit log stay, so that totals and proofs still hold; they identify nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from core.ids import TipId
from core.states import OPEN
from storage.jobs import touch
from storage.media import ERASED
from storage.tables import activity, attachment, case, example, question, tip, tip_part
from storage.vault import Vault

AT_ONCE: Final = 500
"""Tips that one transaction erases at most, so that nobody waits long behind it."""


def old_tips(db: Connection, before: datetime) -> list[TipId]:
    """Tips with anything left to erase whose cases ended before `before`, the oldest first."""
    holds = or_(
        tip.c.sealed_point.is_not(None),
        tip.c.sealed_reachable_by.is_not(None),
        select(tip_part.c.id).where(tip_part.c.tip_id == tip.c.id).exists(),
    )
    rows = db.execute(
        select(tip.c.id)
        .join(case, tip.c.case_id == case.c.id)
        .where(_ended(before), holds)
        .order_by(tip.c.id)
        .limit(AT_ONCE)
    )
    return [TipId(row.id) for row in rows]


def words_of_tips(db: Connection, tip_ids: Sequence[TipId]) -> None:
    """Erase the reporters' words, locations and contact details, and the training examples made from them."""
    db.execute(tip_part.delete().where(tip_part.c.tip_id.in_(tip_ids)))
    db.execute(example.delete().where(example.c.tip_id.in_(tip_ids)))
    db.execute(update(tip).where(tip.c.id.in_(tip_ids)).values(sealed_point=None, sealed_reachable_by=None, album=None))


def files_of_cases(db: Connection, vault: Vault, before: datetime) -> int:
    """Mark the files of cases that ended before `before` for removal from the disk. Returns how many."""
    old = select(tip.c.id).join(case, tip.c.case_id == case.c.id).where(_ended(before))
    result = db.execute(
        update(attachment)
        .where(attachment.c.tip_id.in_(old), attachment.c.state != ERASED)
        .values(state=ERASED, sealed_source=vault.seal("{}"))
    )
    if result.rowcount:
        touch(db, "media")
    return result.rowcount


def words_of_activities(db: Connection, vault: Vault, before: datetime) -> int:
    """Erase the words and photos of activities that were logged before `before`. Returns of how many. The numbers
    stay."""
    old = activity.c.logged_at < before
    photos = attachment.c.activity_id.in_(select(activity.c.id).where(old)) & (attachment.c.state != ERASED)
    if db.execute(update(attachment).where(photos).values(state=ERASED, sealed_source=vault.seal("{}"))).rowcount:
        touch(db, "media")
    empty = vault.seal("")
    # Any encrypted text is longer than an encrypted empty one, so rows that were emptied before are left out.
    holds = func.length(activity.c.sealed_words) > len(empty)
    return db.execute(update(activity).where(old, holds).values(sealed_words=empty)).rowcount


def questions(db: Connection, before: datetime) -> int:
    """Erase the words of questions to the police from before `before`. Returns how many questions."""
    return db.execute(question.delete().where(question.c.asked_at < before)).rowcount


def _ended(before: datetime) -> ColumnElement[bool]:
    closed = case.c.state.not_in([state.value for state in OPEN])
    return closed & (func.coalesce(case.c.closed_at, case.c.received_at) < before)
