"""The pages' addresses. The page works without its script; with it, lines come by themselves (Server-Sent Events)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles

from bot.channel import NotTaken, TooLarge
from bot.fetcher import ForbiddenType, without_traces
from bot.figures import REFUSED_TOTAL
from bot.web.desk import Desk
from bot.web.guard import Headers, Limit, same_origin
from bot.web.lines import Line, settled
from bot.web.read import BadForm, read_form
from bot.web.session import (
    chat_of,
    cookie_name,
    form_token,
    good_token,
    new_session,
    read_session,
    set_cookie,
)
from core.messages import Language
from locales.words import text

log = structlog.get_logger()

HERE: Final = Path(__file__).parent
LARGEST_BODY: Final = 22 * 1024 * 1024
KEEP_ALIVE_S: Final = 20.0
STREAMS_EACH: Final = 4
MultiPartParser.spool_max_size = LARGEST_BODY
"""An upload stays in memory until it is encrypted: Starlette would spool it to the disk as it is."""
START: Final = ("c_", "g_", "o_")
ERRORS: Final[dict[str, int]] = {
    "too-large": 413,
    "forbidden-type": 415,
    "too-fast": 429,
    "not-taken": 503,
    "stale": 403,
}


class Pages:
    """The chat page and what it talks to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._by_address = Limit(per_second=2, burst=60)
        self._by_session = Limit(per_second=1, burst=30)
        self._streams: dict[str, int] = {}
        version = max(int(path.stat().st_mtime) for path in (HERE / "static").iterdir())
        self._templates.globals["version"] = f"{version:x}"

    def routes(self) -> list[BaseRoute]:
        """All addresses, behind the protective headers."""
        guard = [Middleware(Headers, https=self._desk.https, demo=self._desk.demo)]
        inner: list[BaseRoute] = [
            Route("/say", self.say, methods=["POST"]),
            Route("/stream", self.stream),
            Route("/media/{number:int}", self.media),
            Route("/forget", self.forget, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]
        return [Route("/chat", self.page, middleware=guard), Mount("/chat", Router(inner), middleware=guard)]

    def html(self, template: str, language: Language, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A page in a language; `values` are for its template."""
        page = self._templates.get_template(template)
        return HTMLResponse(page.render(say=_say(language), language=language.value, **values), status_code=status)

    async def page(self, request: Request) -> Response:
        """The chat. A first visit gets its session here."""
        name = self._cookie(request)
        session = read_session(request, name) or new_session()
        contact_id, language = await self._desk.who(chat_of(session))
        language = _wanted_language(request, contact_id, language)
        lines, cursor = await self._desk.lines(contact_id, language) if contact_id else ([], (0, 0))
        response = self.html(
            "chat.html",
            language,
            lines=settled(lines),
            cursor=f"{cursor[0]}.{cursor[1]}",
            token=form_token(session),
            key=secrets.token_hex(12),
            start=await self._start(request, contact_id),
            query=_query(request),
            problem=request.query_params.get("problem", ""),
        )
        set_cookie(response, name, session, https=self._desk.https)
        return response

    async def say(self, request: Request) -> Response:
        """Take a message in; answered after its commit. Without the script the page comes anew."""
        session = read_session(request, self._cookie(request))
        if session is None or not same_origin(request):
            return self._problem(request, "stale", Language.VI)
        chat = chat_of(session)
        _, language = await self._desk.who(chat)
        address = request.client.host if request.client else ""
        if not (self._by_session.allows(chat) and self._by_address.allows(address)):
            return self._problem(request, "too-fast", language)
        if int(request.headers.get("content-length") or LARGEST_BODY + 1) > LARGEST_BODY:
            return self._problem(request, "too-large", language)
        try:
            async with request.form(max_files=10, max_fields=20) as form:
                if not good_token(session, str(form.get("token", ""))):
                    return self._problem(request, "stale", language)
                files: list[Any] = [value for value in form.getlist("file") if not isinstance(value, str)]
                heard = await read_form(
                    {key: form[key] for key in form if key != "file"},
                    chat,
                    self._desk.now(),
                    language,
                    self._store,
                    files,
                )
            if heard is not None:
                await self._desk.hear(heard)
        except TooLarge:
            return self._problem(request, "too-large", language)
        except ForbiddenType:
            return self._problem(request, "forbidden-type", language)
        except (BadForm, ClientDisconnect):
            return self._problem(request, "stale", language)
        except NotTaken:
            return self._problem(request, "not-taken", language)
        return JSONResponse({"ok": True}) if _by_script(request) else self._back(request)

    async def stream(self, request: Request) -> Response:
        """What is said, as it is said."""
        session = read_session(request, self._cookie(request))
        if session is None:
            return Response(status_code=204)
        chat = chat_of(session)
        contact_id, language = await self._desk.who(chat)
        if contact_id == 0:
            return Response(status_code=204)  # nothing can be said yet; the page asks again after its first word
        if self._streams.get(chat, 0) >= STREAMS_EACH:
            return Response(status_code=429)
        after = _cursor(request.headers.get("last-event-id") or request.query_params.get("after", ""))
        events = self._events(chat, contact_id, _wanted_language(request, contact_id, language), after)
        return StreamingResponse(events, media_type="text/event-stream", headers={"x-accel-buffering": "no"})

    async def media(self, request: Request) -> Response:
        """A picture that was sent to this chat."""
        session = read_session(request, self._cookie(request))
        contact_id = (await self._desk.who(chat_of(session)))[0] if session else 0
        picture = await self._desk.picture(contact_id, int(request.path_params["number"])) if contact_id else None
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
        session = read_session(request, name)
        if session is None or not same_origin(request):
            return self._problem(request, "stale", Language.VI)
        async with request.form() as form:
            if not good_token(session, str(form.get("token", ""))):
                return self._problem(request, "stale", Language.VI)
        contact_id, _ = await self._desk.who(chat_of(session))
        if contact_id:
            await self._desk.forget(contact_id)
        response = self._back(request)
        response.delete_cookie(name, path="/", secure=self._desk.https, httponly=True, samesite="lax")
        return response

    async def _events(
        self, chat: str, contact_id: int, language: Language, after: tuple[int, int]
    ) -> AsyncIterator[str]:
        self._streams[chat] = self._streams.get(chat, 0) + 1
        event = self._desk.watch(contact_id)
        shown: dict[str, Line] = {}
        try:
            yield ": hello\n\n"
            while True:
                event.clear()
                lines, cursor = await self._desk.lines(contact_id, language, after)
                for line in lines:
                    if shown.get(line.id) != line:
                        shown[line.id] = line
                        yield self._event(line, language, cursor)
                after = cursor
                try:
                    await asyncio.wait_for(event.wait(), KEEP_ALIVE_S)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._desk.unwatch(contact_id, event)
            self._streams[chat] -= 1
            if not self._streams[chat]:
                del self._streams[chat]

    def _event(self, line: Line, language: Language, cursor: tuple[int, int]) -> str:
        if line.toast:
            body, kind = line.text, "toast"
        else:
            body = self._templates.get_template("line.html").render(line=line, say=_say(language))
            kind = "line"
        data = "\n".join(f"data: {row}" for row in body.splitlines())
        return f"id: {cursor[0]}.{cursor[1]}\nevent: {kind}\n{data}\n\n"

    async def _store(self, data: bytes, mime: str) -> str:
        if mime.startswith("image/"):
            data, mime = await asyncio.to_thread(without_traces, data), "image/jpeg"
        return (await asyncio.to_thread(self._desk.shelf.put, data, mime)).file

    async def _start(self, request: Request, contact_id: int) -> str:
        """What a link or a poster brought along, said once."""
        given = request.query_params.get("start", "")
        if "c" in request.query_params:
            given = f"c_{request.query_params['c']}"
        role = request.query_params.get("demo", "")
        if self._desk.demo and self._desk.invite is not None and role and not contact_id:
            return await self._desk.invite(role)
        return given if given.startswith(START) and given.replace("_", "").isalnum() and len(given) <= 64 else ""

    def _problem(self, request: Request, what: str, language: Language) -> Response:
        REFUSED_TOTAL.labels("web", what).inc()
        status = ERRORS[what]
        if _by_script(request):
            return JSONResponse({"ok": False, "say": text(f"web-problem-{what}", language)}, status_code=status)
        return self.html("problem.html", language, status=status, problem=what, query=_query(request))

    def _back(self, request: Request) -> Response:
        return RedirectResponse(f"/chat{_query(request)}", status_code=303)

    def _cookie(self, request: Request) -> str:
        return cookie_name(request, https=self._desk.https, demo=self._desk.demo)


def _say(language: Language) -> Any:
    return lambda key, **args: text(key, language, **args)


def _by_script(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _query(request: Request) -> str:
    role = request.query_params.get("demo", "")
    return f"?demo={role}" if role.isalpha() else ""


def _wanted_language(request: Request, contact_id: int, known: Language) -> Language:
    asked = request.query_params.get("lang", "")
    return Language(asked) if not contact_id and asked in set(Language) else known


def _cursor(value: str) -> tuple[int, int]:
    first, _, second = value.partition(".")
    return (int(first), int(second)) if first.isdigit() and second.isdigit() and len(value) < 40 else (0, 0)
