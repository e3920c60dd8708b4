"""Updates that wait for the bot: asked for by polling, or brought to a webhook.

Polling counts an update as taken when a higher offset is asked for. A webhook gets one update of a chat at a time,
different chats side by side, each again and again until a 2xx answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from tests.doubles.changes import Changes
from tests.doubles.telegram.asked import ApiError

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Pending:
    """One update, and whose line it stands in."""

    update: dict[str, Any]
    chat: int
    tries: int = 0

    @property
    def id(self) -> int:
        """Its update_id."""
        return int(self.update["update_id"])


class Updates:
    """The queue of one bot. `retry_pause_s` is the wait before a repeat, `most_tries` after how many a webhook's update
    is given up."""

    def __init__(self, changes: Changes, *, first_id: int = 10_001) -> None:
        self._changes = changes
        self._next_id = first_id
        self.pending: list[Pending] = []
        self.given_up: list[dict[str, Any]] = []
        self.delivered: list[int] = []
        """Update ids of webhook requests that were answered, in the order of the answers, with repeats."""
        self.allowed: tuple[str, ...] = ()
        self.retry_pause_s = 0.01
        self.most_tries = 50
        self.answer_within_s = 60.0
        self.url = self.secret = self.last_error = ""
        self.last_error_at = 0
        self.connections = 40
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._time_outs = 0
        self._poller: asyncio.Future[None] | None = None
        self._client: httpx.AsyncClient | None = None
        self._closing: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def add(self, kind: str, body: dict[str, Any], chat: int) -> int | None:
        """Put an update into the queue; its id, or None when the bot did not ask for its kind."""
        if (self.allowed and kind not in self.allowed) or (not self.allowed and kind in NOT_BY_DEFAULT):
            return None
        number = self._next_id
        self._next_id += 1
        self.add_raw({"update_id": number, kind: body}, chat)
        return number

    @property
    def newest(self) -> int:
        """The number of the newest update, for stories of what comes twice."""
        return self._next_id - 1

    def add_raw(self, update: dict[str, Any], chat: int) -> None:
        """Put any JSON into the queue, also such as Telegram would never send."""
        self.pending.append(Pending(update, chat))
        self._next_id = max(self._next_id, int(update["update_id"]) + 1)
        self._changes.tell()
        self._deliver()

    async def get(self, offset: int | None, limit: int, wait_s: float) -> list[dict[str, Any]]:
        """`getUpdates`. A second question ends the first one with a conflict."""
        if self.url:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        mine = self._poller = asyncio.get_running_loop().create_future()
        self._confirm(offset)
        if not self.pending and wait_s > 0:
            before = self._time_outs

            def over() -> bool:
                return bool(self._from(offset)) or self._closing.done() or self._time_outs > before

            waiting = asyncio.ensure_future(self._changes.until(over, wait_s))
            await asyncio.wait((waiting, mine), return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        if mine.done():
            raise ApiError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        mine.cancel()
        return [item.update for item in self._from(offset)[: max(1, min(limit, 100))]]

    def time_out(self) -> None:
        """Answer the question that waits now, with nothing."""
        self._time_outs += 1
        self._changes.tell()

    def _from(self, offset: int | None) -> list[Pending]:
        """What is shown to somebody who asks with this offset."""
        return [item for item in self.pending if not offset or offset < 0 or item.id >= offset]

    def _confirm(self, offset: int | None) -> None:
        if not offset:
            return
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [item for item in self.pending if item.id >= offset]
        self._changes.tell()

    def set_webhook(
        self, url: str, secret: str, connections: int, allowed: Sequence[str] | None, *, drop: bool
    ) -> None:
        """`setWebhook`; an empty address deletes it. An omitted list of kinds keeps the earlier one."""
        self.url, self.secret = url, secret if url else ""
        self.connections = min(max(connections, 1), 100)
        if allowed is not None:
            self.allowed = tuple(allowed)
        if drop:
            self.pending.clear()
        if self._poller is not None and not self._poller.done() and url:
            self._poller.set_result(None)
        self._changes.tell()
        self._deliver()

    async def close(self) -> None:
        """Stop delivering and let pollers go."""
        self._closing.set_result(None)
        self.url = ""
        self._changes.tell()
        for task in list(self._under_way.values()):
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    def _deliver(self) -> None:
        """Start what can start: the oldest update of every chat that has none under way."""
        if not self.url:
            return
        for item in self.pending:
            if len(self._under_way) >= self.connections:
                return
            if item.chat not in self._under_way:
                self._under_way[item.chat] = asyncio.create_task(self._bring(item))

    async def _bring(self, item: Pending) -> None:
        try:
            while self.url and item in self.pending:
                item.tries += 1
                if await self._post(item.update) or item.tries >= self.most_tries:
                    self._settle(item)
                    return
                await asyncio.wait((self._closing,), timeout=self.retry_pause_s)
        finally:
            self._under_way.pop(item.chat, None)
            if not self._closing.done():
                self._deliver()
            self._changes.tell()

    def _settle(self, item: Pending) -> None:
        if item in self.pending:
            self.pending.remove(item)
        if item.tries >= self.most_tries:
            self.given_up.append(item.update)

    async def _post(self, update: dict[str, Any]) -> bool:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self.answer_within_s, trust_env=False)
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            answer = await self._client.post(self.url, json=update, headers=headers)
        except httpx.HTTPError as error:
            self._trouble(f"Connection failed: {type(error).__name__}")
            return False
        self.delivered.append(int(update["update_id"]))
        self._changes.tell()
        if answer.is_success:
            return True
        self._trouble(f"Wrong response from the webhook: {answer.status_code} {HTTPStatus(answer.status_code).phrase}")
        return False

    def _trouble(self, text: str) -> None:
        self.last_error, self.last_error_at = text, int(time.time())
        self._changes.tell()
