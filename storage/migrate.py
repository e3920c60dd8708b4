"""Run the database migrations (Alembic). Of several processes that start at once one migrates and the others wait."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from storage.database import Database
from storage.jobs import Unavailable
from storage.postgresql import PostgresDatabase
from storage.sqlite import SqliteDatabase

LOCK = 7_301_138
"""The id of PostgreSQL's advisory lock: arbitrary, but the same in all processes."""


async def migrate(database: Database) -> None:
    """Run the migrations that are missing. Raises `Unavailable`."""
    if isinstance(database, SqliteDatabase):
        await database.write(_upgrade)
    elif isinstance(database, PostgresDatabase):
        await database.write(_upgrade_alone)


def version(db: Connection) -> str:
    """The version of the tables in a database, "" when there are none."""
    return MigrationContext.configure(db).get_current_revision() or ""


def newest() -> str:
    """The version of the tables that this program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _upgrade_alone(db: Connection) -> None:
    db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    _upgrade(db)


def _upgrade(db: Connection) -> None:
    config = _config()
    config.attributes["connection"] = db
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise Unavailable(
            f"the tables were made by a newer Tin Báo (version {version(db)}, this one knows {newest()}); install that "
            "one again, or restore a backup from before the upgrade"
        ) from None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
