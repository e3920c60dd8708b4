"""Telegram's webhook: requests without the secret are rejected, and no update is acknowledged before it is stored."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.types import EventDict

from bot.channel import NotStored
from bot.telegram.routes import HEADER, LARGEST_BODY, PATH, telegram_routes
from core.messages import Inbound
from tests.doubles.loopback import Loopback
from tests.doubles.telegram import TelegramDouble
from tests.patience import PATIENCE_S, patiently

SECRET = "only-between-us"
UPDATE: dict[str, Any] = {
    "update_id": 41,
    "message": {
        "message_id": 1,
        "date": 1790000000,
        "from": {"id": 5001, "is_bot": False, "first_name": "Lan"},
        "chat": {"id": 5001, "type": "private", "first_name": "Lan"},
        "text": "Cháy ở đầu ngõ",
    },
}


class AppContext:
    """The application as the channel sees it: it stores a message once, unless its database is unavailable."""

    def __init__(self) -> None:
        self.kept: dict[str, Inbound] = {}
        self.broken: dict[tuple[str, str], bytes] = {}
        self.away = 0
        self.bugs = 0
        self.door: asyncio.Event | None = None
        self.at_the_door = asyncio.Event()

    async def hear(self, heard: Inbound) -> None:
        if self.door is not None:
            self.at_the_door.set()
            await self.door.wait()
        if self.away:
            self.away -= 1
            raise NotStored
        if self.bugs:
            self.bugs -= 1
            raise LookupError(heard.text)
        self.kept.setdefault(heard.message_key, heard)

    async def keep_broken(self, channel: str, key: str, raw: bytes) -> None:
        if self.away:
            self.away -= 1
            raise NotStored
        self.broken[channel, key] = raw

    def texts(self) -> list[str]:
        return [heard.text for heard in self.kept.values()]


def app_of(context: AppContext, secret: str = SECRET) -> Starlette:
    routes = telegram_routes(
        secret=secret,
        bot_id=700001,
        bot_name=lambda: "tinbao_thu_bot",
        hear=context.hear,
        keep_broken=context.keep_broken,
        now=lambda: datetime(2026, 11, 21, tzinfo=UTC),
    )
    return Starlette(routes=list(routes))


@pytest.fixture
def context() -> AppContext:
    return AppContext()


@pytest.fixture
async def served(context: AppContext) -> AsyncIterator[Loopback]:
    async with Loopback(app_of(context)) as served:
        yield served


@pytest.fixture
async def outside(served: Loopback) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=served.url, trust_env=False, timeout=PATIENCE_S) as client:
        yield client


async def bring(outside: httpx.AsyncClient, body: object, secret: str = SECRET) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await outside.post(PATH, content=content, headers={HEADER: secret, "Content-Type": "application/json"})


async def test_an_update_is_heard_and_only_then_answered(outside: httpx.AsyncClient, context: AppContext) -> None:
    context.door = asyncio.Event()
    answer = asyncio.create_task(bring(outside, UPDATE))
    await patiently(context.at_the_door.wait())
    assert not answer.done()
    context.door.set()
    assert (await answer).status_code == 200
    assert context.texts() == ["Cháy ở đầu ngõ"]
    assert list(context.kept) == ["700001:41"]


async def test_the_same_update_twice_is_one_message(outside: httpx.AsyncClient, context: AppContext) -> None:
    assert (await bring(outside, UPDATE)).status_code == 200
    assert (await bring(outside, UPDATE)).status_code == 200
    assert context.texts() == ["Cháy ở đầu ngõ"]


@pytest.mark.parametrize("wrong", ["", "only-between-u", "only-between-us!", "ONLY-BETWEEN-US", "x" * 300])
async def test_a_request_with_a_wrong_secret_is_rejected(
    outside: httpx.AsyncClient, context: AppContext, wrong: str
) -> None:
    answer = await outside.post(PATH, json=UPDATE, headers={HEADER: wrong})
    assert (answer.status_code, answer.content) == (401, b"")
    assert not context.kept
    assert not context.broken


async def test_without_a_secret_in_the_settings_every_request_is_rejected(context: AppContext) -> None:
    async with (
        Loopback(app_of(context, "")) as served,
        httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client,
    ):
        assert (await client.post(served.url + PATH, json=UPDATE)).status_code == 401
        assert (await client.post(served.url + PATH, json=UPDATE, headers={HEADER: ""})).status_code == 401
    assert not context.kept


async def test_without_the_secret_not_a_byte_of_the_body_is_read(context: AppContext) -> None:
    """The test fails if the stream of the body is read."""

    async def untouchable() -> Any:
        raise AssertionError("the body was read")

    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {
        "type": "http", "method": "POST", "path": PATH, "raw_path": PATH.encode(), "root_path": "",
        "query_string": b"", "headers": [(HEADER.lower().encode(), b"\xffwrong")], "http_version": "1.1",
        "scheme": "http", "client": None, "server": None, "app": None,
    }  # fmt: skip
    await app_of(context)(scope, untouchable, send)
    assert answers[0]["status"] == 401


@pytest.mark.parametrize("secret", [SECRET, "wrong"])
async def test_a_huge_body_is_cut_off_while_it_comes(
    outside: httpx.AsyncClient, context: AppContext, secret: str
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 200 * LARGEST_BODY:
            sent += 100_000
            yield b" " * 100_000

    with contextlib.suppress(
        httpx.NetworkError
    ):  # or the server closes the connection while we are sending, which is as good
        answer = await outside.post(PATH, content=endless(), headers={HEADER: secret})
        assert answer.status_code == (413 if secret == SECRET else 401)
    assert sent < 50 * LARGEST_BODY
    assert not context.kept
    assert not context.broken


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"{not json", None),
        (b"[]", None),
        (b'"x"', None),
        (b'{"message": {}}', None),
        ({**UPDATE, "message": {**UPDATE["message"], "text": 5}}, "700001:41"),
        ({"update_id": 42, "message": {"text": "ai đó"}}, "700001:42"),
    ],
)
async def test_an_unreadable_update_is_set_aside_and_not_sent_again(
    outside: httpx.AsyncClient, context: AppContext, body: object, key: str | None
) -> None:
    for _ in range(2):
        assert (await bring(outside, body)).status_code == 200
    ((channel, kept_as), raw) = next(iter(context.broken.items()))
    assert len(context.broken) == 1
    assert channel == "telegram"
    assert raw == (body if isinstance(body, bytes) else json.dumps(body).encode())
    assert kept_as == key or (key is None and kept_as.startswith("700001:sha256:"))
    assert not context.kept


async def test_an_update_of_an_unknown_kind_is_answered_and_dropped(
    outside: httpx.AsyncClient, context: AppContext
) -> None:
    assert (await bring(outside, {"update_id": 50, "something_new": {"of": "next year"}})).status_code == 200
    assert not context.kept
    assert not context.broken


async def test_group_messages_that_do_not_address_the_bot_are_not_stored(
    outside: httpx.AsyncClient, context: AppContext
) -> None:
    group = {"id": -100123, "type": "supergroup", "title": "Tổ 3"}
    talk = {**UPDATE, "message": {**UPDATE["message"], "chat": group, "text": "Chiều nay họp nhé"}}
    order = {"update_id": 42, "message": {**talk["message"], "text": "/thang"}}
    assert (await bring(outside, talk)).status_code == 200
    assert (await bring(outside, order)).status_code == 200
    assert context.texts() == ["/thang"]


async def test_when_nothing_could_be_stored_the_response_asks_for_a_retry(
    outside: httpx.AsyncClient, context: AppContext
) -> None:
    context.away = 2
    refused = await bring(outside, UPDATE)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert (await bring(outside, b"{broken")).status_code == 503
    assert (await bring(outside, UPDATE)).status_code == 200
    assert context.texts() == ["Cháy ở đầu ngõ"]


async def test_telegram_retries_what_was_not_stored_and_holds_up_nobody_else(context: AppContext) -> None:
    async with TelegramDouble() as telegram, Loopback(app_of(context)) as served:
        lan, hoa = telegram.person("Lan"), telegram.person("Hoa")
        telegram.updates.set_webhook(served.url + PATH, SECRET, 40, None, drop=False)
        context.away = 3
        for text in ("một", "hai", "ba"):
            lan.says(text)
        hoa.says("chào")
        await telegram.all_taken()
        assert [heard.text for heard in context.kept.values() if heard.sender == str(lan.id)] == ["một", "hai", "ba"]
        assert len(context.kept) == 4
        assert len(telegram.updates.delivered) == 4 + 3
        assert telegram.updates.last_error == "Wrong response from the webhook: 503 Service Unavailable"
        assert not telegram.updates.given_up


async def test_an_update_that_crashes_our_code_is_retried_and_then_set_aside(context: AppContext) -> None:
    async with TelegramDouble() as telegram, Loopback(app_of(context)) as served:
        lan = telegram.person("Lan")
        telegram.updates.set_webhook(served.url + PATH, SECRET, 40, None, drop=False)
        context.bugs = 3
        lan.says("tin làm hỏng máy")
        lan.says("tin sau")
        await telegram.all_taken()
        assert context.texts() == ["tin sau"]
        (raw,) = context.broken.values()
        assert json.loads(raw)["message"]["text"] == "tin làm hỏng máy"
        context.bugs = 1
        lan.says("chỉ hỏng một lần")
        await telegram.all_taken()
        assert context.texts() == ["tin sau", "chỉ hỏng một lần"]
        assert len(context.broken) == 1


async def test_logs_of_failures_contain_no_words_and_no_people(
    outside: httpx.AsyncClient, context: AppContext, logs: list[EventDict]
) -> None:
    context.bugs = 1
    assert (await bring(outside, UPDATE)).status_code == 500
    await bring(outside, {**UPDATE, "message": {**UPDATE["message"], "date": "Cháy"}})
    told = repr(logs)
    assert "700001:41" in told
    assert "LookupError" in told
    assert not [secret for secret in ("Cháy", "5001", "Lan", SECRET) if secret in told]
