"""Rate limits for requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from core.bounded_dict import BoundedDict
from core.token_bucket import TokenBucket

KEYS: Final = 50_000


@dataclass(slots=True)
class Limit:
    """A token bucket for each key (an address, a session): `burst` requests at once, then `per_second`. Kept in memory
    and lost at a restart. `seconds` is its clock, in seconds."""

    per_second: float
    burst: int
    seconds: Callable[[], float] = time.monotonic
    _buckets: BoundedDict[str, TokenBucket] = field(default_factory=lambda: BoundedDict(KEYS))

    def allows(self, key: str) -> bool:
        """Whether one more request is allowed now; if so it is counted."""
        now = self.seconds()
        bucket = self._buckets.setdefault(key, TokenBucket(self.per_second, self.burst))
        if bucket.wait(now) > 0:
            return False
        bucket.spend(now)
        return True
