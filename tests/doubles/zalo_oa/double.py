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
from tests.doubles.zalo_oa.faults import Fault, Faults
from tests.doubles.zalo_oa.people import Group, Person
from tests.patience import PATIENCE_S

T = TypeVar("T")


class ZaloOaDouble:
    """`async with ZaloOaDouble() as zalo:` serves the API, the token server and people's files at `zalo.url`."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.app_id, self.oa_id = "1102233445566778899", "4400112233445566778"
        self.app_secret, self.secret = "invented-app-secret", "invented-oa-secret-key"
        self.now = now
        self.webhook = ""
        """Where events are brought to."""
        self.refresh_token, self.access_token = "refresh-0", ""
        self.lasts: object = "90000"
        """`expires_in`: text, as Zalo writes it."""
        self.refreshes = 0
        self.shapes = {"text_template"}
        """The shapes of buttons that this Zalo takes."""
        self.verified, self.package = True, "Growth"
        self.quota: int | None = None
        """Messages that are left; None: no end to them."""
        self.sent = 0
        self.changes, self.faults = Changes(), Faults()
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.files: dict[str, bytes] = {}
        self.uploads: dict[str, bytes] = {}
        self.hides_sizes = False
        """Files come without their length."""
        self.redirects: dict[str, str] = {}
        self.calls: list[tuple[str, Any]] = []
        self.not_taken: list[dict[str, Any]] = []
        """Events that the webhook did not answer with 200."""
        self._number = 7_719_034_428_810_000_000

    async def __aenter__(self) -> Self:
        from tests.doubles.zalo_oa.server import zalo_oa_app

        self._served = await Loopback(zalo_oa_app(self)).__aenter__()
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
        """A group that the account made."""
        group = Group(self, self.new_id())
        self.groups[group.id] = group
        return group

    def fails(self, call: str, fault: Fault, times: int = 1) -> Fault:
        """From now on `call` goes wrong that many times."""
        return self.faults.add(call, fault, times)

    def calls_of(self, call: str) -> list[Any]:
        """What was asked by one kind of call so far."""
        return [content for name, content in self.calls if name == call]

    async def until(self, found: Callable[[], T | None], within_s: float = PATIENCE_S) -> T:
        """Wait for anything that shows in this double."""
        return await self.changes.until(found, within_s)

    async def bring(self, event: dict[str, Any]) -> int:
        """Bring an event to the webhook, signed; its HTTP status. What is not taken can be brought again."""
        raw = json.dumps(event, ensure_ascii=False).encode()
        status = await self.bring_raw(raw, f"mac={self.sign(raw, str(event['timestamp']))}")
        if status != 200:
            self.not_taken.append(event)
        return status

    async def bring_raw(self, raw: bytes, signature: str | None) -> int:
        """Any bytes with any signature."""
        headers = {b"Content-Type": b"application/json"}
        if signature is not None:
            headers[b"X-ZEvent-Signature"] = signature.encode("latin-1")
        return (await self._http.post(self.webhook, content=raw, headers=headers)).status_code

    async def bring_again(self) -> list[int]:
        """The repeat ladder's next step, at once."""
        events, self.not_taken = self.not_taken, []
        return [await self.bring(event) for event in events]

    def sign(self, raw: bytes, stamp: str) -> str:
        """The signature's 64 hex digits."""
        return hashlib.sha256(self.app_id.encode() + raw + stamp.encode() + self.secret.encode()).hexdigest()

    def stamp(self) -> str:
        """Now, as Zalo writes it: milliseconds, in text."""
        return str(int(self.now().timestamp() * 1000))

    def new_id(self) -> str:
        """A number that nobody has yet, as text; too long for a float."""
        self._number += 1
        return str(self._number)

    def keep_file(self, data: bytes, name: str) -> str:
        """Keep somebody's file; the public link to it."""
        key = f"{self.new_id()}-{name.lstrip('.')}"
        self.files[key] = data
        return f"{self.url}/media/{key}"

    def note(self, call: str, content: Any) -> None:
        """Remember a request."""
        self.calls.append((call, content))
        self.changes.tell()

    def new_pair(self) -> dict[str, Any]:
        """Spend the refresh token: a new pair, the old one dies."""
        self.refreshes += 1
        self.access_token, self.refresh_token = f"access-{self.refreshes}", f"refresh-{self.refreshes}"
        return {"access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": self.lasts}
