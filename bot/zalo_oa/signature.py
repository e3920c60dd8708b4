"""Did Zalo send this? Nothing of a body is believed before its signature is."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

HEADER: Final = "X-ZEvent-Signature"
OLDEST: Final = timedelta(hours=2)
"""Zalo brings an event again for an hour and 51 minutes; what is older was recorded by somebody else."""
AHEAD: Final = timedelta(minutes=5)
LONGEST_STAMP: Final = 14
"""Digits of milliseconds; more would be a year that no calendar has."""


class BadSignature(Exception):
    """Not Zalo's, or too old. The text is a short word for the figures and the log."""


def signed(raw: bytes, header: str, *, app_id: str, secret: str, now: datetime, oa_id: str = "") -> Any:
    """The body, as parsed from JSON, once its signature is right and its time is near `now` (aware).

    `mac=` and 64 hex digits: the plain SHA-256 of app id + raw body + the body's `timestamp` + the OA Secret Key (not
    the app's secret). Raises `BadSignature`."""
    if not secret or not header:
        raise BadSignature("unsigned")
    body, stamp = _opened(raw)
    given = header.strip().lower().removeprefix("mac=").encode("latin-1", "replace")
    if not hmac.compare_digest(given, mac(raw, stamp, app_id, secret)):
        # Some say that Zalo signs with the OA's id. It is refused too, but the operator should know what to look for.
        with_oa = oa_id and hmac.compare_digest(given, mac(raw, stamp, oa_id, secret))
        raise BadSignature("signed_with_oa_id" if with_oa else "signature")
    at = datetime.fromtimestamp(int(stamp) / 1000, UTC)
    if not now - OLDEST <= at <= now + AHEAD:
        raise BadSignature("time")
    return body


def mac(raw: bytes, stamp: str, app_id: str, secret: str) -> bytes:
    """The hex digits that belong to a body."""
    return hashlib.sha256(app_id.encode() + raw + stamp.encode() + secret.encode()).hexdigest().encode()


def _opened(raw: bytes) -> tuple[Any, str]:
    """The timestamp stands inside of what it signs, so the body has to be parsed; nobody else sees it before."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise BadSignature("no_timestamp") from None
    stamp = body.get("timestamp") if isinstance(body, dict) else None
    if type(stamp) is int:
        stamp = str(stamp)
    if not isinstance(stamp, str) or not stamp.isascii() or not stamp.isdigit() or len(stamp) > LONGEST_STAMP:
        raise BadSignature("no_timestamp")
    return body, stamp
