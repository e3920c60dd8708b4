"""Cookies that hold a secret of ours: not readable by scripts, not sent with another site's forms."""

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
    """The cookie's name. Over https `__Host-` pins it to this host."""
    return f"__Host-{name}" if https else name


def read_cookie(request: Request, name: str) -> str | None:
    """The secret in a cookie, None without one of ours."""
    value = request.cookies.get(name, "")
    return value if len(value) == LENGTH and value.replace("-", "").replace("_", "").isalnum() else None


def set_cookie(response: Response, name: str, secret: str, *, lasts_s: int, https: bool) -> None:
    """Give a secret to the browser for `lasts_s` seconds. Not Strict: who comes by a link from another site must find
    their own session, not a new one over it."""
    response.set_cookie(name, secret, max_age=lasts_s, path="/", httponly=True, samesite="lax", secure=https)


def delete_cookie(response: Response, name: str, *, https: bool) -> None:
    """Take it back."""
    response.delete_cookie(name, path="/", secure=https, httponly=True, samesite="lax")
