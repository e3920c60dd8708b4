"""Cookies that hold a random secret: scripts cannot read them, and they are not sent with another site's forms."""

from __future__ import annotations

import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

BYTES: Final = 32
LENGTH: Final = 43
"""Characters of a secret in a cookie: 32 bytes in base64 without its padding."""


def new_secret() -> str:
    """A fresh secret: 256 bits."""
    return secrets.token_urlsafe(BYTES)


def host_name(name: str, *, https: bool) -> str:
    """The cookie's full name. Over https the prefix `__Host-` pins it to this host."""
    return f"__Host-{name}" if https else name


def read_cookie(request: Request, name: str) -> str | None:
    """The secret in the request's cookie, None when there is none of our shape."""
    value = request.cookies.get(name, "")
    return value if len(value) == LENGTH and value.replace("-", "").replace("_", "").isalnum() else None


def set_cookie(response: Response, name: str, secret: str, *, lasts_s: int, https: bool) -> None:
    """Set a secret as a cookie for `lasts_s` seconds. SameSite is not Strict, so that a person who follows a link from
    another site finds their own session and not a new one."""
    response.set_cookie(name, secret, max_age=lasts_s, path="/", httponly=True, samesite="lax", secure=https)


def delete_cookie(response: Response, name: str, *, https: bool) -> None:
    """Delete the cookie."""
    response.delete_cookie(name, path="/", secure=https, httponly=True, samesite="lax")
