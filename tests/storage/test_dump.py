"""A backup comes back, also into the other kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.web import CHANNEL as WEB
from core.messages import ChatId
from storage import audit, contacts, dump, keys
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.vault import Vault, parse_keys
from tests.conftest import NOW


async def test_a_backup_is_restored_into_sqlite_and_its_audit_log_is_valid(
    database: Database, vault: Vault, key: str, tmp_path: Path
) -> None:
    await database.write(lambda db: contacts.meet(db, vault, WEB, ChatId("ba"), now=NOW, name="Bà Tư"))
    await database.write(lambda db: audit.note(db, vault, chain="07795", case_id=None, actor=1, act="joined", now=NOW))
    lines = await database.read(lambda db: list(dump.rows(db)))
    assert "Bà Tư" not in "".join(lines)

    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    await migrate(other)
    await other.write(lambda db: dump.put_back(db, iter(lines)))
    again = await other.write(lambda db: keys.open_vault(db, parse_keys(key)))
    known = await other.read(lambda db: contacts.find(db, again, WEB, ChatId("ba")))
    assert known is not None
    assert await other.read(lambda db: contacts.name_of(db, again, known.id)) == "Bà Tư"
    assert await other.read(lambda db: audit.verify(db, again)) == (1, [])
    await other.close()


async def test_rows_count_on_after_a_restore(database: Database, vault: Vault, tmp_path: Path) -> None:
    source = open_database(f"sqlite:///{tmp_path / 'source.db'}")
    await migrate(source)
    await source.write(lambda db: contacts.meet(db, vault, WEB, ChatId("a"), now=NOW))
    lines = await source.read(lambda db: list(dump.rows(db)))
    await source.close()
    await database.write(lambda db: dump.put_back(db, iter(lines)))
    fresh = await database.write(lambda db: contacts.meet(db, vault, WEB, ChatId("b"), now=NOW))
    assert fresh.id == 2


async def test_a_restore_does_not_mix_two_databases(database: Database, vault: Vault) -> None:
    await database.write(lambda db: contacts.meet(db, vault, WEB, ChatId("a"), now=NOW))
    lines = await database.read(lambda db: list(dump.rows(db)))
    with pytest.raises(dump.NotEmpty):
        await database.write(lambda db: dump.put_back(db, iter(lines)))
