"""The database interface, with one code path for both engines.

On SQLite a single writer thread collects the waiting jobs, runs each in its own savepoint and commits them together, so
that many writes share one disk flush (`synchronous=FULL`). On PostgreSQL jobs run concurrently on a small pool. Either
way `write` returns only after the commit, and an exception undoes only the job that raised it.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.jobs import Job, OnCommit
from storage.sqlite import SqliteDatabase

T = TypeVar("T")
GOOD_ADDRESS = "use sqlite:///data/tinbao.db or postgresql://user:password@host/name"


class WrongAddress(ValueError):
    """Raised when `TINBAO_DATABASE_URL` cannot be used. The text says what to write, and never holds the password."""


class Database(Protocol):
    """A database. A job is a function over a `Connection`."""

    kind: str

    async def write(self, job: Job[T], *, key: str = "") -> T:
        """Run a job in a transaction and return its result after the commit.

        Jobs with the same non-empty `key` run one after the other, in the order of their calls.
        Raises whatever the job raised, or `Unavailable`."""

    async def read(self, job: Job[T]) -> T:
        """Run a job that only reads, and return its result. Raises `Unavailable`."""

    def listen(self, hear: OnCommit) -> None:
        """Call `hear` in the event loop after each commit, with the topics that its jobs touched (`touch`)."""

    async def start_listening(self) -> None:
        """Listen to other processes' commits too, where the engine supports it."""

    async def close(self) -> None:
        """Finish running jobs and close all connections."""


def open_database(url: str, *, pool: int = 8) -> Database:
    """Open the database at a SQLAlchemy URL: `sqlite:///path` or `postgresql://…`, with or without a driver's name.

    Raises `WrongAddress` with a remedy for anything else, `Unavailable` when the file's folder cannot be made."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # its text would contain the URL with the password
        raise WrongAddress(f"TINBAO_DATABASE_URL is no database address; {GOOD_ADDRESS}") from None
    match parsed.get_backend_name():
        case "sqlite":
            return SqliteDatabase(parsed.database or "")
        case "postgresql":
            from storage.postgresql import PostgresDatabase  # imports asyncpg only where it is used

            return PostgresDatabase(parsed.set(drivername="postgresql+asyncpg"), pool=pool)
        case other:
            raise WrongAddress(f"TINBAO_DATABASE_URL names a database of kind {other!r}; {GOOD_ADDRESS}")
