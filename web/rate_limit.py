"""How fast one may ask."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limit:
    """A token bucket for each key: `burst` at once, then `per_second`. Kept in memory; a restart forgives.
    `seconds` is its clock."""

    per_second: float
    burst: int
    seconds: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def allows(self, key: str) -> bool:
        """Take a token."""
        now = self.seconds()
        if len(self._buckets) > 50_000:
            self._buckets.clear()
        tokens, at = self._buckets.get(key, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + (now - at) * self.per_second)
        if tokens < 1:
            self._buckets[key] = (tokens, now)
            return False
        self._buckets[key] = (tokens - 1, now)
        return True
