"""A token bucket: so many at once, then a steady drip. Pure: time comes in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class TokenBucket:
    """Holds at most `most` tokens and gains `per_second` of them. It begins full, unless `tokens` says how many it held
    at `at`. Times are seconds of one clock that never jumps; one that went back counts as standing still."""

    per_second: float
    most: float
    tokens: float | None = None
    at: float | None = None

    def fill(self, now: float) -> float:
        """Let it drip until `now`; how many tokens it holds. Below zero: so many were taken ahead."""
        tokens = self.most if self.tokens is None else self.tokens
        if self.at is not None:
            tokens = min(self.most, tokens + max(now - self.at, 0) * self.per_second)
        self.tokens, self.at = tokens, now
        return tokens

    def wait(self, now: float) -> float:
        """Seconds until it holds a whole token; 0 when it holds one now."""
        tokens = self.fill(now)
        return 0.0 if tokens >= 1 else (1 - tokens) / self.per_second

    def spend(self, now: float, *, least: float = float("-inf")) -> float:
        """Spends a token, whether there is one or not, but never below `least`; how many are left."""
        self.tokens = max(self.fill(now) - 1, least)
        return self.tokens
