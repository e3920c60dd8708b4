"""Setting a Zalo bot up, and polling: a received update is kept, and no failure ends the polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from starlette.applications import Starlette
from structlog.types import EventDict

from bot.channel.settings import Mode
from bot.zalo_bot.poll import poll
from bot.zalo_bot.routes import PATH
from bot.zalo_bot.send import ZaloBotPort
from bot.zalo_bot.set_up import LOOKS, check_secret, set_up
from tests.channels.test_zalo_bot_webhook import app_of
from tests.channels.test_zalo_oa_webhook import AppContext
from tests.doubles.loopback import Loopback
from tests.doubles.zalo_bot import Fault, Person, ZaloBotDouble
from tests.patience import patiently

SECRET = "a-secret-of-thirty-two-characters"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloBotDouble]:
    async with ZaloBotDouble() as double:
        yield double


@pytest.fixture
async def port(zalo: ZaloBotDouble) -> AsyncIterator[ZaloBotPort]:
    port = ZaloBotPort(zalo.token, zalo.url)
    yield port
    await port.close()


@pytest.fixture
def lan(zalo: ZaloBotDouble) -> Person:
    return zalo.person("Lan")


class Ear(AppContext):
    """The application as the channel sees it, with an event for waiting tests."""

    def __init__(self, zalo: ZaloBotDouble) -> None:
        super().__init__()
        self.zalo = zalo

    async def hear(self, heard: object) -> None:
        try:
            await super().hear(heard)  # type: ignore[arg-type]  # an Inbound
        finally:
            self.zalo.changes.tell()

    async def keep_broken(self, channel: str, key: str, raw: bytes) -> None:
        await super().keep_broken(channel, key, raw)
        self.zalo.changes.tell()


@pytest.fixture
def context(zalo: ZaloBotDouble) -> Ear:
    return Ear(zalo)


class Poller:
    """A polling loop that can be stopped."""

    def __init__(self, port: ZaloBotPort, context: AppContext) -> None:
        self.stop = asyncio.Event()
        self.task = asyncio.create_task(
            poll(port, context.hear, context.keep_broken, self.stop, first_pause_s=0.01, least_gap_s=0.01)
        )

    async def stops(self) -> None:
        self.stop.set()
        await patiently(self.task)


@pytest.fixture
async def started(port: ZaloBotPort, context: Ear) -> AsyncIterator[Callable[[], Poller]]:
    pollers: list[Poller] = []

    def start() -> Poller:
        pollers.append(Poller(port, context))
        return pollers[-1]

    yield start
    for poller in pollers:
        await poller.stops()


async def test_messages_are_processed_in_order_also_after_a_quiet_time(
    started: Callable[[], Poller], zalo: ZaloBotDouble, context: Ear, lan: Person, logs: list[EventDict]
) -> None:
    for number in range(4):
        assert await lan.says(str(number)) == 0
    started()
    await zalo.until(lambda: len(context.kept) == 4)
    before = len(zalo.calls_of("getUpdates"))
    await zalo.until(lambda: len(zalo.calls_of("getUpdates")) >= before + 3)
    assert not logs, "an empty answer (408) is no trouble"
    await lan.says("4")
    await zalo.until(lambda: context.texts() == ["0", "1", "2", "3", "4"])


async def test_a_repeated_update_is_processed_once_and_polling_slows_down(
    port: ZaloBotPort, zalo: ZaloBotDouble, context: Ear, lan: Person
) -> None:
    zalo.repeats = True
    await lan.says("một")
    stop, heard = asyncio.Event(), 0

    async def hear(message: object) -> None:
        nonlocal heard
        heard += 1
        await context.hear(message)

    polling = asyncio.create_task(poll(port, hear, context.keep_broken, stop, first_pause_s=0.01, least_gap_s=0.05))
    started_at = asyncio.get_running_loop().time()
    await zalo.until(lambda: len(zalo.calls_of("getUpdates")) >= 5)
    assert asyncio.get_running_loop().time() - started_at >= 4 * 0.05
    await lan.says("hai")
    await zalo.until(lambda: len(context.kept) == 2)
    stop.set()
    await patiently(polling)
    assert heard == 2


async def test_an_update_that_could_not_be_stored_is_kept_until_it_is(
    started: Callable[[], Poller], zalo: ZaloBotDouble, context: Ear, lan: Person
) -> None:
    context.away = 3
    await lan.says("một")
    await lan.says("hai")
    started()
    await zalo.until(lambda: context.texts() == ["một", "hai"])


async def test_an_update_that_crashes_our_code_or_is_unknown_is_set_aside_and_the_next_is_processed(
    started: Callable[[], Poller], zalo: ZaloBotDouble, context: Ear, lan: Person
) -> None:
    context.bugs = 3
    await lan.says("hỏng")
    await zalo.bring({**lan.event("text", {"text": "lạ"}), "event_name": "message.hologram.received"})
    await lan.says("lành")
    started()
    await zalo.until(lambda: context.texts() == ["lành"])
    assert len(context.broken) == 2


@pytest.mark.parametrize(
    "fault",
    [Fault.says(429, 429), Fault.says(500, 500), Fault.html(502), Fault.says(400), Fault.broken_line(),
     Fault.says(408)],
    ids=["429", "500", "502", "400", "cut", "408 under 200"],
)  # fmt: skip
async def test_no_failure_ends_the_polling(
    started: Callable[[], Poller], zalo: ZaloBotDouble, context: Ear, lan: Person, fault: Fault
) -> None:
    zalo.fails("getUpdates", fault, times=3)
    await lan.says("một")
    started()
    await zalo.until(lambda: context.texts() == ["một"])


async def test_a_stop_waits_neither_for_updates_nor_for_the_pause_after_a_dead_token(
    started: Callable[[], Poller], zalo: ZaloBotDouble
) -> None:
    zalo.idle_s = 3600
    idle = started()
    await zalo.until(lambda: zalo.calls_of("getUpdates"))
    await idle.stops()
    fault = zalo.fails("getUpdates", Fault.says(401, 401))
    dead = started()
    await patiently(fault.arrived.wait())
    await dead.stops()
    zalo.changes.tell()


@pytest.fixture
async def door(context: Ear, zalo: ZaloBotDouble) -> AsyncIterator[str]:
    async with Loopback(app_of(context, zalo, SECRET)) as served:
        yield served.url


async def _set_up(port: ZaloBotPort, mode: Mode, url: str) -> None:
    await patiently(set_up(port, mode=mode, public_url=url, secret=SECRET, stop=asyncio.Event(), first_pause_s=0.01))


async def test_the_set_up_gives_zalo_the_url_and_secret_and_reads_the_bots_names(
    port: ZaloBotPort, zalo: ZaloBotDouble, context: Ear, lan: Person, door: str, logs: list[EventDict]
) -> None:
    await _set_up(port, "webhook", f"{door}/")
    assert (zalo.webhook, zalo.secret) == (door + PATH, SECRET)
    assert port.names == ("Bot Tin Báo", "bot.tinbao")
    assert not [line for line in logs if line["log_level"] in ("warning", "critical")]
    assert await lan.says("Cháy") == 200
    assert context.texts() == ["Cháy"]


async def test_polling_deletes_the_webhook(port: ZaloBotPort, zalo: ZaloBotDouble) -> None:
    zalo.webhook = "https://old.example.vn"
    await _set_up(port, "polling", "")
    assert zalo.webhook == ""


async def test_each_step_is_tried_until_it_works(port: ZaloBotPort, zalo: ZaloBotDouble, door: str) -> None:
    zalo.fails("getMe", Fault.html(502), times=2)
    zalo.fails("setWebhook", Fault.says(500, 500))
    await _set_up(port, "webhook", door)
    assert zalo.webhook == door + PATH


async def test_a_zalo_that_cannot_reach_us_is_told_to_the_operator_and_looks_a_few_times(
    port: ZaloBotPort, zalo: ZaloBotDouble, logs: list[EventDict]
) -> None:
    async with Loopback(Starlette()) as served:
        await _set_up(port, "webhook", served.url)
    assert len(zalo.calls_of("setWebhook")) == LOOKS
    (told,) = [line for line in logs if line["log_level"] == "critical"]
    assert (told["event"], told["status"], told["outcome"]) == ("zalo_cannot_reach_us", 404, "webhook.http.404")
    assert SECRET not in repr(logs)
    assert zalo.token not in repr(logs)


@pytest.mark.parametrize(
    ("secret", "url"),
    [
        ("short12", "https://tinbao.example.vn"),
        ("s" * 257, "https://tinbao.example.vn"),
        ("mật-khẩu-dài", "https://tinbao.example.vn"),
        ("with a blank", "https://tinbao.example.vn"),
        ("123:the-token", "https://tinbao.example.vn"),
        (SECRET, "http://tinbao.example.vn"),
        (SECRET, ""),
    ],
)
def test_a_webhook_that_cannot_work_is_told_before_zalo_is_asked(secret: str, url: str) -> None:
    with pytest.raises(ValueError, match="TINBAO_ZALO_BOT_") as caught:
        check_secret("webhook", secret, url, "123:the-token")
    assert secret not in str(caught.value)
    check_secret("polling", secret, url, "123:the-token")
    check_secret("webhook", SECRET, "https://tinbao.example.vn", "123:the-token")
