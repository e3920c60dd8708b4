"""Polling: no update is confirmed before it is stored, and no failure ends the polling."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from bot.telegram.poll import poll
from bot.telegram.read import ALLOWED_UPDATES
from bot.telegram.send import TelegramPort
from bot.telegram.set_up import GROUP, PRIVATE, check_secret, commands, set_up
from core.conversation.typed import NAMES
from core.messages import Inbound, Language
from locales.words import keys
from tests.channels.test_telegram_webhook import AppContext
from tests.doubles.telegram import Fault, Person, TelegramDouble
from tests.patience import patiently


class Poller:
    """A polling loop that can be stopped, or killed in the middle of anything."""

    def __init__(self, port: TelegramPort, context: AppContext) -> None:
        self.stop = asyncio.Event()
        self.task = asyncio.create_task(poll(port, context.hear, context.keep_broken, self.stop, first_pause_s=0.01))

    async def stops(self) -> None:
        self.stop.set()
        await patiently(self.task)

    async def is_killed(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


async def test_people_are_heard_and_each_only_once(port: TelegramPort, telegram: TelegramDouble) -> None:
    context = AppContext()
    lan, hoa = telegram.person("Lan"), telegram.person("Hoa")
    for number in range(5):
        lan.says(f"Lan {number}")
        hoa.says(f"Hoa {number}")
    poller = Poller(port, context)
    await telegram.all_taken()
    lan.says("Lan 5")
    await telegram.all_taken()
    await poller.stops()
    assert [text for text in context.texts() if text.startswith("Lan")] == [f"Lan {number}" for number in range(6)]
    assert len(context.kept) == 11
    asked = telegram.calls_of("getUpdates")[0].values
    assert sorted(asked["allowed_updates"].strip("[]").replace('"', "").split(", ")) == sorted(ALLOWED_UPDATES)


class SlowHouse(AppContext):
    """An application that processes one person's messages slowly."""

    def __init__(self, slow: Person) -> None:
        super().__init__()
        self.slow, self.begun, self.free = slow, list[str](), asyncio.Event()

    async def hear(self, heard: Inbound) -> None:
        self.begun.append(heard.text)
        if heard.sender == str(self.slow.id):
            await self.free.wait()
        await super().hear(heard)
        self.slow.double.changes.tell()


async def test_one_slow_person_holds_up_nobody_else_and_keeps_their_order(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    lan, hoa = telegram.person("Lan"), telegram.person("Hoa")
    context = SlowHouse(lan)
    lan.says("chậm một")
    lan.says("chậm hai")
    hoa.says("nhanh")
    poller = Poller(port, context)
    await telegram.until(lambda: context.texts() == ["nhanh"])
    assert len(telegram.updates.pending) == 3
    assert context.begun == ["chậm một", "nhanh"]
    context.free.set()
    await telegram.all_taken()
    await poller.stops()
    assert context.texts() == ["nhanh", "chậm một", "chậm hai"]


async def test_killed_in_the_middle_of_a_batch_nothing_is_lost_or_doubled(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    context = AppContext()
    lan, hoa = telegram.person("Lan"), telegram.person("Hoa")
    context.door = asyncio.Event()
    lan.says("một")
    hoa.says("hai")
    lan.says("ba")
    poller = Poller(port, context)
    await patiently(context.at_the_door.wait())
    await poller.is_killed()
    assert not context.kept
    assert len(telegram.updates.pending) == 3

    context.door = None
    again = Poller(port, context)
    await telegram.all_taken()
    await again.stops()
    assert sorted(context.texts()) == ["ba", "hai", "một"]


async def test_the_offset_waits_until_everything_of_the_batch_is_kept(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    context = AppContext()
    context.away = 2
    lan, hoa = telegram.person("Lan"), telegram.person("Hoa")
    lan.says("một")
    hoa.says("hai")
    poller = Poller(port, context)
    await telegram.all_taken()
    await poller.stops()
    assert sorted(context.texts()) == ["hai", "một"]
    offsets = [call.values.get("offset") for call in telegram.calls_of("getUpdates")]
    assert offsets[:2] == [None, None]
    assert offsets[-1] is not None or offsets[-2] is not None


async def test_a_stop_finishes_the_running_batch_and_does_not_wait_for_updates(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    context = AppContext()
    context.door = asyncio.Event()
    telegram.person("Lan").says("một")
    poller = Poller(port, context)
    await patiently(context.at_the_door.wait())
    poller.stop.set()
    context.door.set()
    await poller.stops()
    assert context.texts() == ["một"]

    idle = Poller(port, context)
    await telegram.called("getUpdates", 2)
    await idle.stops()


@pytest.mark.parametrize(
    "fault",
    [Fault.too_fast(0), Fault.html(502), Fault.server(500), Fault.broken_line(), Fault.lost_answer(),
     Fault(code=409, description="Conflict: terminated by other getUpdates request")],
    ids=["429", "502", "500", "cut", "lost", "409"],
)  # fmt: skip
async def test_no_failure_ends_the_polling(port: TelegramPort, telegram: TelegramDouble, fault: Fault) -> None:
    context = AppContext()
    telegram.fails("getUpdates", fault, times=3)
    telegram.person("Lan").says("vẫn tới")
    poller = Poller(port, context)
    await telegram.all_taken()
    await poller.stops()
    assert context.texts() == ["vẫn tới"]
    assert len(telegram.calls_of("getUpdates")) >= 4


async def test_a_webhook_left_over_from_before_only_delays_the_polling(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    context = AppContext()
    telegram.updates.set_webhook("http://127.0.0.1:9/nobody", "", 40, None, drop=False)
    telegram.person("Lan").says("vẫn tới")
    poller = Poller(port, context)
    await telegram.called("getUpdates", 2)
    await port.delete_webhook()
    await telegram.all_taken()
    await poller.stops()
    assert context.texts() == ["vẫn tới"]


async def test_an_unreadable_update_is_set_aside_and_the_next_is_processed(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    context = AppContext()
    lan = telegram.person("Lan")
    telegram.updates.add_raw({"update_id": 20_000, "message": {"text": 5, "from": {"id": lan.id}}}, lan.id)
    lan.says("sau đó")
    poller = Poller(port, context)
    await telegram.all_taken()
    await poller.stops()
    assert list(context.broken) == [("telegram", f"{telegram.bot_id}:20000")]
    assert context.texts() == ["sau đó"]


async def test_after_a_quiet_week_smaller_update_ids_are_processed_too(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    context = AppContext()
    lan = telegram.person("Lan")
    said = lan.says("trước tuần lặng").raw
    poller = Poller(port, context)
    await telegram.all_taken()
    telegram.updates.time_out()
    await telegram.called("getUpdates", len(telegram.calls_of("getUpdates")) + 1)
    telegram.updates.add_raw({"update_id": 7, "message": {**said, "text": "sau tuần lặng"}}, lan.id)
    await telegram.all_taken()
    await poller.stops()
    assert context.texts() == ["trước tuần lặng", "sau tuần lặng"]


async def test_the_set_up_for_polling_reads_the_bots_name_and_deletes_an_old_webhook(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    telegram.updates.set_webhook("https://old.example/hook", "", 40, None, drop=False)
    telegram.fails("getMe", Fault.html(502), times=2)
    telegram.fails("deleteWebhook", Fault.broken_line())
    stop = asyncio.Event()
    await patiently(set_up(port, mode="polling", public_url="", secret="", stop=stop, first_pause_s=0.001))
    assert port.username == telegram.username
    assert telegram.updates.url == ""
    assert telegram.calls_of("deleteWebhook")[-1].values.get("drop_pending_updates", "false") == "false"
    shown = telegram.commands["all_private_chats", ""]
    assert {"command": "trogiup", "description": "Cách gửi tin báo, số điện thoại khẩn cấp"} in shown
    assert telegram.commands["all_group_chats", "en"][0]["command"] == "log"


async def test_the_set_up_for_a_webhook_tells_telegram_where_and_keeps_what_waits(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    telegram.updates.retry_pause_s = 5
    telegram.person("Lan").says("đợi sẵn")
    telegram.fails("setMyCommands", Fault.server(500), times=4)
    await set_up(
        port, mode="webhook", public_url="http://127.0.0.1:9/", secret="s3cret_", stop=asyncio.Event(),
    )  # fmt: skip
    assert (telegram.updates.url, telegram.updates.secret) == ("http://127.0.0.1:9/webhook/telegram", "s3cret_")
    assert set(telegram.updates.allowed) == set(ALLOWED_UPDATES)
    assert len(telegram.updates.pending) == 1
    assert telegram.commands == {}


async def test_a_dead_token_holds_up_nobody_and_a_stop_ends_the_retries(
    port: TelegramPort, telegram: TelegramDouble
) -> None:
    telegram.fails("getMe", Fault.unauthorized(), times=100)
    stop = asyncio.Event()
    task = asyncio.create_task(set_up(port, mode="polling", public_url="", secret="", stop=stop, first_pause_s=0.001))
    await telegram.called("getMe")
    assert not task.done()
    stop.set()
    await patiently(task)


@pytest.mark.parametrize(
    ("url", "secret"),
    [("https://x.example", ""), ("https://x.example", "có dấu"), ("http://x.example", "s"), ("", "s")],
)
def test_a_webhook_without_a_secret_or_a_safe_address_is_refused_at_the_start(url: str, secret: str) -> None:
    with pytest.raises(ValueError, match="TINBAO_"):
        check_secret("webhook", secret, url)
    check_secret("polling", secret, url)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("groups", [False, True])
def test_every_command_that_is_shown_is_understood(groups: bool, language: Language) -> None:
    listed = commands(groups, language)
    assert len(listed) >= 4
    for name, about in listed:
        assert name in NAMES
        assert 1 <= len(about) <= 256


def test_both_languages_name_the_same_commands_and_no_words_are_idle() -> None:
    used = {f"telegram-{name}-{part}" for name in (*PRIVATE, *GROUP) for part in ("command", "about")}
    for language in Language:
        assert {key for key in keys(language) if key.startswith("telegram-")} == used
