"""A savepoint: a part of a transaction that can be undone alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection

from storage.quick import is_quick


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """Undo what was written inside the block when it raises; earlier writes stay."""
    if not is_quick(db):
        with db.begin_nested():
            yield
        return
    driver: Any = db.connection.dbapi_connection  # sent to the driver directly, because this runs for every message
    driver.execute("SAVEPOINT act")
    try:
        yield
    except BaseException:
        if cast(
            bool, driver.in_transaction
        ):  # otherwise SQLite itself has rolled the whole transaction back (a full disk)
            driver.execute("ROLLBACK TO act")
            driver.execute("RELEASE act")
        raise
    driver.execute("RELEASE act")
