"""The web chat as a part of the running house: always there, for it needs nobody's leave."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.app import App
from bot.app.settings import Settings
from bot.web.chat_service import ChatService
from bot.web.routes import Pages
from bot.web.send import WebPort
from core.messages import Channel


def wanted(settings: Settings) -> bool:
    """Always."""
    return True


def add(app: App) -> tuple[ChatService, Pages]:
    """The chat page and its way out; returns both, which the demo furnishes further."""
    runtime = app.runtime
    chats = ChatService(
        database=runtime.database,
        context=runtime.context,
        media_store=runtime.media_store,
        hear=app.hear,
        now=app.clock.now,
        https=runtime.settings.public_url.startswith("https://"),
        demo=runtime.settings.demo,
    )
    front = "/demo" if chats.demo else "/chat"

    async def home(request: Request) -> Response:
        query = request.url.query  # a poster's link may bring its commune to the front door
        return RedirectResponse(f"{front}?{query}" if query else front)

    pages = Pages(chats)
    app.at_end.append(pages.streams.end)
    app.add(Channel.WEB, WebPort(runtime.media_store), [*pages.routes(), Route("/", home)])
    return chats, pages


async def start(app: App) -> None:
    """Nobody needs to be told."""
