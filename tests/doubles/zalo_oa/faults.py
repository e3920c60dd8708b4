"""Trouble on demand: what goes wrong, at which call, how many times."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Self


@dataclass(slots=True, kw_only=True)
class Fault:
    """One way to go wrong. `after` does what was asked and then fails: the answer is lost. `cut` breaks the
    connection. `page` is a proxy's HTML. `held` keeps the answer back until `let_go`."""

    status: int = 200
    error: int = 0
    page: str = ""
    cut: bool = False
    after: bool = False
    held: asyncio.Event | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a request has met this fault."""

    def let_go(self) -> None:
        """End a held answer's wait."""
        if self.held is not None:
            self.held.set()

    @classmethod
    def says(cls, error: int, status: int = 200) -> Self:
        """Zalo's own refusal: its number, mostly under HTTP 200."""
        return cls(error=error, status=status)

    @classmethod
    def html(cls, status: int = 502) -> Self:
        """A proxy's page."""
        return cls(status=status, page=f"<html><head><title>{status}</title></head><body>nginx</body></html>")

    @classmethod
    def broken_line(cls) -> Self:
        """The connection breaks before anything was done."""
        return cls(cut=True)

    @classmethod
    def lost_answer(cls) -> Self:
        """It was done, but the answer never came."""
        return cls(cut=True, after=True)

    @classmethod
    def slow(cls) -> Self:
        """Nothing happens until `let_go`; then all goes well."""
        return cls(held=asyncio.Event())


class Faults:
    """The faults that wait for their request. Calls: "message", "group", "upload", "token", "getoa", "media"."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, Fault, int]] = []

    def add(self, call: str, fault: Fault, times: int) -> Fault:
        """`call` goes wrong `times` times."""
        self._waiting.append((call, fault, times))
        return fault

    def take(self, call: str) -> Fault | None:
        """The fault that a request meets."""
        for place, (name, fault, times) in enumerate(self._waiting):
            if name == call:
                if times > 1:
                    self._waiting[place] = (name, fault, times - 1)
                else:
                    del self._waiting[place]
                fault.arrived.set()
                return fault
        return None

    def let_all_go(self) -> None:
        """End every wait."""
        for _, fault, _ in self._waiting:
            fault.let_go()
