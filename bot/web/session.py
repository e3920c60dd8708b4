"""The sessions of the chat page: a random cookie, of which only a hash is stored, so that nobody can make a cookie from
the database."""

from __future__ import annotations

import hashlib
from typing import Final

from starlette.requests import Request

from core.messages import ChatId
from web.cookies import host_name

COOKIE: Final = "tinbao"
LASTS_S: Final = 90 * 24 * 3600
"""Seconds. Long enough to see how a case ended."""
DEMO_ROLES: Final = ("resident", "leader", "officer")


def cookie_name(request: Request, *, https: bool, demo: bool) -> str:
    """The name of the cookie of this page; in the demo each of the three chats has its own."""
    role = request.query_params.get("demo", "") if demo else ""
    return host_name(f"{COOKIE}-{role}" if role in DEMO_ROLES else COOKIE, https=https)


def chat_of(session: str) -> ChatId:
    """The id of the chat that belongs to a session (the secret of its cookie)."""
    return ChatId(hashlib.sha256(b"chat:" + session.encode()).hexdigest())
