"""Trouble on demand: what goes wrong, for which method and chat, how many times."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Self


@dataclass(slots=True, kw_only=True)
class Fault:
    """One way to go wrong. `after` does what was asked and then fails: the answer is lost. `cut` breaks the
    connection. `page` is a proxy's HTML instead of JSON. `held` keeps the answer back until `let_go`."""

    code: int = 200
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
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
    def too_fast(cls, seconds: int) -> Self:
        """429."""
        return cls(
            code=429, description=f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds}
        )

    @classmethod
    def blocked(cls) -> Self:
        """403 of a person."""
        return cls(code=403, description="Forbidden: bot was blocked by the user")

    @classmethod
    def kicked(cls) -> Self:
        """403 of a group."""
        return cls(code=403, description="Forbidden: bot was kicked from the supergroup chat")

    @classmethod
    def no_chat(cls) -> Self:
        """400 of a chat that is not there."""
        return cls(code=400, description="Bad Request: chat not found")

    @classmethod
    def bad_request(cls, why: str) -> Self:
        """400 for any reason."""
        return cls(code=400, description=f"Bad Request: {why}")

    @classmethod
    def moved(cls, to: int) -> Self:
        """400 of a group that has another id now."""
        return cls(
            code=400,
            description="Bad Request: group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": to},
        )

    @classmethod
    def unauthorized(cls) -> Self:
        """401: the token was revoked."""
        return cls(code=401, description="Unauthorized")

    @classmethod
    def server(cls, code: int = 500) -> Self:
        """The server's own trouble, in JSON."""
        return cls(code=code, description="Internal Server Error")

    @classmethod
    def html(cls, code: int = 502) -> Self:
        """A proxy's page."""
        return cls(code=code, page=f"<html><head><title>{code}</title></head><body>nginx</body></html>")

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
    """The faults that wait for their request."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, int | None, Fault, int]] = []

    def add(self, method: str, fault: Fault, *, chat: int | None = None, times: int = 1) -> Fault:
        """`method` goes wrong `times` times (for `chat` only, where one is given)."""
        self._waiting.append((method.lower(), chat, fault, times))
        return fault

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault that a request meets."""
        for place, (name, only, fault, times) in enumerate(self._waiting):
            if name == method.lower() and only in (None, chat):
                if times > 1:
                    self._waiting[place] = (name, only, fault, times - 1)
                else:
                    del self._waiting[place]
                fault.arrived.set()
                return fault
        return None

    def let_all_go(self) -> None:
        """End every wait."""
        for _, _, fault, _ in self._waiting:
            fault.let_go()
