"""Erasing what is no longer needed: the words, points and files of old cases and activities. Codes, times, kinds and
the journal stay, so that figures and proofs still hold; nobody can be known from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from core.states import OPEN
from storage.jobs import touch
from storage.media import ERASED
from storage.tables import activity, attachment, case, example, question, tip, tip_part
from storage.vault import Vault

AT_ONCE = 500
"""Tips that one transaction erases: nobody waits long behind it."""


def old_tips(db: Connection, before: datetime) -> Sequence[int]:
    """Tips of cases that ended before then and still hold something, the oldest first."""
    holds = or_(
        tip.c.sealed_point.is_not(None),
        tip.c.sealed_reachable_by.is_not(None),
        select(tip_part.c.id).where(tip_part.c.tip_id == tip.c.id).exists(),
    )
    return (
        db.execute(
            select(tip.c.id)
            .join(case, tip.c.case_id == case.c.id)
            .where(_ended(before), holds)
            .order_by(tip.c.id)
            .limit(AT_ONCE)
        )
        .scalars()
        .all()
    )


def words_of_tips(db: Connection, numbers: Sequence[int]) -> None:
    """Erase what the reporters said, where, how they can be reached, and what was learnt from it."""
    db.execute(tip_part.delete().where(tip_part.c.tip_id.in_(numbers)))
    db.execute(example.delete().where(example.c.tip_id.in_(numbers)))
    db.execute(update(tip).where(tip.c.id.in_(numbers)).values(sealed_point=None, sealed_reachable_by=None, album=None))


def files_of_cases(db: Connection, vault: Vault, before: datetime) -> int:
    """Mark the files of cases that ended before then; they are taken off the shelf afterwards."""
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
    """Erase the words of activities that were logged before then, and their photos; the figures stay."""
    old = activity.c.logged_at < before
    photos = attachment.c.activity_id.in_(select(activity.c.id).where(old)) & (attachment.c.state != ERASED)
    if db.execute(update(attachment).where(photos).values(state=ERASED, sealed_source=vault.seal("{}"))).rowcount:
        touch(db, "media")
    empty = vault.seal("")
    # Sealed text of any length is longer than sealed nothing: what was emptied before is left alone.
    holds = func.length(activity.c.sealed_words) > len(empty)
    return db.execute(update(activity).where(old, holds).values(sealed_words=empty)).rowcount


def questions(db: Connection, before: datetime) -> int:
    """Forget what was asked of the police before then."""
    return db.execute(question.delete().where(question.c.asked_at < before)).rowcount


def _ended(before: datetime) -> ColumnElement[bool]:
    closed = case.c.state.not_in([state.value for state in OPEN])
    return closed & (func.coalesce(case.c.closed_at, case.c.received_at) < before)
