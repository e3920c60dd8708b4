"""What both database engines share: jobs, the topics of commits, and a lock for each key.

A *job* is a plain function over a SQLAlchemy `Connection`: it does no network I/O and never waits for a person. It runs
inside one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Job = Callable[[Connection], T]
OnCommit = Callable[[frozenset[str]], None]
"""Called with the topics that a commit touched, in the event loop."""


class Unavailable(Exception):
    """Raised when the database is down, locked or full: nothing was stored. `str()` says what to look at."""


def touch(db: Connection, topic: str) -> None:
    """Notify the listeners of `topic` once this transaction is committed."""
    db.info.setdefault("topics", set()).add(topic)


def pop_topics(db: Connection) -> frozenset[str]:
    """The topics touched on this connection since the last call."""
    topics: set[str] = db.info.pop("topics", set())
    return frozenset(topics)


class CommitListeners:
    """The callbacks to run after commits."""

    def __init__(self) -> None:
        self._hearers: list[OnCommit] = []

    def add(self, hear: OnCommit) -> None:
        """Call `hear` after each commit that touched a topic."""
        self._hearers.append(hear)

    def tell(self, topics: frozenset[str]) -> None:
        """Run the callbacks for a commit that touched these topics."""
        if topics:
            for hear in self._hearers:
                hear(topics)


class KeyedLocks:
    """A lock per key, dropped when nobody waits for it, so that one person's messages are handled in the order they
    came."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    async def run(self, key: str, work: Callable[[], Awaitable[T]]) -> T:
        """Run `work` once nobody else holds `key`, and return its result; with an empty key at once."""
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
