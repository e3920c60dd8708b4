"""A town with the web chat, served on loopback, and people who use it with a plain HTTP client (no script)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.app.app import App
from bot.app.build import Runtime, build_runtime
from bot.app.settings import read_settings
from bot.web import CHANNEL as WEB
from bot.web.chat_service import ChatService
from bot.web.connect import joined, pages_of
from bot.web.routes import Pages
from core.access import Duty, Role
from core.ids import Unit
from handlers import join
from handlers.work import Work
from tests.doubles.loopback import Loopback
from tests.patience import PATIENCE_S
from tests.stories.town import NENH, TownClock


@dataclass
class WebPerson:
    """A person on the page without its script."""

    client: httpx.AsyncClient
    keys: list[str] = field(default_factory=list)

    async def page(self, query: str = "") -> str:
        """The page as it stands."""
        answer = await self.client.get(f"/chat{query}")
        assert answer.status_code == 200, answer.text
        return answer.text

    async def form(self, query: str = "") -> dict[str, str]:
        """The token and the key of a fresh form."""
        page = await self.page(query)
        token = re.search(r'name="token" value="([^"]+)"', page)
        made = re.search(r'name="key" value="([^"]+)"', page)
        assert token and made
        return {"token": token[1], "key": made[1]}

    async def says(self, text: str = "", *, key: str = "", button: str = "", **more: str) -> httpx.Response:
        """Send the form."""
        data = await self.form() | ({"key": key} if key else {}) | {"text": text, "button": button} | more
        files = {"file": ("", b"")}
        return await self.client.post("/chat/say", data=data, files=files, follow_redirects=True)

    async def uploads(self, data: bytes, name: str, text: str = "", *, key: str = "") -> httpx.Response:
        """Send the form with a file."""
        return await self.uploads_all([(name, data)], text, key=key)

    async def uploads_all(self, files: list[tuple[str, bytes]], text: str = "", *, key: str = "") -> httpx.Response:
        """Send the form with several files."""
        data = await self.form() | ({"key": key} if key else {}) | {"text": text}
        parts = [("file", file) for file in files]
        return await self.client.post("/chat/say", data=data, files=parts, follow_redirects=True)

    async def presses(self, words: str) -> httpx.Response:
        """Press the latest button with these words."""
        found = re.findall(r'value="([^"]+)" formnovalidate>([^<]*)</button>', await self.page())
        ids = [id_ for id_, label in found if words in label]
        assert ids, f"no button {words!r}"
        return await self.says(button=ids[-1])


@dataclass
class WebTown:
    """The running system with its web chat."""

    runtime: Runtime
    app: App
    chats: ChatService
    pages: Pages
    folder: Path
    served: Loopback
    clock: TownClock
    stack: AsyncExitStack

    async def person(self, headers: dict[str, str] | None = None) -> WebPerson:
        """A person with a browser of their own."""
        client = httpx.AsyncClient(base_url=self.served.url, headers=headers or {}, timeout=PATIENCE_S)
        await self.stack.enter_async_context(client)
        return WebPerson(client)

    async def police(self, unit: str = NENH) -> WebPerson:
        """An officer on the web chat."""
        officer = await self.person()
        context, now = self.runtime.context, self.clock.now()
        payload = await self.runtime.database.write(
            lambda db: join.make_invite(Work(db=db, context=context, now=now), Duty(Role.OFFICER, Unit(unit)))
        )
        await officer.says(f"/start {payload}")
        assert "đã vào" in await officer.page()
        return officer


@asynccontextmanager
async def web_town(database_url: str, key: str, folder: Path, **settings: object) -> AsyncIterator[WebTown]:
    """A running town with the web chat only."""
    async with AsyncExitStack() as stack:
        given: dict[str, object] = {
            "data_dir": folder,
            "database_url": database_url,
            "secret_key": key,
            "commune": NENH,
        }
        clock = TownClock()
        runtime = await build_runtime(read_settings(_env_file=None, **(given | settings)))
        stack.push_async_callback(runtime.close)
        app = App(runtime=runtime, clock=clock)
        pages = pages_of(app)
        app.add(WEB, joined(app, pages))
        served = await stack.enter_async_context(Loopback(app.asgi()))
        await stack.enter_async_context(app.running())
        yield WebTown(
            runtime=runtime,
            app=app,
            chats=pages.chats,
            pages=pages,
            folder=folder,
            served=served,
            clock=clock,
            stack=stack,
        )
