"""Pairs of cases that may be the same event, and officers' decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from core.case import Case
from core.ids import CaseId, ContactId
from core.states import OPEN
from storage.tables import case, likeness, tip
from storage.upsert import insert_if_new
from storage.vault import Vault

_OPEN = [state.value for state in OPEN]
_BEST = (
    select(likeness.c.other_id, tip.c.sealed_code)
    .join(case, case.c.id == likeness.c.other_id)
    .join(tip, tip.c.case_id == likeness.c.other_id)
    .where(likeness.c.case_id == bindparam("row_id"), likeness.c.same.is_(None))
    .where(case.c.state.in_(bindparam("states", expanding=True)), case.c.unit == bindparam("of"))
    .order_by(likeness.c.score.desc(), tip.c.id)
    .limit(1)
)


def others(db: Connection, of: Case, within: timedelta, most: int) -> Sequence[CaseId]:
    """The other open cases of a case's unit that were opened within `within` of it, the newest first."""
    near = (case.c.received_at >= of.received_at - within) & (case.c.received_at <= of.received_at + within)
    mine = (case.c.unit == of.unit) & case.c.state.in_(_OPEN)
    rows = db.execute(select(case.c.id).where(mine, near, case.c.id != of.id).order_by(case.c.id.desc()).limit(most))
    return [CaseId(row.id) for row in rows]


def found(db: Connection, case_id: CaseId, other: CaseId, score: float, now: datetime) -> bool:
    """Store that two cases look alike. False when the pair is stored already, decided or not."""
    pair = {"case_id": case_id, "other_id": other, "score": round(score, 3), "found_at": now}
    return insert_if_new(db, likeness, pair) is not None


def best(db: Connection, vault: Vault, of: Case) -> tuple[tuple[CaseId, str], ...]:
    """(case id, code) of the likeliest open case of the same unit that nobody has decided about; empty when there is
    none."""
    rows = db.execute(_BEST, {"row_id": of.id, "of": of.unit, "states": _OPEN})
    return tuple((CaseId(row.other_id), vault.open(row.sealed_code)) for row in rows)


def decide(db: Connection, case_id: CaseId, other: CaseId, by: ContactId | None, *, same: bool, now: datetime) -> bool:
    """Store an officer's decision. False when there is no such pair, or it was decided already."""
    undecided = (likeness.c.case_id == case_id) & (likeness.c.other_id == other) & likeness.c.same.is_(None)
    result = db.execute(update(likeness).where(undecided).values(same=same, decided_at=now, decided_by=by))
    return result.rowcount == 1
