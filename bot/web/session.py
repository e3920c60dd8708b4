"""Who sits before the page: a random cookie, of which we keep only a hash. A thief of the database cannot make one."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from core.messages import ChatId

COOKIE: Final = "tinbao"
BYTES: Final = 32
LASTS_S: Final = 90 * 24 * 3600
"""Seconds. Long enough to hear how a case ended."""
DEMO_ROLES: Final = ("resident", "leader", "officer")


def cookie_name(request: Request, *, https: bool, demo: bool) -> str:
    """The cookie of this page; in the demo each of the three chats has its own. `__Host-` pins it to this host."""
    role = request.query_params.get("demo", "") if demo else ""
    name = f"{COOKIE}-{role}" if role in DEMO_ROLES else COOKIE
    return f"__Host-{name}" if https else name


def read_session(request: Request, name: str) -> str | None:
    """The session's secret, None without a cookie of ours."""
    value = request.cookies.get(name, "")
    return value if len(value) == 43 and value.replace("-", "").replace("_", "").isalnum() else None


def new_session() -> str:
    """A fresh secret: 256 bits."""
    return secrets.token_urlsafe(BYTES)


def chat_of(session: str) -> ChatId:
    """The chat that a session speaks in."""
    return ChatId(hashlib.sha256(b"chat:" + session.encode()).hexdigest())


def form_token(session: str) -> str:
    """What a form of this session carries, so that no other site can send one."""
    return hmac.digest(session.encode(), b"form", hashlib.sha256).hex()[:32]


def good_token(session: str, given: str) -> bool:
    """Whether a form is of this session."""
    return hmac.compare_digest(form_token(session).encode(), given.encode())


def set_cookie(response: Response, name: str, session: str, *, https: bool) -> None:
    """Give the session to the browser: not readable by scripts, not sent with another site's forms. Not Strict: who
    comes by a link from another site must find his own chat, not a new one over it."""
    response.set_cookie(name, session, max_age=LASTS_S, path="/", httponly=True, samesite="lax", secure=https)
