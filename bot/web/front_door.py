"""The route `/`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route


def front_door(leads_to: str) -> Route:
    """Redirect from `/` to a page, and pass on the commune that a poster's link names."""

    async def home(request: Request) -> Response:
        query = request.url.query
        return RedirectResponse(f"{leads_to}?{query}" if query else leads_to)

    return Route("/", home)
