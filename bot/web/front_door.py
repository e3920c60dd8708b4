"""The address without a path."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route


def front_door(leads_to: str) -> Route:
    """Leads from `/` to a page; a poster's link may bring its commune to the front door, and it is passed on."""

    async def home(request: Request) -> Response:
        query = request.url.query
        return RedirectResponse(f"{leads_to}?{query}" if query else leads_to)

    return Route("/", home)
