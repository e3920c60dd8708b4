"""How fast one may ask."""

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
    """A token bucket for each key (an address, a session): `burst` at once, then `per_second`. Kept in memory; a
    restart forgives. `seconds` is its clock."""

    per_second: float
    burst: int
    seconds: Callable[[], float] = time.monotonic
    _buckets: BoundedDict[str, TokenBucket] = field(default_factory=lambda: BoundedDict(KEYS))

    def allows(self, key: str) -> bool:
        """Whether one more is allowed now; if so it counts."""
        now = self.seconds()
        bucket = self._buckets.setdefault(key, TokenBucket(self.per_second, self.burst))
        if bucket.wait(now) > 0:
            return False
        bucket.spend(now)
        return True
