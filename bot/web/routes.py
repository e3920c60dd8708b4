"""The pages' addresses. The page works without its script; with it, lines come by themselves (Server-Sent Events)."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import structlog
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from bot.channel import NotStored, TooLarge
from bot.intake.fetcher import ForbiddenType
from bot.intake.metrics import REFUSED_TOTAL
from bot.web.chat_service import ChatService
from bot.web.lines import settled
from bot.web.read import BadForm, TooLong, read_form, said_apart, words_of
from bot.web.session import LASTS_S, chat_of, cookie_name
from bot.web.streams import Streams
from core.errors import where
from core.messages import Language
from storage.jobs import Unavailable
from web.cookies import delete_cookie, new_secret, read_cookie, set_cookie
from web.events import event_stream
from web.rate_limit import Limit
from web.security import Headers, form_token, good_token, same_origin
from web.templates import Templates

log = structlog.get_logger()

LARGEST_BODY: Final = 22 * 1024 * 1024
WORDS_ONLY: Final = 64 * 1024
"""Bytes. A form of this size is read even when it is refused, to give its words back."""
MOST_FILES: Final = 10
MultiPartParser.spool_max_size = LARGEST_BODY
"""An upload stays in memory until it is encrypted: Starlette would spool it to the disk as it is."""
START: Final = ("c_", "g_", "o_", "l_")
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
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Unsent:
    """Words that were not taken, to be given back. `key` makes a second try the same message."""

    text: str = ""
    key: str = ""


class Pages:
    """The chat page and what it talks to."""

    def __init__(self, chats: ChatService) -> None:
        self.chats = chats
        self._templates = Templates(Path(__file__).parent, chats.context.rules.hotlines)
        self.streams = Streams(chats, self._templates)
        self.html = self._templates.page
        self._by_address = Limit(per_second=2, burst=60)
        self._by_session = Limit(per_second=1, burst=30)

    def routes(self) -> list[BaseRoute]:
        """All addresses, behind the protective headers."""
        guard = [Middleware(Headers, https=self.chats.https, demo=self.chats.demo)]
        inner: list[BaseRoute] = [
            Route("/say", self._in_words(self.say), methods=["POST"]),
            Route("/say", self._back),  # a page that kept somebody's words bears this address
            Route("/stream", self._in_words(self.stream)),
            Route("/media/{attachment_id:int}", self._in_words(self.media)),
            Route("/forget", self._in_words(self.forget), methods=["POST"]),
            Mount("/static", self._templates.static()),
        ]
        page = Route("/chat", self._in_words(self.page), middleware=guard)
        return [page, Mount("/chat", Router(inner), middleware=guard)]

    async def page(self, request: Request) -> Response:
        """The chat. A first visit gets its session here."""
        return await self._chat(request, read_cookie(request, self._cookie(request)) or new_secret())

    async def say(self, request: Request) -> Response:
        """Take a message in; answered after its commit. Without the script the page comes anew."""
        length = int(request.headers.get("content-length") or LARGEST_BODY + 1)
        if length > LARGEST_BODY:
            return self._problem(request, "too-large")
        slowly = self._by_address.allows(request.client.host if request.client else "")
        if not slowly and length > WORDS_ONLY:
            return self._problem(request, "too-fast")
        try:
            async with request.form(max_files=MOST_FILES, max_fields=20) as form:
                unsent = Unsent(words_of(form), str(form.get("key", ""))) if same_origin(request) else Unsent()
                return await self._receive(request, form, unsent, slowly=slowly)
        except (HTTPException, MultiPartException) as error:
            return self._problem(request, _form_trouble(str(getattr(error, "detail", error))))

    async def stream(self, request: Request) -> Response:
        """What is said, as it is said."""
        session = read_cookie(request, self._cookie(request))
        if session is None:
            return Response(status_code=204)
        chat = chat_of(session)
        contact_id, language = await self.chats.who(chat)
        if contact_id == 0:
            return Response(status_code=204)  # nothing can be said yet; the page asks again after its first word
        after = _cursor(request.headers.get("last-event-id") or request.query_params.get("after", ""))
        lines = self.streams.lines(chat, contact_id, language, after)
        return event_stream(lines)

    async def media(self, request: Request) -> Response:
        """A picture that was sent to this chat."""
        session = read_cookie(request, self._cookie(request))
        contact_id = (await self.chats.who(chat_of(session)))[0] if session else 0
        picture = (
            await self.chats.picture(contact_id, int(request.path_params["attachment_id"])) if contact_id else None
        )
        if picture is None:
            return Response(status_code=404)
        shown = "inline" if picture.mime == "image/jpeg" else "attachment"
        headers = {
            "content-security-policy": "default-src 'none'; sandbox",
            "content-disposition": f'{shown}; filename="{picture.name}"',
        }
        return Response(picture.data, media_type=picture.mime, headers=headers)

    async def forget(self, request: Request) -> Response:
        """Empty this chat and begin anew; the tips stay with the police."""
        name = self._cookie(request)
        session = read_cookie(request, name)
        if session is None or not same_origin(request):
            return self._problem(request, "stale")
        async with request.form() as form:
            if not good_token(session, str(form.get("token", ""))):
                return self._problem(request, "stale")
        contact_id, _ = await self.chats.who(chat_of(session))
        if contact_id:
            await self.chats.forget(contact_id)
        response = await self._back(request)
        delete_cookie(response, name, https=self.chats.https)
        return response

    async def _chat(self, request: Request, session: str, box: str = "") -> Response:
        """The chat's page; `box` is what its person was writing."""
        contact_id, known = await self.chats.who(chat_of(session))
        language = known if contact_id else _asked(request)
        lines, cursor = await self.chats.lines(contact_id, language) if contact_id else ([], (0, 0))
        response = self.html(
            "chat.html",
            language,
            lines=settled(lines),
            cursor=f"{cursor[0]}.{cursor[1]}",
            token=form_token(session),
            key=secrets.token_hex(12),
            start=await self._start(request, contact_id),
            query=_query(request),
            box=box,
        )
        set_cookie(response, self._cookie(request), session, lasts_s=LASTS_S, https=self.chats.https)
        return response

    async def _receive(self, request: Request, form: FormData, unsent: Unsent, *, slowly: bool) -> Response:
        session = read_cookie(request, self._cookie(request))
        if session is None or not same_origin(request) or not good_token(session, str(form.get("token", ""))):
            return self._problem(request, "stale", unsent)
        chat, language = chat_of(session), _asked(request)
        if not (self._by_session.allows(chat) and slowly):
            return self._problem(request, "too-fast", unsent)
        fields = {key: form[key] for key in form if key != "file"}
        files: list[Any] = [value for value in form.getlist("file") if not isinstance(value, str)]
        try:
            contact_id, known = await self.chats.who(chat)
            language = known if contact_id else language
            said = await read_form(fields, files, chat, self.chats.now(), language, self.chats.name_of)
            if said is not None:
                await self.chats.receive(*said)
        except tuple(WHY) as error:
            if isinstance(error, Unavailable):
                log.error("page_waits", why=str(error))
            return self._problem(request, WHY[type(error)], unsent, language)
        if _by_script(request):
            return JSONResponse({"ok": True})
        if unsent.text and (form.get("button") or said_apart(fields)):
            return await self._chat(request, session, unsent.text)
        return await self._back(request)

    async def _start(self, request: Request, contact_id: int) -> str:
        """What a link or a poster brought along, said once."""
        given = request.query_params.get("start", "")
        if "c" in request.query_params:
            given = f"c_{request.query_params['c']}"
        role = request.query_params.get("demo", "")
        if self.chats.demo and self.chats.invite is not None and role and not contact_id:
            return await self.chats.invite(role)
        return given if given.startswith(START) and given.replace("_", "").isalnum() and len(given) <= 64 else ""

    def _in_words(self, answer: Answer) -> Answer:
        """Nobody who is in danger meets an error without words and numbers."""

        async def told(request: Request) -> Response:
            try:
                return await answer(request)
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is there to read it
            except Unavailable as trouble:
                log.error("page_waits", why=str(trouble))
            except Exception as error:
                log.error("page_failed", error=type(error).__name__, where=where(error))
            return self._problem(request, "down")

        return told

    def _problem(
        self, request: Request, what: str, unsent: Unsent = Unsent(), language: Language | None = None
    ) -> Response:
        REFUSED_TOTAL.labels("web", what).inc()
        status, language = ERRORS[what], language or _asked(request)
        headers = {"retry-after": WAIT_S} if what == "too-fast" else {}
        if _by_script(request):
            told = {"ok": False, "why": what, "say": self._templates.say(f"web-problem-{what}", language)}
            return JSONResponse(told, status_code=status, headers=headers)
        name = self._cookie(request)
        session = read_cookie(request, name) or new_secret()
        token = form_token(session) if unsent.text else ""
        query = _query(request)
        response = self.html(
            "problem.html", language, status=status, problem=what, query=query, unsent=unsent, token=token
        )
        response.headers.update(headers)
        if unsent.text:
            set_cookie(response, name, session, lasts_s=LASTS_S, https=self.chats.https)
        return response

    async def _back(self, request: Request) -> Response:
        return RedirectResponse(f"/chat{_query(request)}", status_code=303)

    def _cookie(self, request: Request) -> str:
        return cookie_name(request, https=self.chats.https, demo=self.chats.demo)


def _by_script(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _form_trouble(detail: str) -> str:
    """Which of our words fit what Starlette says of a form."""
    return "too-many" if "Too many files" in detail else "too-long" if "maximum size" in detail else "stale"


def _query(request: Request) -> str:
    """What of an address is kept while a chat goes on: which of the demo's chats, and the language of a newcomer."""
    asked = request.query_params
    role, language = asked.get("demo", ""), asked.get("lang", "")
    kept = {"demo": role} if role.isascii() and role.isalpha() else {}
    kept |= {"lang": language} if language in set(Language) else {}
    return f"?{urlencode(kept)}" if kept else ""


def _asked(request: Request) -> Language:
    """The language that the address asks for; somebody whom we know has chosen his own."""
    asked = request.query_params.get("lang", "")
    return Language(asked) if asked in set(Language) else Language.VI


def _cursor(value: str) -> tuple[int, int]:
    first, _, second = value.partition(".")
    good = all(part.isascii() and part.isdigit() and len(part) < 18 for part in (first, second))
    return (int(first), int(second)) if good else (0, 0)
