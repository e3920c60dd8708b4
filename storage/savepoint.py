"""A part of a transaction that is undone alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection

from storage.quick import is_quick


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """What is written inside is undone when the block raises; what was written before stays."""
    if not is_quick(db):
        with db.begin_nested():
            yield
        return
    driver: Any = db.connection.dbapi_connection  # said to the driver directly: on the way of every message
    driver.execute("SAVEPOINT act")
    try:
        yield
    except BaseException:
        if cast(bool, driver.in_transaction):  # else SQLite itself gave the whole transaction up (a full disk)
            driver.execute("ROLLBACK TO act")
            driver.execute("RELEASE act")
        raise
    driver.execute("RELEASE act")
