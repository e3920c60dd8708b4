"""Check the signature of Zalo's requests, before anything else in the body is used."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

HEADER: Final = "X-ZEvent-Signature"
OLDEST: Final = timedelta(hours=2)
"""Zalo retries an event for an hour and 51 minutes; an older one is a replay by somebody else."""
AHEAD: Final = timedelta(minutes=5)
LONGEST_STAMP: Final = 14
"""Digits of milliseconds; more would be beyond the supported years."""


class BadSignature(Exception):
    """Raised for a body that Zalo did not sign, or that is too old. The text is a short word for the metrics and the
    log."""


def signed(raw: bytes, header: str, *, app_id: str, secret: str, now: datetime, oa_id: str = "") -> Any:
    """The parsed JSON of a body with a valid signature and a time near `now` (aware).

    `mac=` and 64 hex digits: the plain SHA-256 of app id + raw body + the body's `timestamp` + the OA Secret Key (not
    the app's secret). Raises `BadSignature`."""
    if not secret or not header:
        raise BadSignature("unsigned")
    body, stamp = _opened(raw)
    given = header.strip().lower().removeprefix("mac=").encode("latin-1", "replace")
    if not hmac.compare_digest(given, mac(raw, stamp, app_id, secret)):
        # Some sources say that Zalo signs with the OA's id. That is rejected too, but logged with its own word for the
        # operator.
        with_oa = oa_id and hmac.compare_digest(given, mac(raw, stamp, oa_id, secret))
        raise BadSignature("signed_with_oa_id" if with_oa else "signature")
    at = datetime.fromtimestamp(int(stamp) / 1000, UTC)
    if not now - OLDEST <= at <= now + AHEAD:
        raise BadSignature("time")
    return body


def mac(raw: bytes, stamp: str, app_id: str, secret: str) -> bytes:
    """The signature of a body: hex digits."""
    return hashlib.sha256(app_id.encode() + raw + stamp.encode() + secret.encode()).hexdigest().encode()


def _opened(raw: bytes) -> tuple[Any, str]:
    """(the parsed body, its timestamp). The timestamp is inside the signed body, so the body is parsed before the
    check; the result is not used elsewhere before it."""
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
