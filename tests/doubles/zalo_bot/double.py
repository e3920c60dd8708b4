"""The servers' memory, and the door for tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from tests.doubles.changes import Changes
from tests.doubles.loopback import Loopback
from tests.doubles.zalo_bot.people import Group, Person
from tests.doubles.zalo_oa.faults import Fault, Faults
from tests.patience import PATIENCE_S

T = TypeVar("T")


class ZaloBotDouble:
    """`async with ZaloBotDouble() as zalo:` serves the Bot API and people's files at `zalo.url`."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.token, self.bot_id, self.name = "7012345678901:invented-Secret_1", "7012345678901", "Bot Tin Báo"
        self.now = now
        self.webhook = self.secret = ""
        """Where events are brought to, and what is brought along."""
        self.wrapped = False
        """Bring events as the documentation has them, not as they come."""
        self.repeats = False
        """Polling brings the last update again and again until there is another."""
        self.idle_s = 0.02
        """How long an empty answer to `getUpdates` is held back; a short one, whatever was asked for."""
        self.quota: int | None = None
        """Messages that are left; None: no end to them."""
        self.pending: list[dict[str, Any]] = []
        self.last: dict[str, Any] | None = None
        self.changes, self.faults = Changes(), Faults()
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.files: dict[str, bytes] = {}
        self.calls: list[tuple[str, Any]] = []
        self._number = 0

    async def __aenter__(self) -> Self:
        from tests.doubles.zalo_bot.server import zalo_bot_app

        self._served = await Loopback(zalo_bot_app(self)).__aenter__()
        self.url = self._served.url
        self._http = httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.let_all_go()
        await self._http.aclose()
        await self._served.__aexit__(None, None, None)

    def person(self, name: str = "Lan") -> Person:
        """Somebody with the app, who has written before."""
        person = Person(self, self.new_id(), name)
        self.people[person.id] = person
        return person

    def group(self) -> Group:
        """A group with the bot in it."""
        group = Group(self.new_id())
        self.groups[group.id] = group
        return group

    def fails(self, call: str, fault: Fault, times: int = 1) -> Fault:
        """From now on `call` (a method's name, or "media") goes wrong that many times."""
        return self.faults.add(call, fault, times)

    def calls_of(self, call: str) -> list[Any]:
        """What was asked by one kind of call so far."""
        return [content for name, content in self.calls if name == call]

    async def until(self, found: Callable[[], T | None], within_s: float = PATIENCE_S) -> T:
        """Wait for anything that shows in this double."""
        return await self.changes.until(found, within_s)

    async def bring(self, event: dict[str, Any]) -> int:
        """Bring an event to the webhook, with its secret; its HTTP status. Without one, keep it for the asking: 0."""
        if not self.webhook:
            self.pending.append(event)
            self.changes.tell()
            return 0
        body = {"ok": True, "result": event} if self.wrapped else event
        return await self.bring_raw(json.dumps(body, ensure_ascii=False).encode(), self.secret)

    async def bring_raw(self, raw: bytes, secret: str | None) -> int:
        """Any bytes with any secret."""
        headers = {b"User-Agent": b"Java/17.0.2"} | ({b"Content-Type": b"application/json"} if raw else {})
        if secret is not None:
            headers[b"X-Bot-Api-Secret-Token"] = secret.encode()
        return (await self._http.post(self.webhook, content=raw, headers=headers)).status_code

    async def look_at(self, url: str) -> dict[str, Any]:
        """Zalo's own look at a webhook: without a body, without a secret."""
        try:
            status = (await self._http.post(url)).status_code
        except httpx.HTTPError:
            status = 0
        good = status == 200
        outcome = "webhook.ok" if good else f"webhook.http.{status}"
        return {"ok": good, "status_code": status, "outcome": outcome, "hint": "" if good else "invented hint"}

    def new_id(self) -> str:
        """An id that nobody has yet: 20 hex digits."""
        self._number += 1
        return hashlib.sha256(str(self._number).encode()).hexdigest()[:20]

    def keep_file(self, data: bytes, name: str) -> str:
        """Keep somebody's file; the public link to it."""
        key = f"{self.new_id()}{name}"
        self.files[key] = data
        return f"{self.url}/media/{key}"

    def note(self, call: str, content: Any) -> None:
        """Remember a request."""
        self.calls.append((call, content))
        self.changes.tell()

    def next_update(self) -> dict[str, Any] | None:
        """The next update for `getUpdates`, or None."""
        if self.pending:
            self.last = self.pending.pop(0)
            self.changes.tell()
            return self.last
        return self.last if self.repeats else None
