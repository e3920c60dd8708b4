"""The server's memory, and the door for tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from starlette.routing import Route

from tests.doubles.changes import Changes
from tests.doubles.loopback import Loopback
from tests.doubles.telegram.asked import Asked, Upload, bad_request
from tests.doubles.telegram.chats import Chat
from tests.doubles.telegram.faults import Fault, Faults
from tests.doubles.telegram.people import Group, Person, Press
from tests.doubles.telegram.updates import Updates
from tests.patience import PATIENCE_S

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """One request that reached the server. `method` is in lower case."""

    method: str
    values: dict[str, Any]
    at: float


class TelegramDouble:
    """`async with TelegramDouble() as telegram:` serves at `telegram.url` with the token `telegram.token`."""

    def __init__(self, *, token: str = "700001:invented-token-for-tests", username: str = "tinbao_thu_bot") -> None:
        self.token, self.username = token, username
        self.bot_id = int(token.partition(":")[0])
        self.reads_all_in_groups = False
        """False is Telegram's privacy mode: of a group's messages the bot gets commands, answers to it and news."""
        self.hides_sizes = False
        """`getFile` need not tell the size."""
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        """What the server's messages are dated by; a story puts its own clock here."""
        self.changes = Changes()
        self.faults = Faults()
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.calls: list[Call] = []
        self._number = 1_000

    def stamp(self) -> int:
        """The time as Telegram writes it: whole seconds since 1970, UTC."""
        return int(self.now().timestamp())

    async def start(self, port: int = 0, more: Sequence[Route] = ()) -> None:
        """Open the address, with `more` routes beside Telegram's."""
        from tests.doubles.telegram.server import telegram_app

        self.updates = Updates(self.changes)
        self._served = await Loopback(telegram_app(self, more), port).__aenter__()
        self.url = self._served.url

    async def stop(self) -> None:
        """Close it."""
        self.faults.let_all_go()
        await self.updates.close()
        await self._served.__aexit__(None, None, None)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def person(self, name: str, *, language: str = "vi", met: bool = False) -> Person:
        """Somebody with the app. `met`: has spoken with the bot before, so that it may write."""
        number = self.new_number()
        chat = Chat(
            id=number, type="private", about={"first_name": name}, numbers=iter(self.new_number, None),
            bot="member" if met else "none",
        )  # fmt: skip
        self.chats[number] = chat
        return Person(self, chat, name, language)

    def group(self, title: str, members: Sequence[Person] = (), *, supergroup: bool = True) -> Group:
        """A group with the bot in it, as a plain member."""
        number = -(1_000_000_000_000 + self.new_number()) if supergroup else -self.new_number()
        kind = "supergroup" if supergroup else "group"
        chat = Chat(id=number, type=kind, about={"title": title}, bot="member")
        self.chats[number] = chat
        return Group(self, chat, list(members))

    def fails(self, method: str, fault: Fault, *, chat: int | None = None, times: int = 1) -> Fault:
        """From now on `method` goes wrong that many times."""
        return self.faults.add(method, fault, chat=chat, times=times)

    def calls_of(self, method: str) -> list[Call]:
        """The requests for one method so far."""
        return [call for call in self.calls if call.method == method.lower()]

    async def called(self, method: str, times: int = 1, within_s: float = PATIENCE_S) -> list[Call]:
        """Wait until a method was asked for so many times."""

        def enough() -> list[Call] | None:
            calls = self.calls_of(method)
            return calls if len(calls) >= times else None

        return await self.changes.until(enough, within_s)

    async def all_taken(self, within_s: float = PATIENCE_S) -> None:
        """Wait until the bot has taken every update."""
        await self.changes.until(lambda: not self.updates.pending, within_s)

    async def until(self, found: Callable[[], T | None], within_s: float = PATIENCE_S) -> T:
        """Wait for anything that shows in this double."""
        return await self.changes.until(found, within_s)

    def me(self) -> dict[str, Any]:
        """The bot as a User."""
        return {"id": self.bot_id, "is_bot": True, "first_name": "Tin Báo (thử)", "username": self.username}

    def new_number(self) -> int:
        """A number that nobody has yet: Telegram counts the messages of private chats and small groups together."""
        self._number += 1
        return self._number

    def chat_of(self, asked: Asked) -> Chat:
        """The chat that a request names."""
        if not asked.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(asked.number("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def keep_file(self, upload: Upload) -> dict[str, Any]:
        """Keep a file; what the Bot API says of it."""
        number = f"file{self.new_number()}"
        self.files[number] = upload
        return {"file_id": number, "file_unique_id": f"u{number}", "file_size": len(upload.data)}

    def described(self, kind: str, upload: Upload) -> Any:
        """A file as it stands in a Message. A photo comes in sizes, the largest last."""
        if kind == "photo":
            small = self.keep_file(Upload(upload.data[: max(len(upload.data) // 4, 1)], upload.name, upload.mime))
            return [{**small, "width": 90, "height": 67}, {**self.keep_file(upload), "width": 1280, "height": 960}]
        about = self.keep_file(upload)
        match kind:
            case "voice":
                return {**about, "duration": 3, "mime_type": upload.mime or "audio/ogg"}
            case "audio":
                return {**about, "duration": 3, "mime_type": upload.mime, "file_name": upload.name}
            case "video" | "animation":
                size = {"width": 640, "height": 480, "duration": 3}
                return {**about, **size, "mime_type": upload.mime, "file_name": upload.name}
            case "video_note":
                return {**about, "length": 240, "duration": 3}
            case _:
                return {**about, "mime_type": upload.mime, "file_name": upload.name}

    def note_call(self, method: str, values: dict[str, Any]) -> None:
        """Remember a request."""
        self.calls.append(Call(method.lower(), values, time.monotonic()))
        self.changes.tell()
