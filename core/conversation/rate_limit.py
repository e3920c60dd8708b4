"""The rate limit of one person: a burst, then a steady rate. Past it messages are stored but hardly answered."""

from __future__ import annotations

from datetime import datetime

from core.token_bucket import TokenBucket


def allowance(left: float | None, at: datetime | None, now: datetime, *, burst: int, refill_s: float) -> float:
    """What is left of a person's allowance after one more message.

    `left` at `at` (aware; None: never spoke) gains one in `refill_s` seconds and never exceeds `burst`. Below zero the
    answers stop; how far below shows how many messages came since."""
    if left is None or at is None:
        return TokenBucket(1 / refill_s, burst).spend(0)
    return TokenBucket(1 / refill_s, burst, left, 0).spend((now - at).total_seconds())
