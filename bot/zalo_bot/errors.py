"""Translate Zalo's error codes into our errors. Its texts never leave this module, because they could contain anything.

A refusal is `{"ok": false, "error_code": …}`, mostly with the same code as HTTP status, sometimes with HTTP 200.
"""

from __future__ import annotations

from typing import Final

from bot.channel import AccountDead, ConnectionFailed, Refused

TOO_MANY: Final = 429
_IDLE: Final = 408
_SHUT_OUT: Final = 403
_DEAD: Final = frozenset({401, 404})
"""For an existing method, 404 is Zalo's answer to an unknown token."""


class TimedOut(ConnectionFailed):
    """Zalo's 408. For `getUpdates` it means "nothing new"; for a message, that the result is unknown."""


class TooMany(Exception):
    """Too fast, or the month's messages are used up: Zalo has one code for both, and gives no time."""


class ShutOut(Exception):
    """Zalo's 403. Its causes are not documented; it may be temporary."""


class RequestRefused(Refused):
    """Zalo refused the request permanently."""


def meaning(code: int) -> Exception:
    """The exception for an error code."""
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
