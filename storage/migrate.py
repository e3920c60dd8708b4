"""Bring the tables up to date (Alembic). Many processes may start at once: one migrates, the others wait."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage.database import Database
from storage.postgresql import PostgresDatabase
from storage.sqlite import SqliteDatabase

LOCK = 7_301_138
"""Any number, the same for all processes."""


async def migrate(database: Database) -> None:
    """Run the migrations that are missing. Raises `Unavailable`."""
    if isinstance(database, SqliteDatabase):
        await database.write(_upgrade)
    elif isinstance(database, PostgresDatabase):
        await database.write(_upgrade_alone)


def _upgrade_alone(db: Connection) -> None:
    db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    _upgrade(db)


def _upgrade(db: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = db
    command.upgrade(config, "head")
