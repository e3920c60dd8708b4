"""Translate Zalo's error codes into our errors. Its texts never leave this module, because they could contain anything.

Most refusals come with HTTP 200 and a negative `error`. The codes are from the Official Account's table of errors; the
service for template messages has another table with other meanings.
"""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import Final

from bot.channel import (
    AccountDead,
    ConnectionFailed,
    LaterFor,
    QuotaUsedUp,
    Refused,
    TooFast,
    Unreachable,
    WindowClosed,
)
from core.vietnam import VIETNAM

MORNING: Final = time(6)

TOO_FAST: Final = -32
UPLOAD_EXPIRED: Final = -100
BAD_PARAMETER: Final = -201
WRONG_KIND: Final = -233
OLD_WAY: Final = -240
NO_SUCH_SHAPE: Final = frozenset({BAD_PARAMETER, WRONG_KIND, OLD_WAY})
"""The codes for buttons or a picture in a form that Zalo does not accept; then plain text is sent."""
TOKEN_OVER: Final = frozenset({-216, -220})

_DEAD: Final = {
    -204: "the Official Account is disabled",
    -205: "there is no such Official Account",
    -209: "the app is not active",
    -212: "the app has no right to this API",
    -221: "the Official Account is not verified",
    -223: "the Official Account has not authorised the app",
    -224: "the package of the Official Account is too small",
    -242: "the app's secret is wrong",
}
_USED_UP: Final = frozenset({-211, -320, -321})
_CLOSED: Final = frozenset({-230, -232})
_GONE: Final = frozenset({-213, -217, -218, -227, -237, -244})
_NIGHT: Final = -234
_PASSING: Final = frozenset({-200})


class NeverReached(ConnectionFailed):
    """There was no connection, so the request cannot have been carried out."""


class TokenOver(Exception):
    """Zalo rejected the access token; a new one is needed."""


class RequestRefused(Refused):
    """Zalo refused the request permanently; `code` is its error code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


def meaning(code: int, now: datetime) -> Exception:
    """The exception for an error code. `now` (aware) is for messages that Zalo takes only in daytime."""
    if code in TOKEN_OVER:
        return TokenOver(f"error {code}")
    if code == TOO_FAST:
        # The limit is per minute. Without a random spread all waiting messages would be tried again at the same time.
        return TooFast(random.uniform(10, 20))  # noqa: S311  # no secret
    if code in _DEAD:
        return AccountDead(f"{_DEAD[code]} ({code})")
    if code in _USED_UP:
        return QuotaUsedUp(f"error {code}")
    if code in _CLOSED:
        return WindowClosed(f"error {code}")
    if code in _GONE:
        return Unreachable(f"error {code}")
    if code == _NIGHT:
        return LaterFor(next_morning(now))
    if code in _PASSING:
        return ConnectionFailed(f"error {code}")
    return RequestRefused(code)


def next_morning(now: datetime) -> datetime:
    """The next 06:00 in Vietnam after `now`."""
    here = now.astimezone(VIETNAM)
    morning = datetime.combine(here.date(), MORNING, VIETNAM)
    return morning if morning > here else morning + timedelta(days=1)
