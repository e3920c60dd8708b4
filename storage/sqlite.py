"""The database on SQLite: one writer thread in which waiting writes share a commit, and concurrent readers (WAL)."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from storage.jobs import CommitListeners, Job, OnCommit, Unavailable, pop_topics
from storage.quick import Prepared

T = TypeVar("T")

TOGETHER: Final = 64
"""How many waiting writes share one commit at most; more would make the first wait too long for the last."""
BUSY_MS: Final = 5_000
"""How long to wait for another process (a command of the operator) to finish its write."""
READERS: Final = 4

_SAVEPOINT: Final = Prepared("SAVEPOINT job", ())
_RELEASE: Final = Prepared("RELEASE job", ())


@dataclass(slots=True)
class _Waiting:
    job: Job[Any]
    answer: asyncio.Future[Any]


class SqliteDatabase:
    """A database in one file, with `synchronous=FULL`, so that acknowledged writes survive a power cut."""

    kind = "sqlite"

    def __init__(self, path: str) -> None:
        if path and path != ":memory:":
            _make_folder(Path(path).parent)
        self.engine = _engine(path)
        self._queue: deque[_Waiting] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")
        self._listeners = CommitListeners()
        self._connection: Connection | None = None

    async def write(self, job: Job[T], *, key: str = "") -> T:
        """See `Database.write`. The queue is in order, so `key` needs nothing more here."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append(_Waiting(job, answer))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._drain())
        return await answer

    async def read(self, job: Job[T]) -> T:
        """See `Database.read`."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._run_read, job)

    def listen(self, hear: OnCommit) -> None:
        """See `Database.listen`."""
        self._listeners.add(hear)

    async def start_listening(self) -> None:
        """Do nothing: on SQLite there is no other process to listen to."""

    async def close(self) -> None:
        """Finish the waiting writes, then close the file."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait([self._writing])
        await asyncio.get_running_loop().run_in_executor(self._writer, self._let_go)
        self._writer.shutdown()
        self._readers.shutdown()
        self.engine.dispose()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._queue:
            batch = [self._queue.popleft() for _ in range(min(TOGETHER, len(self._queue)))]
            results, topics = await loop.run_in_executor(self._writer, self._commit, [w.job for w in batch])
            for waiting, result in zip(batch, results, strict=True):
                if waiting.answer.cancelled():
                    continue
                if isinstance(result, BaseException):
                    waiting.answer.set_exception(result)
                else:
                    waiting.answer.set_result(result)
            self._listeners.tell(topics)

    def _commit(self, jobs: list[Job[Any]]) -> tuple[list[Any], frozenset[str]]:
        """Run all jobs in one transaction, in the writer's thread; a job that fails is undone alone."""
        try:
            if self._connection is None:
                self._connection = self.engine.connect()
            db = self._connection
            with db.begin():
                results = [_run_in_savepoint(db, job) for job in jobs]
            return results, pop_topics(db)
        except Exception as error:
            self._let_go()
            failure = unavailable(error) if isinstance(error, DBAPIError) else error
            return [failure] * len(jobs), frozenset()

    def _run_read(self, job: Job[T]) -> T:
        try:
            with self.engine.connect().execution_options(only_reads=True) as db, db.begin():
                return job(db)
        except DBAPIError as error:
            raise unavailable(error) from error

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def _run_in_savepoint(db: Connection, job: Job[Any]) -> Any:
    _SAVEPOINT.run(db, {})
    try:
        result = job(db)
    except Exception as error:
        if not cast(Any, db.connection.dbapi_connection).in_transaction:
            raise  # SQLite itself has rolled the transaction back (SQLITE_FULL, SQLITE_IOERR): all jobs are undone
        db.exec_driver_sql("ROLLBACK TO job")
        db.exec_driver_sql("RELEASE job")
        return unavailable(error) if isinstance(error, DBAPIError) and _is_passing(error) else error
    _RELEASE.run(db, {})
    return result


def unavailable(error: DBAPIError) -> Unavailable:
    """Turn a database error into `Unavailable` with a remedy. The driver's text contains no values."""
    text = str(error.orig).lower()
    if "locked" in text or "busy" in text:
        return Unavailable("the database file is locked by another process; see who holds it (`fuser FILE`)")
    if "full" in text:
        return Unavailable("the disk is full; free some space, nothing accepted was lost")
    if "disk i/o" in text:
        return Unavailable("the disk is full or failing; look at `df` and the system's log, nothing accepted was lost")
    if "readonly" in text or "unable to open" in text:
        return Unavailable("the database file cannot be written; look at its owner and rights (TINBAO_DATA_DIR)")
    if "not a database" in text or "malformed" in text:
        return Unavailable("the database file is damaged, or no database at all; put it aside and restore a backup")
    if "no such table" in text:
        return Unavailable("the database has no tables yet; run `tinbao migrate`")
    return Unavailable(f"the database does not answer: {type(error.orig).__name__}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"the folder {folder} cannot be made ({error.strerror}); set TINBAO_DATA_DIR to one that may be written"
        ) from None


def _is_passing(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in {"OperationalError", "InternalError"}


def _engine(path: str) -> Engine:
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=READERS + 1,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves: the driver's own comes too late for a snapshot
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(db: Connection) -> None:
        only_reads = db.get_execution_options().get("only_reads", False)
        db.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine
