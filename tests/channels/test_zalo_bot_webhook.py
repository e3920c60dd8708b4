"""The Zalo bot's webhook: requests without the secret are rejected, and no event is acknowledged before it is
stored."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.types import EventDict

from bot.zalo_bot.routes import PATH, zalo_bot_routes
from tests.channels.test_zalo_oa_webhook import AppContext
from tests.conftest import NOW
from tests.doubles.loopback import Loopback
from tests.doubles.zalo_bot import Person, ZaloBotDouble
from tests.patience import PATIENCE_S, patiently

SECRET = "a-secret-of-thirty-two-characters"


def app_of(context: AppContext, zalo: ZaloBotDouble, secret: str = SECRET) -> Starlette:
    routes = zalo_bot_routes(
        secret=secret,
        bot_id=zalo.bot_id,
        names=lambda: (zalo.name,),
        hear=context.hear,
        keep_broken=context.keep_broken,
        now=lambda: NOW,
    )
    return Starlette(routes=list(routes))


@pytest.fixture
def context() -> AppContext:
    return AppContext()


@pytest.fixture
async def zalo(context: AppContext) -> AsyncIterator[ZaloBotDouble]:
    async with ZaloBotDouble(lambda: NOW) as double, Loopback(app_of(context, double)) as served:
        double.webhook, double.secret = served.url + PATH, SECRET
        yield double


@pytest.fixture
def lan(zalo: ZaloBotDouble) -> Person:
    return zalo.person("Lan")


def raw_of(event: dict[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()


async def test_an_event_is_heard_and_only_then_answered(lan: Person, context: AppContext, zalo: ZaloBotDouble) -> None:
    context.door = asyncio.Event()
    answer = asyncio.create_task(lan.says("Cháy ở đầu ngõ"))
    await patiently(context.at_the_door.wait())
    assert not answer.done()
    context.door.set()
    assert await answer == 200
    (heard,) = context.kept.values()
    assert (heard.text, heard.sender, heard.chat, heard.sent_at) == ("Cháy ở đầu ngõ", lan.id, lan.id, NOW)


@pytest.mark.parametrize("wrapped", [False, True])
async def test_the_same_event_twice_is_one_message_wrapped_or_not(
    lan: Person, context: AppContext, zalo: ZaloBotDouble, wrapped: bool
) -> None:
    zalo.wrapped = wrapped
    event = lan.event("text", {"text": "một"})
    assert [await zalo.bring(event), await zalo.bring(event)] == [200, 200]
    assert context.texts() == ["một"]


@pytest.mark.parametrize("secret", [None, "", "a-secret", SECRET.upper(), f"{SECRET}x", f"{SECRET} x", "bí-mật"])
async def test_only_requests_with_the_secret_are_accepted(
    lan: Person, context: AppContext, zalo: ZaloBotDouble, secret: str | None
) -> None:
    event = raw_of(lan.event("text", {"text": "Cháy"}))
    assert await zalo.bring_raw(event, secret) == 401
    assert not context.kept
    assert not context.broken
    assert await zalo.bring_raw(event, SECRET) == 200
    assert context.texts() == ["Cháy"]


async def test_without_a_secret_in_the_settings_every_request_is_rejected(
    context: AppContext, zalo: ZaloBotDouble, lan: Person
) -> None:
    async with Loopback(app_of(context, zalo, secret="")) as served:
        zalo.webhook = served.url + PATH
        for secret in (None, "", "a"):
            assert await zalo.bring_raw(raw_of(lan.event("text", {"text": "a"})), secret) == 401
    assert not context.kept


async def test_a_strangers_body_is_not_even_read(zalo: ZaloBotDouble) -> None:
    """A client announces a body and does not send it. It gets its response all the same, and the connection is
    closed."""
    address = httpx.URL(zalo.webhook)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n".encode())
    answer = await patiently(reader.read())
    writer.close()
    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(("secret", "status"), [(SECRET, 413), ("wrong-secret", 401)])
async def test_a_huge_body_is_cut_off_while_it_comes(
    context: AppContext, zalo: ZaloBotDouble, told: bool, secret: str, status: int
) -> None:
    sent = 0

    async def ten_megabytes_and_more() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100_000_000:
            sent += 50_000
            yield b" " * 50_000

    headers = {"X-Bot-Api-Secret-Token": secret} | ({"Content-Length": "100000000"} if told else {})
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
        with contextlib.suppress(
            httpx.NetworkError
        ):  # or the server closes the connection while we are sending, which is as good
            answer = await client.post(zalo.webhook, content=ten_megabytes_and_more(), headers=headers)
            assert answer.status_code == status
    assert sent < 20_000_000
    assert not context.kept
    assert not context.broken


async def test_a_body_just_over_the_limit_gets_its_answer(
    context: AppContext, zalo: ZaloBotDouble, lan: Person
) -> None:
    event = raw_of(lan.event("text", {"text": "vừa đủ"}))
    assert await zalo.bring_raw(event + b" " * (256 * 1024 - len(event)), SECRET) == 200
    assert await zalo.bring_raw(event + b" " * (256 * 1024 - len(event) + 1), SECRET) == 413
    assert context.texts() == ["vừa đủ"]


async def test_zalos_test_request_is_answered_and_not_processed(context: AppContext, zalo: ZaloBotDouble) -> None:
    for secret in (SECRET, None):
        assert await zalo.bring_raw(b"", secret) == 200
    assert await zalo.bring_raw(b" \n", SECRET) == 200
    assert not context.kept
    assert not context.broken


async def test_unknown_and_unreadable_events_are_kept_once_for_the_operator(
    context: AppContext, zalo: ZaloBotDouble, lan: Person
) -> None:
    good = lan.event("text", {"text": "bí mật"})
    unknown = {**good, "event_name": "message.hologram.received"}
    broken = {**good, "message": {**good["message"], "text": 5}}
    bodies = [raw_of(unknown), raw_of(unknown), raw_of(broken), b"{}", b"[]", b"khong phai json", b"\xff\xfe"]
    assert [await zalo.bring_raw(body, SECRET) for body in bodies] == [200] * len(bodies)
    assert list(context.broken.values()) == bodies[1:]
    assert {channel for channel, _ in context.broken} == {"zalo_bot"}
    assert all(len(key) <= 120 and key.startswith(zalo.bot_id) for _, key in context.broken)
    assert not context.kept


async def test_when_nothing_could_be_stored_zalo_is_told_so(
    context: AppContext, zalo: ZaloBotDouble, lan: Person
) -> None:
    event = lan.event("text", {"text": "một"})
    context.away = 1
    assert [await zalo.bring(event), await zalo.bring(event)] == [503, 200]
    context.away = 1
    assert [await zalo.bring_raw(b"{}", SECRET), await zalo.bring_raw(b"{}", SECRET)] == [503, 200]
    assert context.texts() == ["một"]
    assert len(context.broken) == 1


async def test_an_event_that_crashes_our_code_is_set_aside_in_the_end(
    context: AppContext, zalo: ZaloBotDouble, lan: Person, logs: list[EventDict]
) -> None:
    event = lan.event("text", {"text": "tin làm hỏng máy"})
    context.bugs = 3
    assert [await zalo.bring(event) for _ in range(3)] == [500, 500, 200]
    (raw,) = context.broken.values()
    assert json.loads(raw) == event
    assert not [secret for secret in ("hỏng", lan.id, SECRET, zalo.token) if secret in repr(logs)]
