"""SQLite has room for one running process: two would both believe that they alone may send."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.app.settings import WrongSetting

HELD = "running"
"""A file in the data folder that is held as long as the process lives. The system lets go of it when the process is
killed, so it never has to be taken away by hand."""


@contextlib.contextmanager
def only_one(data_dir: Path, kind: str) -> Iterator[None]:
    """Hold the data folder while a process runs on SQLite. Raises `WrongSetting` when another one holds it."""
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
