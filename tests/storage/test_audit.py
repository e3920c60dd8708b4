"""The audit log detects a changed, missing or cut-off row."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, delete, update

from storage import audit
from storage.database import Database
from storage.tables import audit as rows
from storage.tables import audit_head
from storage.vault import Vault
from tests.conftest import NOW


async def write_three(database: Database, vault: Vault) -> None:
    for act in ("received", "taken", "closed"):
        await database.write(
            lambda db, act=act: audit.note(  # type: ignore[misc]  # the loop's own act
                db, vault, chain="07795", case_id=1, actor=2, act=act, now=NOW, detail={"a": act}
            )
        )


async def test_an_unchanged_audit_log_is_valid(database: Database, vault: Vault) -> None:
    await write_three(database, vault)
    assert await database.read(lambda db: audit.verify(db, vault)) == (3, [])


def change(db: Connection) -> None:
    db.execute(update(rows).where(rows.c.seq == 2).values(actor=99))


def take_out(db: Connection) -> None:
    db.execute(delete(rows).where(rows.c.seq == 2))


def cut_off(db: Connection) -> None:
    db.execute(delete(rows).where(rows.c.seq == 3))


def cut_off_with_head(db: Connection) -> None:
    cut_off(db)
    db.execute(update(audit_head).values(seq=2))


@pytest.mark.parametrize(
    ("crime", "seq", "why"),
    [
        (change, 2, "a row was changed"),
        (take_out, 2, "a row is missing"),
        (cut_off, 3, "the end of the chain is missing"),
        (cut_off_with_head, 3, "the end of the chain is missing"),
    ],
)
async def test_tampering_is_found(database: Database, vault: Vault, crime: object, seq: int, why: str) -> None:
    await write_three(database, vault)
    await database.write(crime)  # type: ignore[arg-type]  # one of the jobs above
    _, breaks = await database.read(lambda db: audit.verify(db, vault))
    assert [(broken.chain, broken.seq, broken.why) for broken in breaks] == [("07795", seq, why)]
