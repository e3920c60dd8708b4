"""A lock that allows one running process on SQLite; of two processes each would believe that it alone may send."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.app.settings import WrongSetting

HELD = "running"
"""The lock file in the data folder. The system releases the lock when the process dies, so nobody has to delete the
file."""


@contextlib.contextmanager
def only_one(data_dir: Path, kind: str) -> Iterator[None]:
    """Lock the data folder while a process runs on SQLite. Raises `WrongSetting` when another process has locked it."""
    if kind != "sqlite" or sys.platform == "win32":
        yield
        return
    import fcntl

    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / HELD).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongSetting(
                f"Tin Báo runs already on the data in {data_dir}. Stop it first, or move to PostgreSQL "
                "(TINBAO_DATABASE_URL), where many processes may run."
            ) from None
        yield
