"""The Official Account's webhook: bodies without Zalo's signature are rejected, and no event is acknowledged before it
is stored."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from structlog.testing import capture_logs
from structlog.types import EventDict

from bot.channel import NotStored
from bot.zalo_oa.read import OwnAccount
from bot.zalo_oa.routes import PATH, zalo_oa_routes
from bot.zalo_oa.signature import BadSignature, signed
from core.messages import Inbound
from tests.conftest import NOW
from tests.doubles.loopback import Loopback
from tests.doubles.zalo_oa import Person, ZaloOaDouble
from tests.patience import PATIENCE_S, patiently


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


def app_of(context: AppContext, zalo: ZaloOaDouble, *, oa_id: str | None = None, **more: Any) -> Starlette:
    us = OwnAccount(zalo.app_id, zalo.oa_id if oa_id is None else oa_id)
    secret = more.pop("secret", zalo.secret)
    routes = zalo_oa_routes(
        us=us, secret=secret, hear=context.hear, keep_broken=context.keep_broken, now=lambda: NOW, **more
    )
    return Starlette(routes=list(routes))


@pytest.fixture
def context() -> AppContext:
    return AppContext()


@pytest.fixture
async def zalo(context: AppContext) -> AsyncIterator[ZaloOaDouble]:
    async with ZaloOaDouble(lambda: NOW) as double, Loopback(app_of(context, double)) as served:
        double.webhook = served.url + PATH
        yield double


@pytest.fixture
def lan(zalo: ZaloOaDouble) -> Person:
    return zalo.person("Lan")


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    with capture_logs() as logs:
        yield logs
    structlog.configure(**before)


def raw_of(event: dict[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()


async def test_an_event_is_heard_and_only_then_answered(lan: Person, context: AppContext, zalo: ZaloOaDouble) -> None:
    context.door = asyncio.Event()
    answer = asyncio.create_task(lan.says("Cháy ở đầu ngõ"))
    await patiently(context.at_the_door.wait())
    assert not answer.done()
    context.door.set()
    assert await answer == 200
    ((key, heard),) = context.kept.items()
    assert (heard.text, heard.sender, heard.chat, heard.sent_at) == ("Cháy ở đầu ngõ", lan.id, lan.id, NOW)
    assert key.startswith(f"{zalo.oa_id}:")


async def test_the_same_event_twice_is_one_message(lan: Person, context: AppContext, zalo: ZaloOaDouble) -> None:
    event = lan.message("text", {"text": "một"})
    assert [await zalo.bring(event), await zalo.bring(event)] == [200, 200]
    assert context.texts() == ["một"]


async def test_only_bodies_with_zalos_own_signature_are_accepted(
    lan: Person, context: AppContext, zalo: ZaloOaDouble
) -> None:
    event = lan.message("text", {"text": "Cháy"})
    raw = raw_of(event)
    stamp = event["timestamp"]
    good = zalo.sign(raw, stamp)
    keyed = hmac.digest(zalo.secret.encode(), zalo.app_id.encode() + raw + stamp.encode(), hashlib.sha256).hex()
    with_oa = hashlib.sha256(zalo.oa_id.encode() + raw + stamp.encode() + zalo.secret.encode()).hexdigest()
    app_secret = hashlib.sha256(zalo.app_id.encode() + raw + stamp.encode() + zalo.app_secret.encode()).hexdigest()
    changed = raw.replace("Cháy".encode(), "Chảy".encode())
    for body, signature in [
        (raw, None),
        (raw, ""),
        (raw, "mac="),
        (raw, f"mac={good[:-1]}"),
        (raw, f"mac={good[:-1]}{'0' if good[-1] != '0' else '1'}"),
        (raw, f"mac={keyed}"),
        (raw, f"mac={with_oa}"),
        (raw, f"mac={app_secret}"),
        (raw, "mac=\xff\xfe"),
        (changed, f"mac={good}"),
        (raw + b" ", f"mac={good}"),
        (b"", f"mac={good}"),
        (b"[]", f"mac={good}"),
        (b'{"timestamp": null}', f"mac={good}"),
        (b'{"timestamp": "9999999999999999999999"}', f"mac={good}"),
    ]:
        assert await zalo.bring_raw(body, signature) == 401, signature
    assert not context.kept
    assert not context.broken
    assert await zalo.bring_raw(raw, f"mac={good}") == 200
    assert await zalo.bring_raw(raw, good.upper()) == 200
    assert context.texts() == ["Cháy"]


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (timedelta(hours=1, minutes=59), 200),
        (timedelta(hours=2, minutes=1), 401),
        (timedelta(days=400), 401),
        (-timedelta(minutes=4), 200),
        (-timedelta(minutes=6), 401),
    ],
)
async def test_an_old_event_is_rejected_however_well_it_is_signed(
    lan: Person, context: AppContext, zalo: ZaloOaDouble, age: timedelta, status: int
) -> None:
    zalo.now = lambda: NOW - age
    assert await lan.says("Cháy") == status
    assert len(context.kept) == (status == 200)


@pytest.mark.parametrize("stamp", ["9" * 15, "9" * 30, "-1", "1e12", "", "１２３", 1.5, None, True])
async def test_an_event_with_an_invalid_time_is_rejected(
    context: AppContext, zalo: ZaloOaDouble, lan: Person, stamp: object
) -> None:
    assert await zalo.bring({**lan.message("text", {"text": "Cháy"}), "timestamp": stamp}) == 401
    assert not context.kept


async def test_without_a_secret_in_the_settings_every_request_is_rejected(
    context: AppContext, zalo: ZaloOaDouble, lan: Person
) -> None:
    async with Loopback(app_of(context, zalo, secret="")) as served:
        zalo.webhook, zalo.secret = served.url + PATH, ""
        assert await lan.says("a") == 401
    assert not context.kept


async def test_while_the_address_is_being_registered_an_unsigned_test_gets_200_and_is_not_heard(
    context: AppContext, zalo: ZaloOaDouble, lan: Person
) -> None:
    async with Loopback(app_of(context, zalo, bad_signature_status=200)) as served:
        zalo.webhook = served.url + PATH
        assert await zalo.bring_raw(raw_of(lan.message("text", {"text": "a"})), None) == 200
        assert await zalo.bring_raw(b"", None) == 200
        assert await lan.says("b") == 200
    assert context.texts() == ["b"]
    assert not context.broken


async def test_another_apps_or_another_accounts_events_are_refused(
    context: AppContext, zalo: ZaloOaDouble, lan: Person
) -> None:
    event = lan.message("text", {"text": "a"})
    follow = {"event_name": "follow", "app_id": zalo.app_id, "follower": {"id": "1"}, "timestamp": zalo.stamp()}
    for other in (
        {**event, "app_id": "999"},
        {**event, "recipient": {"id": "999"}},
        {**follow, "oa_id": "999"},
    ):
        assert await zalo.bring(other) == 401
    assert not context.kept
    assert not context.broken
    async with Loopback(app_of(context, zalo, oa_id="")) as served:  # the operator has not named the account
        zalo.webhook = served.url + PATH
        assert await zalo.bring({**event, "recipient": {"id": "999"}}) == 200
    assert next(iter(context.kept)).startswith("999:")


@pytest.mark.parametrize("told", [True, False])
async def test_a_huge_body_is_cut_off_while_it_comes(context: AppContext, zalo: ZaloOaDouble, told: bool) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100_000_000:
            sent += 50_000
            yield b" " * 50_000

    headers = {"X-ZEvent-Signature": "mac=" + "0" * 64} | ({"Content-Length": "100000000"} if told else {})
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
        with contextlib.suppress(
            httpx.NetworkError
        ):  # or the server closes the connection while we are sending, which is as good
            assert (await client.post(zalo.webhook, content=endless(), headers=headers)).status_code == 413
    assert sent < 20_000_000
    assert not context.kept


async def test_unknown_and_unreadable_events_are_kept_once_for_the_operator(
    context: AppContext, zalo: ZaloOaDouble, lan: Person
) -> None:
    good = lan.message("text", {"text": "bí mật"})
    unknown = {**good, "event_name": "user_send_hologram"}
    broken = {**good, "message": {"msg_id": "1", "text": 5}}
    nameless = {"timestamp": zalo.stamp()}
    for event in (unknown, unknown, broken, nameless):
        assert await zalo.bring(event) == 200
    assert list(context.broken.values()) == [raw_of(unknown), raw_of(broken), raw_of(nameless)]
    assert {channel for channel, _ in context.broken} == {"zalo_oa"}
    assert all(len(key) <= 120 for _, key in context.broken)
    assert not context.kept


async def test_receipts_echoes_and_other_peoples_data_are_answered_and_let_go(
    context: AppContext, zalo: ZaloOaDouble, lan: Person
) -> None:
    event = lan.message("text", {"text": "tôi là OA"})
    echo = {**event, "event_name": "oa_send_text", "sender": event["recipient"], "recipient": event["sender"]}
    assert await zalo.bring(echo) == 200
    assert await zalo.bring({**echo, "event_name": "oa_send_list"}) == 200
    receipt = {**echo, "event_name": "user_received_message"}  # who stands where in it is not settled
    assert await zalo.bring(receipt) == 200
    assert await lan.gives_details() == 200
    assert await lan.gives_details(old_layout=True) == 200
    assert await zalo.bring({**event, "event_name": "user_seen_message", "message": {"msg_ids": ["1"]}}) == 200
    assert not context.kept
    assert not context.broken


async def test_when_nothing_could_be_stored_zalo_must_bring_it_again(
    context: AppContext, zalo: ZaloOaDouble, lan: Person
) -> None:
    context.away = 2
    assert await lan.says("một") == 503
    assert await zalo.bring_again() == [503]
    assert await zalo.bring_again() == [200]
    assert context.texts() == ["một"]


async def test_an_event_that_crashes_our_code_is_retried_and_then_set_aside(
    context: AppContext, zalo: ZaloOaDouble, lan: Person, logs: list[EventDict]
) -> None:
    context.bugs = 2
    assert await lan.says("tin làm hỏng máy") == 500
    assert await zalo.bring_again() == [200]
    (raw,) = context.broken.values()
    assert json.loads(raw)["message"]["text"] == "tin làm hỏng máy"
    context.bugs = 1
    assert await lan.says("chỉ hỏng một lần") == 500
    assert await zalo.bring_again() == [200]
    assert context.texts() == ["chỉ hỏng một lần"]
    assert not [secret for secret in ("hỏng", lan.id, zalo.secret) if secret in repr(logs)]


@given(st.binary(max_size=200) | st.dictionaries(st.text(), st.none() | st.text() | st.integers()).map(raw_of))
def test_no_bytes_at_all_can_break_the_check_of_a_signature(raw: bytes) -> None:
    with pytest.raises(BadSignature):
        signed(raw, "mac=" + "0" * 64, app_id="1", secret="s", now=NOW, oa_id="2")
