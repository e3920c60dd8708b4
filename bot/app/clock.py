"""The only place where the clock is read. In the demo it can be moved on, never back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The time, in UTC, plus a shift."""

    def __init__(self, shift: timedelta = timedelta(0)) -> None:
        self.shift = shift
        self._moved: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The present time, aware, in UTC."""
        return datetime.now(UTC) + self.shift

    def on_move(self, tell: Callable[[], None]) -> None:
        """Call `tell` when somebody moves the clock."""
        self._moved.append(tell)

    def move(self, by: timedelta) -> None:
        """Move the clock on. Raises `ValueError` for backwards."""
        if by < timedelta(0):
            raise ValueError("time does not run backwards")
        self.shift += by
        for tell in self._moved:
            tell()
