"""Many jobs share a commit, a failed job does not undo the others, and acknowledged writes are on disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from storage.database import Database, open_database
from storage.jobs import Unavailable, touch
from storage.migrate import migrate
from storage.tables import metadata, setting


def put(key: str, value: bytes = b"x") -> Callable[[Connection], str]:
    def job(db: Connection) -> str:
        db.execute(insert(setting).values(key=key, value=value))
        return key

    return job


def count(db: Connection) -> int:
    return int(db.execute(select(func.count()).select_from(setting)).scalar_one())


async def test_fifty_residents_who_write_at_once_are_all_kept(database: Database) -> None:
    results = await asyncio.gather(*(database.write(put(f"k{n}")) for n in range(50)))
    assert results == [f"k{n}" for n in range(50)]
    assert await database.read(count) == 50


async def test_one_failed_job_does_not_undo_the_others(database: Database) -> None:
    def fail(db: Connection) -> None:
        db.execute(insert(setting).values(key="half", value=b""))
        raise LookupError("broken step")

    jobs: list[Callable[[Connection], object]] = [put("a"), fail, put("b")]
    results = await asyncio.gather(*(database.write(job) for job in jobs), return_exceptions=True)
    assert results[0] == "a" and results[2] == "b" and isinstance(results[1], LookupError)
    assert await database.read(count) == 2


async def test_a_unique_key_breaks_only_the_one_that_repeats_it(database: Database) -> None:
    results = await asyncio.gather(
        *(database.write(put("same")) for _ in range(3)),
        return_exceptions=True,
    )
    assert [isinstance(result, str) for result in results].count(True) == 1
    assert await database.read(count) == 1


async def test_listeners_are_called_after_the_commit_and_not_for_failed_jobs(database: Database) -> None:
    heard: list[frozenset[str]] = []
    database.listen(heard.append)

    def job(db: Connection) -> None:
        touch(db, "outbox")

    await database.write(job)
    assert frozenset({"outbox"}) in heard


async def test_the_tables_are_what_the_migrations_make(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    differences = await database.write(lambda db: compare_metadata(MigrationContext.configure(db), metadata))
    assert [difference for difference in differences if "index" not in str(difference[0])] == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await database.write(put("kept"))
    await migrate(database)
    assert await database.read(count) == 1


async def test_sqlite_flushes_every_commit_to_the_disk(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 't.db'}")
    await migrate(database)
    modes = await database.read(
        lambda db: [db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    )
    await database.close()
    assert modes == ["wal", 2]  # 2 is FULL


async def test_a_locked_file_is_told_in_words_and_works_again_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.BUSY_MS", 50)
    path = tmp_path / "t.db"
    database = open_database(f"sqlite:///{path}")
    await migrate(database)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="locked by another process"):
        await database.write(put("a"))
    other.execute("ROLLBACK")
    other.close()
    assert await database.write(put("a")) == "a"
    await database.close()


async def test_a_full_disk_loses_the_batch_but_nothing_that_was_answered(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 't.db'}")
    await migrate(database)
    await database.write(put("before"))

    def fill(db: Connection) -> None:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar()
        db.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        db.execute(insert(setting).values(key="big", value=b"x" * 1_000_000))

    with pytest.raises(Unavailable, match="disk is full"):
        await database.write(fill)
    assert await database.write(put("after")) == "after"
    assert await database.read(count) == 2
    await database.close()


async def test_a_server_that_is_down_is_told_in_words() -> None:
    database = open_database("postgresql://nobody:x@127.0.0.1:9/none")
    with pytest.raises(Unavailable, match="PostgreSQL does not answer"):
        await database.write(put("a"))
    await database.close()


def test_another_kind_of_database_is_refused_with_a_remedy() -> None:
    with pytest.raises(ValueError, match="use sqlite:///"):
        open_database("mysql://x/y")
