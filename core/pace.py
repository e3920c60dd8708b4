"""How fast a platform lets us send: token buckets, and the times until which it asked us to wait. Pure: time is
an argument, in seconds of a monotonic clock.

Urgent messages are not delayed beforehand (platforms accept short bursts, and their limits are approximate), but they
spend tokens too, so that reminders and broadcasts get only what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from core.bounded_dict import BoundedDict
from core.token_bucket import TokenBucket

CHATS: Final = 10_000
"""The most chats whose bucket is kept. A chat whose bucket was dropped starts with a full one."""


@dataclass(slots=True)
class Pacer:
    """One sending account. Rates are per second, a group's per minute; `burst` is how many may go to one chat at
    once."""

    overall: float
    per_chat: float
    burst: int
    group_per_minute: float = 20.0
    _all: TokenBucket = field(init=False)
    _chats: BoundedDict[str, TokenBucket] = field(default_factory=lambda: BoundedDict(CHATS))
    _blocked: dict[str, float] = field(default_factory=dict)
    _account_until: float | None = None

    def __post_init__(self) -> None:
        self._all = TokenBucket(self.overall, max(self.overall, 1))

    def wait(self, chat: str, now: float, *, urgent: bool, group: bool = False) -> float:
        """Seconds until the next message to `chat` may start. 0: it may start now, and its token is spent."""
        blocked = max((until for until in (self._blocked.get(chat), self._account_until) if until), default=None)
        if blocked is not None and blocked > now:
            return blocked - now
        self._blocked.pop(chat, None)
        mine = self._chats.get(chat)
        if mine is None:
            rate = min(self.per_chat, self.group_per_minute / 60) if group else self.per_chat
            mine = self._chats[chat] = TokenBucket(rate, self.burst)
        needed = max(self._all.wait(now), mine.wait(now))
        if needed > 0 and not urgent:
            return needed
        self._all.spend(now, least=-self.overall)
        mine.spend(now, least=-self.burst)
        return 0.0

    def block(self, chat: str, now: float, seconds: float) -> None:
        """The platform asked to wait. When it says so for many chats at once, it means the whole account."""
        until = now + seconds
        self._blocked = {key: at for key, at in self._blocked.items() if at > now}
        self._blocked[chat] = until
        if len(self._blocked) > 5:
            self._account_until = until
