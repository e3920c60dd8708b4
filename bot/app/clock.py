"""The only module that reads the clock. In the demo the clock can be moved forward, never back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The present time in UTC plus a shift."""

    def __init__(self, shift: timedelta = timedelta(0)) -> None:
        self.shift = shift
        self._moved: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The present time, aware, in UTC."""
        return datetime.now(UTC) + self.shift

    def on_move(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever the clock is moved."""
        self._moved.append(tell)

    def move(self, by: timedelta) -> None:
        """Move the clock forward. Raises `ValueError` for a negative duration."""
        if by < timedelta(0):
            raise ValueError("time does not run backwards")
        self.shift += by
        for tell in self._moved:
            tell()
