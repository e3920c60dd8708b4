"""The routes of the chat's pages. The page works without its script; with it, new lines come by Server-Sent Events."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, Final

import structlog
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from bot.web.address import asked_language, by_script, cursor_of, kept_query, start_payload
from bot.web.chat_service import ChatService
from bot.web.lines import settled
from bot.web.problems import WHY, Problems, Unsent, form_trouble
from bot.web.read import read_form, said_apart, words_of
from bot.web.session import LASTS_S, chat_of, cookie_name
from bot.web.streams import Streams
from storage.jobs import Unavailable
from web.cookies import delete_cookie, new_secret, read_cookie, set_cookie
from web.events import event_stream
from web.rate_limit import Limit
from web.security import Headers, form_token, good_token, same_origin
from web.templates import Templates

log = structlog.get_logger()

LARGEST_BODY: Final = 22 * 1024 * 1024
WORDS_ONLY: Final = 64 * 1024
"""Bytes. A form up to this size is read even when it is refused, so that its words can be shown again."""
MOST_FILES: Final = 10
MultiPartParser.spool_max_size = LARGEST_BODY
"""An upload stays in memory until it is encrypted; Starlette would spool it to the disk in the clear."""


class Pages:
    """The chat page and the services it uses."""

    def __init__(self, chats: ChatService) -> None:
        self.chats = chats
        self._templates = Templates(Path(__file__).parent, chats.context.rules.hotlines)
        self.streams = Streams(chats, self._templates)
        self.html = self._templates.page
        self._problems = Problems(chats, self._templates)
        self._by_address = Limit(per_second=2, burst=60)
        self._by_session = Limit(per_second=1, burst=30)

    def routes(self) -> list[BaseRoute]:
        """All routes, with the protective headers."""
        guard = [Middleware(Headers, https=self.chats.https, demo=self.chats.demo)]
        inner: list[BaseRoute] = [
            Route("/say", self._problems.guard(self.say), methods=["POST"]),
            Route("/say", self._back),  # a page that shows unsent words has this path
            Route("/stream", self._problems.guard(self.stream)),
            Route("/media/{attachment_id:int}", self._problems.guard(self.media)),
            Route("/forget", self._problems.guard(self.forget), methods=["POST"]),
            Mount("/static", self._templates.static()),
        ]
        page = Route("/chat", self._problems.guard(self.page), middleware=guard)
        return [page, Mount("/chat", Router(inner), middleware=guard)]

    async def page(self, request: Request) -> Response:
        """The chat page. A first visit gets its session cookie here."""
        return await self._chat(request, read_cookie(request, self._cookie(request)) or new_secret())

    async def say(self, request: Request) -> Response:
        """Process a message; responds after its commit. Without the script the response is the whole page."""
        length = int(request.headers.get("content-length") or LARGEST_BODY + 1)
        if length > LARGEST_BODY:
            return self._problems.page(request, "too-large")
        slowly = self._by_address.allows(request.client.host if request.client else "")
        if not slowly and length > WORDS_ONLY:
            return self._problems.page(request, "too-fast")
        try:
            async with request.form(max_files=MOST_FILES, max_fields=20) as form:
                unsent = Unsent(words_of(form), str(form.get("key", ""))) if same_origin(request) else Unsent()
                return await self._receive(request, form, unsent, slowly=slowly)
        except (HTTPException, MultiPartException) as error:
            return self._problems.page(request, form_trouble(str(getattr(error, "detail", error))))

    async def stream(self, request: Request) -> Response:
        """The stream of new lines."""
        session = read_cookie(request, self._cookie(request))
        if session is None:
            return Response(status_code=204)
        chat = chat_of(session)
        contact_id, language = await self.chats.who(chat)
        if contact_id == 0:
            # There can be no lines yet; the page connects again after its first message.
            return Response(status_code=204)
        after = cursor_of(request.headers.get("last-event-id") or request.query_params.get("after", ""))
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
        """Erase this chat and begin a new session; the tips stay with the police."""
        name = self._cookie(request)
        session = read_cookie(request, name)
        if session is None or not same_origin(request):
            return self._problems.page(request, "stale")
        async with request.form() as form:
            if not good_token(session, str(form.get("token", ""))):
                return self._problems.page(request, "stale")
        contact_id, _ = await self.chats.who(chat_of(session))
        if contact_id:
            await self.chats.forget(contact_id)
        response = await self._back(request)
        delete_cookie(response, name, https=self.chats.https)
        return response

    async def _chat(self, request: Request, session: str, box: str = "") -> Response:
        """The response with the chat's page; `box` is the content of the text box."""
        contact_id, known = await self.chats.who(chat_of(session))
        language = known if contact_id else asked_language(request)
        lines, cursor = await self.chats.lines(contact_id, language) if contact_id else ([], (0, 0))
        response = self.html(
            "chat.html",
            language,
            lines=settled(lines),
            cursor=f"{cursor[0]}.{cursor[1]}",
            token=form_token(session),
            key=secrets.token_hex(12),
            start=await self._start(request) if not contact_id else start_payload(request),
            query=kept_query(request),
            box=box,
        )
        set_cookie(response, self._cookie(request), session, lasts_s=LASTS_S, https=self.chats.https)
        return response

    async def _receive(self, request: Request, form: FormData, unsent: Unsent, *, slowly: bool) -> Response:
        session = read_cookie(request, self._cookie(request))
        if session is None or not same_origin(request) or not good_token(session, str(form.get("token", ""))):
            return self._problems.page(request, "stale", unsent)
        chat, language = chat_of(session), asked_language(request)
        if not (self._by_session.allows(chat) and slowly):
            return self._problems.page(request, "too-fast", unsent)
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
            return self._problems.page(request, WHY[type(error)], unsent, language)
        if by_script(request):
            return JSONResponse({"ok": True})
        if unsent.text and (form.get("button") or said_apart(fields)):
            return await self._chat(request, session, unsent.text)
        return await self._back(request)

    async def _back(self, request: Request) -> Response:
        return RedirectResponse(f"/chat{kept_query(request)}", status_code=303)

    def _cookie(self, request: Request) -> str:
        return cookie_name(request, https=self.chats.https, demo=self.chats.demo)

    async def _start(self, request: Request) -> str:
        """The start payload of somebody new: in the demo an invite of its role."""
        role = request.query_params.get("demo", "")
        if self.chats.demo and self.chats.invite is not None and role:
            return await self.chats.invite(role)
        return start_payload(request)
