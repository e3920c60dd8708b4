"""One code path, two engines.

A *job* is a plain function over a SQLAlchemy `Connection`: it does no network I/O and never waits for a person. It runs
inside one transaction. On SQLite a single writer thread takes the jobs that are waiting, runs each in its own savepoint
and commits them together, so that many residents share one disk flush (`synchronous=FULL`). On PostgreSQL jobs run side
by side on a small pool. Either way `write` returns only after the commit, and what a job raises undoes that job alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

T = TypeVar("T")
Job = Callable[[Connection], T]
OnCommit = Callable[[frozenset[str]], None]


GOOD_ADDRESS = "use sqlite:///data/tinbao.db or postgresql://user:password@host/name"


class WrongAddress(ValueError):
    """`TINBAO_DATABASE_URL` cannot be used. The text says what to write, and never holds the password."""


class Unavailable(Exception):
    """The database cannot take this now (down, locked or full): nothing was stored. `str()` says what to look at."""


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


def touch(db: Connection, topic: str) -> None:
    """Wake those who wait for `topic` once this transaction is committed."""
    db.info.setdefault("topics", set()).add(topic)


def take_topics(db: Connection) -> frozenset[str]:
    """The topics touched on this connection since the last call."""
    topics: set[str] = db.info.pop("topics", set())
    return frozenset(topics)


class CommitListeners:
    """Those who want to hear of commits."""

    def __init__(self) -> None:
        self._hearers: list[OnCommit] = []

    def add(self, hear: OnCommit) -> None:
        self._hearers.append(hear)

    def tell(self, topics: frozenset[str]) -> None:
        if topics:
            for hear in self._hearers:
                hear(topics)


class KeyedLocks:
    """A lock per key, forgotten when nobody waits for it: one person's messages are taken in turn."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    async def run(self, key: str, work: Callable[[], Any]) -> Any:
        if not key:
            return await work()
        lock, users = self._locks.get(key, (None, 0))
        lock = lock or asyncio.Lock()
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                return await work()
        finally:
            lock, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, users - 1)


def open_database(url: str, *, pool: int = 8) -> Database:
    """The database at a SQLAlchemy address. `sqlite:///path`, `postgresql://…`, with or without a driver's name.

    Raises `WrongAddress` with a remedy for anything else, `Unavailable` when the file's folder cannot be made."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # its text would hold the address, and with it the password
        raise WrongAddress(f"TINBAO_DATABASE_URL is no database address; {GOOD_ADDRESS}") from None
    match parsed.get_backend_name():
        case "sqlite":
            from storage.sqlite import SqliteDatabase

            return SqliteDatabase(parsed.database or "")
        case "postgresql":
            from storage.postgresql import PostgresDatabase

            return PostgresDatabase(parsed.set(drivername="postgresql+asyncpg"), pool=pool)
        case other:
            raise WrongAddress(f"TINBAO_DATABASE_URL names a database of kind {other!r}; {GOOD_ADDRESS}")
