"""Zalo's numbers → our errors. Its texts go no further than this file: they could hold anything.

A refusal is `{"ok": false, "error_code": …}`, mostly with the same number as HTTP status, sometimes under HTTP 200.
"""

from __future__ import annotations

from typing import Final

from bot.channel import AccountDead, ConnectionFailed, Refused

TOO_MANY: Final = 429
_IDLE: Final = 408
_SHUT_OUT: Final = 403
_DEAD: Final = frozenset({401, 404})
"""404 is, for a method that exists, Zalo's answer to a token that does not."""


class TimedOut(ConnectionFailed):
    """Zalo's 408. To a question for news it means "nothing new"; to a message, that nobody knows."""


class TooMany(Exception):
    """Too fast, or the month's messages are used up: Zalo has one number for both, and says no time."""


class ShutOut(Exception):
    """Zalo's 403. It is not documented when it comes; it may pass."""


class RequestRefused(Refused):
    """Zalo refused the request for good."""


def meaning(code: int) -> Exception:
    """The error that a number stands for."""
    if code in _DEAD:
        return AccountDead(f"the token was rejected ({code})")
    if code == TOO_MANY:
        return TooMany(f"error {code}")
    if code == _IDLE:
        return TimedOut(f"error {code}")
    if code == _SHUT_OUT:
        return ShutOut(f"error {code}")
    if 400 <= code < 500:
        return RequestRefused(f"error {code}")
    return ConnectionFailed(f"error {code}")
