"""Write a migration for what changed in `storage/tables.py`: `python deploy/make_migration.py "why"`. Read it before
you commit it: Alembic guesses."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine


def main(message: str) -> None:
    """Upgrade an empty database, compare it with the tables, write the difference."""
    folder = Path(__file__).parent.parent / "storage" / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    with tempfile.TemporaryDirectory() as scratch, create_engine(f"sqlite:///{scratch}/t.db").begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "head")
        command.revision(config, message=message, autogenerate=True)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "change")
