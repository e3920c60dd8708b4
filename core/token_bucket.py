"""A token bucket: a burst, then a steady rate. Pure: time is an argument, in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class TokenBucket:
    """Holds at most `most` tokens and gains `per_second` of them. It begins full, unless `tokens` says how many it held
    at `at`. Times are seconds of one clock; when it goes back, that counts as no time."""

    per_second: float
    most: float
    tokens: float | None = None
    at: float | None = None

    def fill(self, now: float) -> float:
        """Adds the tokens gained until `now`. Returns how many it holds; below zero: spent in advance."""
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
        """Spends a token, whether there is one or not, but not below `least`. Returns how many are left."""
        self.tokens = max(self.fill(now) - 1, least)
        return self.tokens
