"""One code path, two engines.

On SQLite a single writer thread takes the jobs that are waiting, runs each in its own savepoint and commits them
together, so that many residents share one disk flush (`synchronous=FULL`). On PostgreSQL jobs run side by side on a
small pool. Either way `write` returns only after the commit, and what a job raises undoes that job alone.
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
    """`TINBAO_DATABASE_URL` cannot be used. The text says what to write, and never holds the password."""


class Database(Protocol):
    """Where rows live."""

    kind: str

    async def write(self, job: Job[T], *, key: str = "") -> T:
        """Run a job in a transaction and return its result after the commit.

        Jobs with the same non-empty `key` run one after the other, in the order of their calls.
        Raises whatever the job raised, or `Unavailable`."""

    async def read(self, job: Job[T]) -> T:
        """Run a job that only asks. Raises `Unavailable`."""

    def listen(self, hear: OnCommit) -> None:
        """Call `hear` with the topics that jobs touched (`touch`), after each commit, in the event loop."""

    async def start_listening(self) -> None:
        """Hear of other processes' commits too, where the engine can tell."""

    async def close(self) -> None:
        """Finish what is under way and let go."""


def open_database(url: str, *, pool: int = 8) -> Database:
    """The database at a SQLAlchemy address. `sqlite:///path`, `postgresql://…`, with or without a driver's name.

    Raises `WrongAddress` with a remedy for anything else, `Unavailable` when the file's folder cannot be made."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # its text would hold the address, and with it the password
        raise WrongAddress(f"TINBAO_DATABASE_URL is no database address; {GOOD_ADDRESS}") from None
    match parsed.get_backend_name():
        case "sqlite":
            return SqliteDatabase(parsed.database or "")
        case "postgresql":
            from storage.postgresql import PostgresDatabase  # asyncpg only where it is used

            return PostgresDatabase(parsed.set(drivername="postgresql+asyncpg"), pool=pool)
        case other:
            raise WrongAddress(f"TINBAO_DATABASE_URL names a database of kind {other!r}; {GOOD_ADDRESS}")
