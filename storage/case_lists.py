"""Lists of cases. The number of queries does not depend on the number of lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from core.case import Case
from storage import cases
from storage.tables import case, tip
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list: a case and the code of its first tip."""

    case: Case
    code: str


def open_of(db: Connection, vault: Vault, units: Iterable[str], most: int) -> list[Listed]:
    """The open cases of some units, the oldest first, at most `most`."""
    rows = db.execute(
        select(case.c.id.label("case_id"), _FIRST_CODE.label("sealed_code"), *cases.COLUMNS)
        .where(cases.belong_to(units), cases.is_open())
        .order_by(case.c.id)
        .limit(most)
    )
    return [Listed(cases.from_row(row), _code(vault, row.case_id, row.sealed_code)) for row in rows]


def every(db: Connection, vault: Vault, after: int, most: int) -> list[tuple[Listed, int]]:
    """(line, number of tips) of the cases with ids above `after`, oldest first."""
    counted = select(func.count()).where(tip.c.case_id == case.c.id).scalar_subquery()
    rows = db.execute(
        select(
            case.c.id.label("case_id"),
            _FIRST_CODE.label("sealed_code"),
            counted.label("tips"),
            *cases.COLUMNS,
        )
        .where(case.c.id > after)
        .order_by(case.c.id)
        .limit(most)
    )
    return [(Listed(cases.from_row(row), _code(vault, row.case_id, row.sealed_code)), row.tips) for row in rows]


_FIRST_CODE = select(tip.c.sealed_code).where(tip.c.case_id == case.c.id).order_by(tip.c.id).limit(1).scalar_subquery()


def _code(vault: Vault, case_id: int, sealed: bytes | None) -> str:
    return vault.open(sealed) if sealed else f"#{case_id}"
