"""Protective headers, and checks that a form comes from our own page."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src {frame}; frame-ancestors {frame}"
)
PERMISSIONS: Final = "geolocation=(self), camera=(), microphone=(), interest-cohort=()"


class Headers:
    """Middleware that adds the protective headers to every response of the pages."""

    def __init__(self, app: ASGIApp, *, https: bool, demo: bool) -> None:
        self._app = app
        # Only the demo shows the chat in a frame of another page of ours.
        policy = POLICY.format(frame="'self'" if demo else "'none'")
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"permissions-policy", PERMISSIONS.encode()),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        if https:
            self._headers.append((b"strict-transport-security", b"max-age=31536000"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in self._headers if h[0] not in there)]
                if b"cache-control" not in there:
                    message["headers"].append((b"cache-control", b"no-store"))
            await send(message)

        await self._app(scope, receive, with_headers)


def same_origin(request: Request) -> bool:
    """Whether a POST comes from our own page. Browsers say so in `Sec-Fetch-Site`; old browsers, and all over plain
    HTTP, only in `Origin`, which is "null" where the person's settings hide it. Then only the form token can tell."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host")


def form_token(session: str) -> str:
    """The token in the forms of a session, without which no form is accepted. `session` is the session's secret, which
    cannot be computed from the token."""
    return hmac.digest(session.encode(), b"form", hashlib.sha256).hex()[:32]


def good_token(session: str, given: str) -> bool:
    """Whether `given` is the form token of this session."""
    return hmac.compare_digest(form_token(session).encode(), given.encode())
