"""`/demo`: three real chats side by side, and buttons to move the clock forward."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.web.routes import Pages
from core.messages import Language
from core.vietnam import VIETNAM
from web.security import Headers, same_origin

ROLES: Final = (("resident", ("fire", "theft")), ("leader", ("patrol", "month")), ("officer", ("cases",)))


def demo_routes(pages: Pages, now: Callable[[], datetime], move: Callable[[str], Awaitable[None]]) -> list[BaseRoute]:
    """The demo's two routes. `move` is called with `hour`, `day` or `next`."""
    guard = [Middleware(Headers, https=False, demo=True)]

    def shown() -> str:
        return f"{now().astimezone(VIETNAM):%H:%M · %d/%m/%Y}"

    async def page(request: Request) -> Response:
        language = Language.EN if request.query_params.get("lang") == "en" else Language.VI
        return pages.html("demo.html", language, roles=ROLES, clock=shown())

    async def clock(request: Request) -> Response:
        if not same_origin(request):
            return Response(status_code=403)
        async with request.form() as form:
            kind = str(form.get("move", ""))
        if kind not in ("hour", "day", "next"):
            return Response(status_code=400)
        await move(kind)
        if request.headers.get("accept", "").startswith("application/json"):
            return JSONResponse({"clock": shown()})
        return RedirectResponse("/demo", status_code=303)

    return [
        Route("/demo", page, middleware=guard),
        Route("/demo/clock", clock, methods=["POST"], middleware=guard),
    ]
