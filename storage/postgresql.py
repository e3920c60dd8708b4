"""The database on PostgreSQL: jobs run concurrently on a small pool, those with the same key one after the other;
LISTEN reports other processes' commits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import asyncpg
import structlog
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine

from storage.jobs import CommitListeners, Job, KeyedLocks, OnCommit, Unavailable, pop_topics

T = TypeVar("T")
log = structlog.get_logger()

AGAIN: Final = 4
"""How often a transaction is tried that failed because of another one (deadlock, serialisation)."""
LOST_TO_ANOTHER: Final = {"40001", "40P01"}
CHANNEL: Final = "tinbao"
NOTIFY = text("SELECT pg_notify(:channel, :topics)")
RECONNECT_S: Final = 1.0
SEE_ADDRESS: Final = "look at TINBAO_DATABASE_URL"
REMEDIES: Final = {
    "28": f"PostgreSQL does not let us in: wrong user or password; {SEE_ADDRESS}",
    "3D": f"PostgreSQL has no database of that name: make it with `createdb`, or {SEE_ADDRESS}",
    "42501": "PostgreSQL refuses us a right: let our user own the database (`ALTER DATABASE … OWNER TO …`)",
    "42P01": "the database has no tables yet; run `tinbao migrate`",
    "25006": "PostgreSQL only lets us read: this is a standby, or it was set to read-only",
    "53100": "PostgreSQL's disk is full; free some space there, nothing accepted was lost",
    "53300": "PostgreSQL has no connection left: each process takes up to nine; raise `max_connections`",
    "57P": "PostgreSQL is starting or stopping; we try again",
}
"""What the operator can do, by the first characters of SQLSTATE."""


class PostgresDatabase:
    """A database on a server that many processes share."""

    kind = "postgresql"

    def __init__(self, url: URL, *, pool: int) -> None:
        self._url = url
        self.engine = create_async_engine(
            url, hide_parameters=True, pool_size=pool, max_overflow=0, pool_timeout=10, pool_pre_ping=False
        )
        self._keyed_locks = KeyedLocks()
        self._listeners = CommitListeners()
        self._listener: asyncio.Task[None] | None = None

    async def write(self, job: Job[T], *, key: str = "") -> T:
        """See `Database.write`."""

        async def once() -> T:
            return await self._guard(lambda: self._write_once(job))

        return await self._keyed_locks.run(key, once)

    async def read(self, job: Job[T]) -> T:
        """See `Database.read`."""

        async def once() -> T:
            async with self.engine.connect() as db, db.begin():
                return await db.run_sync(job)

        return await self._guard(once)

    def listen(self, hear: OnCommit) -> None:
        """See `Database.listen`."""
        self._listeners.add(hear)

    async def start_listening(self) -> None:
        """Listen to commits with `LISTEN`, on a connection of its own that is reopened when it breaks."""
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen_for_ever())

    async def close(self) -> None:
        """Close all connections."""
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
        await self.engine.dispose()

    async def _write_once(self, job: Job[T]) -> T:
        async with self.engine.connect() as db, db.begin():
            result, topics = await db.run_sync(_run, job)
        self._listeners.tell(topics)
        return result

    async def _guard(self, work: Callable[[], Awaitable[T]]) -> T:
        for attempt in range(AGAIN):
            try:
                return await work()
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) in LOST_TO_ANOTHER and attempt + 1 < AGAIN:
                    continue
                if error.connection_invalidated and attempt == 0:
                    continue  # the pool had a connection that the server had closed, so the job never ran
                remedy = _remedy(getattr(error.orig, "sqlstate", None) or "")
                if remedy:
                    raise Unavailable(remedy) from error
                if isinstance(error, OperationalError | InterfaceError):
                    raise Unavailable(_silent(error.orig)) from error
                raise
            except (OSError, PoolTimeout, asyncpg.PostgresConnectionError) as error:
                raise Unavailable(_silent(error)) from error
        raise Unavailable("PostgreSQL is too busy: transactions keep losing against others")

    async def _listen_for_ever(self) -> None:
        url = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            try:
                connection = await asyncpg.connect(url)
                try:
                    closed = asyncio.Event()
                    connection.add_termination_listener(lambda _connection, closed=closed: closed.set())
                    await connection.add_listener(CHANNEL, self._told)
                    self._listeners.tell(
                        frozenset({"outbox"})
                    )  # commits may have been missed while the connection was down
                    await closed.wait()
                finally:
                    await connection.close(timeout=2)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("listening_broken", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_S)

    def _told(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        self._listeners.tell(frozenset(payload.split(",")))


def _remedy(state: str) -> str:
    return next((words for start, words in REMEDIES.items() if state.startswith(start)), "")


def _silent(error: BaseException | None) -> str:
    return f"PostgreSQL does not answer ({type(error).__name__}): is it running, and is its host right? {SEE_ADDRESS}"


def _run(db: Connection, job: Job[T]) -> tuple[T, frozenset[str]]:
    pop_topics(db)
    result = job(db)
    topics = pop_topics(db)
    if topics:
        db.execute(NOTIFY, {"channel": CHANNEL, "topics": ",".join(sorted(topics))[:7900]})
    return result, topics
