"""What goes wrong on the chat's pages, in words: every error page has them, and the emergency numbers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.channel import NotStored, TooLarge
from bot.intake.file_types import ForbiddenType
from bot.intake.metrics import REFUSED_TOTAL
from bot.web import CHANNEL
from bot.web.address import asked_language, by_script, kept_query
from bot.web.chat_service import ChatService
from bot.web.read import BadForm, TooLong
from bot.web.session import LASTS_S, cookie_name
from core.errors import where
from core.messages import Language
from storage.jobs import Unavailable
from web.cookies import new_secret, read_cookie, set_cookie
from web.security import form_token
from web.templates import Templates

log = structlog.get_logger()

WAIT_S: Final = "60"
ERRORS: Final[dict[str, int]] = {
    "too-large": 413,
    "too-long": 413,
    "too-many": 413,
    "forbidden-type": 415,
    "too-fast": 429,
    "not-taken": 503,
    "down": 503,
    "stale": 403,
}
WHY: Final[dict[type[Exception], str]] = {
    TooLarge: "too-large",
    TooLong: "too-long",
    ForbiddenType: "forbidden-type",
    NotStored: "not-taken",
    Unavailable: "not-taken",
    BadForm: "stale",
}
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Unsent:
    """Words that could not be stored and are shown again in the text box. With the same `key` a second try is the same
    message."""

    text: str = ""
    key: str = ""


class Problems:
    """Makes the error pages."""

    def __init__(self, chats: ChatService, templates: Templates) -> None:
        self._chats, self._templates = chats, templates

    def guard(self, endpoint: Endpoint) -> Endpoint:
        """Wrap an endpoint so that every error page has words and the emergency numbers."""

        async def told(request: Request) -> Response:
            try:
                return await endpoint(request)
            except ClientDisconnect:
                return Response(status_code=400)  # the client is gone
            except Unavailable as trouble:
                log.error("page_waits", why=str(trouble))
            except Exception as error:
                log.error("page_failed", error=type(error).__name__, where=where(error))
            return self.page(request, "down")

        return told

    def page(
        self, request: Request, what: str, unsent: Unsent = Unsent(), language: Language | None = None
    ) -> Response:
        """The error page `what` (a key of `ERRORS`), with words that were not stored; JSON for the page's script."""
        REFUSED_TOTAL.labels(CHANNEL, what).inc()
        status, language = ERRORS[what], language or asked_language(request)
        headers = {"retry-after": WAIT_S} if what == "too-fast" else {}
        if by_script(request):
            told = {"ok": False, "why": what, "say": self._templates.say(f"web-problem-{what}", language)}
            return JSONResponse(told, status_code=status, headers=headers)
        name = cookie_name(request, https=self._chats.https, demo=self._chats.demo)
        session = read_cookie(request, name) or new_secret()
        token = form_token(session) if unsent.text else ""
        query = kept_query(request)
        response = self._templates.page(
            "problem.html", language, status=status, problem=what, query=query, unsent=unsent, token=token
        )
        response.headers.update(headers)
        if unsent.text:
            set_cookie(response, name, session, lasts_s=LASTS_S, https=self._chats.https)
        return response


def form_trouble(detail: str) -> str:
    """The name of our error for Starlette's message about a form."""
    return "too-many" if "Too many files" in detail else "too-long" if "maximum size" in detail else "stale"
