"""People before the web chat, who speak and hear as the Telegram double's people do: so one story is told on both.

A story's words go out as the page's own form, over plain HTTP; what comes back is read from the page's own stream."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from html.parser import HTMLParser
from typing import Any

import httpx

from bot.web.session import chat_of
from tests.doubles.telegram.asked import Upload
from tests.doubles.telegram.chats import Chat
from tests.doubles.telegram.double import TelegramDouble
from tests.doubles.telegram.people import Group, Person, Press, Said
from tests.doubles.telegram.seen import Seen
from tests.patience import PATIENCE_S


class WebPerson(Person):
    """A person with a browser. They cannot do what only Telegram has (groups, albums, edits)."""

    def __init__(self, client: httpx.AsyncClient, name: str, language: str) -> None:
        chat = Chat(id=0, type="private", about={}, bot="member")
        super().__init__(TelegramDouble(), chat, name, language)
        self._client = client
        self._query = "" if language == "vi" else f"?lang={language}"
        self._lines: dict[str, Seen] = {}
        self._toasts: list[str] = []
        self._presses = 0
        self._told = asyncio.Condition()
        self._turn: asyncio.Task[None] | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def account(self) -> str:
        """Something of the chat's id that would be noticed in another's chat."""
        return chat_of(self._client.cookies["tinbao"])[:12]

    @property
    def inbox(self) -> list[Seen]:
        """What the page shows of the other side, as it looks now."""
        return list(self._lines.values())

    async def hears(self, wanted: Callable[[Seen], bool] = lambda seen: True, within_s: float = PATIENCE_S) -> Seen:
        """Wait for a line that fits."""
        await self.has_spoken()
        await self.until(lambda: any(map(wanted, self.inbox)), max(within_s, PATIENCE_S))
        return next(filter(wanted, self.inbox))

    async def until(self, found: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
        """Wait until something is true of what the page shows. Raises `AssertionError` with the page's lines."""
        try:
            async with asyncio.timeout(within_s), self._told:
                await self._told.wait_for(found)
        except TimeoutError:
            raise AssertionError(f"{self.name} sees only {[seen.text for seen in self.inbox]}") from None

    async def has_spoken(self) -> None:
        """Wait until all that was said is taken in."""
        if self._turn is not None:
            await self._turn

    def says(self, text: str, *, at: Group | None = None, answering: Seen | None = None) -> Said:
        """Writes words into the box and sends them."""
        field = "start" if text.startswith("/start") else "text"
        return self._posts({field: text})

    def sends_photo(self, data: bytes, *, caption: str = "", album: str = "", at: Group | None = None) -> Said:
        """Sends a picture."""
        assert not album, "the page has no albums: its form takes several files"
        return self._posts({"text": caption}, ("a.jpg", data))

    def sends_voice(self, data: bytes, *, at: Group | None = None) -> Said:
        """Sends what was spoken into the phone."""
        return self._posts({}, ("a.ogg", data))

    def shares_place(
        self, latitude: float, longitude: float, *, accuracy_m: float | None = None, title: str = "",
        at: Group | None = None,
    ) -> Said:  # fmt: skip
        """Shares their place."""
        return self._posts({"place": f"[{latitude}, {longitude}, {accuracy_m or 20}]"})

    def puts_press(self, seen: Seen, data: str, *, too_old_to_show: bool = False) -> Press:
        """A press with any data, as somebody with the browser's tools can send it."""
        press = WebPress(self.double, f"press{self._presses}", person=self, number=self._presses)
        self._presses += 1
        self._posts({"button": data})
        return press

    async def closes(self) -> None:
        """Shuts the browser."""
        for task in (self._turn, self._reading):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])

    def toast(self, number: int) -> str | None:
        """What passed over the page as the answer to a press, None before it came."""
        return self._toasts[number] if len(self._toasts) > number else None

    def _posts(self, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> Said:
        before = self._turn

        async def post() -> None:
            if before is not None:
                await before
            page = (await self._client.get(f"/chat{self._query}")).text
            token = re.search(r'name="token" value="([^"]+)"', page)
            assert token
            data = {"token": token[1], "key": secrets.token_hex(12), **fields}
            answer = await self._client.post(
                f"/chat/say{self._query}",
                data=data,
                files={"file": file or ("", b"")},
                headers={"accept": "application/json", "sec-fetch-site": "same-origin"},
            )
            assert answer.status_code == 200, answer.text
            if self._reading is None:
                self._reading = asyncio.create_task(self._read())

        self._turn = asyncio.create_task(post())
        return Said({})

    async def _read(self) -> None:
        async with self._client.stream("GET", "/chat/stream", timeout=None) as stream:
            assert stream.status_code == 200
            kind, data = "", list[str]()
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    kind = line[7:]
                elif line.startswith("data: "):
                    data.append(line[6:])
                elif not line and data:
                    await self._shown(kind, "\n".join(data))
                    data = []

    async def _shown(self, kind: str, body: str) -> None:
        seen = None if kind == "toast" else await _seen(body, self._fetched)
        async with self._told:
            if kind == "toast":
                self._toasts.append(body)
            elif seen is not None:
                self._lines[str(seen.id)] = seen
            self._told.notify_all()

    async def _fetched(self, address: str) -> Upload:
        answer = await self._client.get(address)
        assert answer.status_code == 200
        return Upload(answer.content, "", answer.headers["content-type"])


class WebPress(Press):
    """A press on the page; its answer is the notice that passes over it."""

    def __init__(self, double: TelegramDouble, id: str, *, person: WebPerson, number: int) -> None:
        super().__init__(double, id)
        self._person, self._number = person, number

    async def is_answered(self, within_s: float = PATIENCE_S) -> str:
        """Wait for the notice."""
        await self._person.has_spoken()
        await self._person.until(lambda: self._person.toast(self._number) is not None, max(within_s, PATIENCE_S))
        return self._person.toast(self._number) or ""


async def _seen(html: str, fetched: Callable[[str], Awaitable[Upload]]) -> Seen | None:
    """A line of the page as a message; None for the person's own words."""
    line = _Line()
    line.feed(html)
    if line.mine:
        return None
    raw: dict[str, Any] = {"message_id": line.number, "text": line.words.strip()}
    upload = await fetched(line.file) if line.file else None
    if line.rows:
        raw["reply_markup"] = {
            "inline_keyboard": [[{"text": label, "callback_data": id_} for id_, label in row] for row in line.rows]
        }
    if upload is not None:
        raw[
            "photo" if upload.mime == "image/jpeg" else "voice" if upload.mime.startswith("audio/") else "document"
        ] = {}
    point = re.search(r"📍 (-?[0-9.]+), (-?[0-9.]+)", line.notes)
    if point:
        raw["location"] = {"latitude": float(point[1]), "longitude": float(point[2])}
    return Seen(raw, {}, upload)


class _Line(HTMLParser):
    """Takes one line of the page apart."""

    def __init__(self) -> None:
        super().__init__()
        self.number, self.mine, self.words, self.notes, self.file = 0, False, "", "", ""
        self.rows: list[list[tuple[str, str]]] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        match tag:
            case "li":
                self.number, self.mine = int(told["id"][1:]), "mine" in told["class"]
            case "p":
                self._in = "note" if told.get("class") == "note" else "words"
            case "br":
                self.words += "\n"
            case "div" if told.get("class") == "row":
                self.rows.append([])
            case "button" if told.get("name") == "button":
                self.rows[-1].append((told["value"], ""))
                self._in = "button"
            case "img" | "audio" | "video":
                self.file = told["src"]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "button"):
            self._in = ""

    def handle_data(self, data: str) -> None:
        match self._in:
            case "words":
                self.words += data
            case "note":
                self.notes += data
            case "button":
                id_, label = self.rows[-1][-1]
                self.rows[-1][-1] = (id_, label + data)
