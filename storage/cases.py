"""Cases as rows. `handlers.cases` is the only caller of `add` and `save`: it asks the table of moves, writes the audit
row, sets the timers and tells people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from core.access import PROVINCE_LEVEL
from core.case import Case
from core.ids import CaseId, ContactId, Unit
from core.states import OPEN, Outcome, Stale, State
from core.triage.proposal import Category, Urgency
from storage import duties, quick
from storage.quick import ask
from storage.tables import case
from storage.upsert import insert_id

_NAMES: Final = tuple(field.name for field in fields(Case) if field.name != "id")
COLUMNS: Final = tuple(case.c[name] for name in _NAMES)
"""The columns that `from_row` needs, besides the case's id."""
_ALL: Final = select(case.c.id.label("case_id"), *COLUMNS)
_BY_ID: Final = _ALL.where(case.c.id == bindparam("row_id"))
_HELD: Final = _BY_ID.with_for_update(key_share=True)
_SAVE: Final = (
    update(case)
    .where(case.c.id == bindparam("row_id"), case.c.version == bindparam("seen"))
    .values({name: bindparam(f"to_{name}") for name in _NAMES})
)


def by_id(db: Connection, case_id: CaseId, *, hold: bool = False) -> Case | None:
    """A case; None when there is no such case. `hold` locks its row until the transaction ends; callers that will
    change the case must set it. On SQLite there is one writer anyway."""
    held = hold and db.dialect.name == "postgresql"
    rows = ask(db, _HELD if held else _BY_ID, {"row_id": case_id})
    return from_row(rows[0]) if rows else None


def add(db: Connection, opened: Case) -> CaseId:
    """Insert a case (its own `id` is ignored) and return the new id."""
    return CaseId(insert_id(db, case, _values(opened)))


def save(db: Connection, before: Case, after: Case) -> None:
    """Update a case from `before` to `after`. Raises `Stale` when its row no longer has the version of `before`."""
    given = {f"to_{name}": value for name, value in _values(after).items()}
    if quick.change(db, _SAVE, {**given, "row_id": before.id, "seen": before.version}) != 1:
        raise Stale


def from_row(row: Any) -> Case:
    """A case from a row with `case_id` and `COLUMNS`."""
    return Case(
        id=CaseId(row.case_id),
        unit=Unit(row.unit),
        province=Unit(row.province),
        state=State(row.state),
        category=Category(row.category),
        urgency=Urgency(row.urgency),
        commune=Unit(row.commune) if row.commune else None,
        received_at=row.received_at,
        opened_at=row.opened_at,
        owner=ContactId(row.owner) if row.owner is not None else None,
        taken_at=row.taken_at,
        closed_at=row.closed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        merged_into=CaseId(row.merged_into) if row.merged_into is not None else None,
        level=row.level,
        routed=row.routed,
        version=row.version,
        take_by=row.take_by,
        answer_by=row.answer_by,
    )


def open_of_units(db: Connection, units: Iterable[str], most: int) -> Sequence[Case]:
    """The open cases of some units, the oldest first; a province's desk also has what escalated to it."""
    rows = db.execute(_ALL.where(belong_to(units), is_open()).order_by(case.c.id).limit(most))
    return [from_row(row) for row in rows]


def without_limits(db: Connection, most: int) -> Sequence[Case]:
    """Open cases without stored limits: they were opened before limits were stored."""
    none = case.c.take_by.is_(None) & case.c.answer_by.is_(None)
    rows = db.execute(_ALL.where(none, is_open()).order_by(case.c.id).limit(most))
    return [from_row(row) for row in rows]


def belong_to(units: Iterable[str]) -> ColumnElement[bool]:
    """The condition on a case that one of these units works it: its own unit, and from level 2 on its province."""
    mine = sorted(units)
    condition: ColumnElement[bool] = case.c.unit.in_(mine)
    for unit in mine:
        if len(unit) == 2:
            condition = condition | ((case.c.province == unit) & (case.c.level >= PROVINCE_LEVEL))
    return condition


def is_open() -> ColumnElement[bool]:
    """The condition on a case that it is open."""
    return case.c.state.in_([state.value for state in OPEN])


police_of, operators = duties.police_of, duties.operators


def _values(of: Case) -> dict[str, Any]:
    found = {name: getattr(of, name) for name in _NAMES}
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in found.items()}
