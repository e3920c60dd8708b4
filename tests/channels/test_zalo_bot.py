"""A Zalo bot with the whole application: residents and officers who have only Zalo, and type numbers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app.build import build_runtime
from bot.app.clock import Clock
from bot.app.settings import WrongSetting, read_settings
from bot.app.start import assemble
from bot.zalo_bot.routes import PATH
from tests.channels.zalo_town import NENH, AppContext
from tests.doubles.loopback import Loopback
from tests.doubles.zalo_bot import Person, Seen, ZaloBotDouble
from tests.patience import patience
from tests.pictures import jpeg

ROLES = ("web", "courier", "scheduler")


@dataclass
class Town(AppContext):
    """The running application, and its Zalo."""

    zalo: ZaloBotDouble

    async def chooses(self, who: Person, seen: Seen, words: str) -> None:
        """A person reads a list and types the number of a choice."""
        await self.is_quiet()
        self.app.clock.move(timedelta(seconds=10))
        await who.says(
            next(line.partition(". ")[0] for line in seen.text.splitlines() if words in line and ". " in line[:4])
        )

    async def police(self) -> Person:
        """An officer who has joined with an invite."""
        officer = self.zalo.person("Trực ban")
        await self.invites_officer(officer)
        await officer.hears(lambda seen: "đã vào" in seen.text)
        return officer


def given(zalo: ZaloBotDouble, key: str, folder: Path, **more: object) -> dict[str, object]:
    return {
        "_env_file": None,
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'tinbao.db'}",
        "secret_key": key,
        "commune": NENH,
        "zalo_bot_token": zalo.token,
        "zalo_bot_api": zalo.url,
        "zalo_media_hosts": "127.0.0.1",
        **more,
    }


class Later:
    """A server whose application is set after its start."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@pytest.fixture(params=["webhook"])
async def town(request: pytest.FixtureRequest, key: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A running application that has set itself up with Zalo, by webhook unless a test says otherwise."""
    async with AsyncExitStack() as stack:
        zalo = await stack.enter_async_context(ZaloBotDouble())
        door = Later()
        served = await stack.enter_async_context(Loopback(door))
        more = {"zalo_bot_mode": request.param, "public_url": served.url}
        runtime = await build_runtime(read_settings(**given(zalo, key, tmp_path, **more)))
        stack.push_async_callback(runtime.close)
        clock = Clock()
        zalo.now = clock.now
        app = assemble(runtime, clock, ROLES)
        door.app = app.asgi()
        await stack.enter_async_context(app.running())
        app.start_channels()
        await zalo.until(lambda: zalo.calls_of("setWebhook" if request.param == "webhook" else "getUpdates"))
        await zalo.until(lambda: request.param == "polling" or zalo.webhook == served.url + PATH)
        yield Town(app, zalo)


@pytest.mark.parametrize(
    ("town", "wrapped"), [("webhook", False), ("webhook", True), ("polling", False)], indirect=["town"]
)
async def test_a_resident_reports_a_fire_gets_a_receipt_with_numbers_and_an_officer_takes_it(
    town: Town, wrapped: bool
) -> None:
    town.zalo.wrapped = wrapped
    officer, lan = await town.police(), town.zalo.person("Lan")
    await lan.says("Cháy nhà ở tổ 4 phường Nếnh, có người bên trong")
    receipt = await lan.hears(lambda seen: "114" in seen.text)
    assert "\n1. " in receipt.text
    assert receipt.text.splitlines()[-1].startswith("Trả lời bằng số")
    card = await officer.hears(lambda seen: "Tôi nhận việc" in seen.text)
    await town.chooses(officer, card, "Tôi nhận việc")
    await lan.hears(lambda seen: "Công an đã nhận việc" in seen.text)
    (tip,) = await town.tips()
    assert tip["channel"] == "zalo_bot"


@pytest.mark.parametrize("documented", [False, True])
async def test_a_photo_and_a_recording_join_the_tip_and_are_fetched_but_never_sent_out(
    town: Town, documented: bool
) -> None:
    officer, lan = await town.police(), town.zalo.person("Lan")
    await lan.says("Có nhóm đánh nhau gần chợ Nếnh")
    await lan.hears()
    await lan.sends_photo(jpeg(gps=True), caption="ảnh đây", documented=documented)
    async with patience():
        while [tip["media"] for tip in await town.tips()] != [1]:
            continue
    assert await town.files_end() == (1, 1)
    (tip,) = await town.tips()
    assert str(tip["text"]).splitlines()[-1] == "ảnh đây"
    await town.is_quiet()
    assert {name for name, _ in town.zalo.calls if name.startswith("send")} == {"sendMessage"}
    assert not [seen for seen in officer.inbox if town.zalo.url in seen.text]


async def test_the_same_event_again_and_again_is_one_tip(town: Town) -> None:
    lan = town.zalo.person("Lan")
    town.zalo.repeats = True
    event = lan.event("text", {"text": "Mất xe máy ở khu 3 phường Nếnh"})
    for _ in range(3):
        await town.zalo.bring(event)
    await lan.hears()
    await town.is_quiet()
    assert len(await town.tips()) == 1


async def test_what_zalo_does_not_bring_is_answered_alone_and_passed_over_in_a_group(town: Town) -> None:
    lan, group = town.zalo.person("Lan"), town.zalo.group()
    await lan.sends_a_place_or_a_film(at=group)
    await lan.sends_sticker(at=group)
    await lan.sends_a_place_or_a_film()
    await lan.hears()
    await town.is_quiet()
    assert not group.inbox
    assert not await town.tips()


async def test_a_link_into_our_own_network_is_not_followed_and_the_tip_stays(key: str, tmp_path: Path) -> None:
    async with ZaloBotDouble() as zalo, AsyncExitStack() as stack:
        runtime = await build_runtime(read_settings(**given(zalo, key, tmp_path, zalo_media_hosts="zdn.vn")))
        stack.push_async_callback(runtime.close)
        app = assemble(runtime, Clock(), ROLES)
        await stack.enter_async_context(app.running())
        app.start_channels()
        lan = zalo.person("Lan")
        await lan.sends_photo(jpeg(), caption="Đánh nhau ở chợ Nếnh")
        await lan.hears()
        town = Town(app, zalo)
        assert await town.files_end() == (0, 1)
        assert len(await town.tips()) == 1
        assert not zalo.calls_of("media")


@pytest.mark.parametrize(
    "wrong",
    [
        {"zalo_bot_token": "khong-phai-token"},
        {"zalo_bot_mode": "webhook", "public_url": "https://tinbao.example.vn", "zalo_bot_secret": "short12"},
    ],
)
async def test_settings_that_cannot_work_do_not_start_and_show_no_token(
    key: str, tmp_path: Path, wrong: dict[str, object]
) -> None:
    zalo = ZaloBotDouble()
    zalo.url = "http://127.0.0.1:9"
    runtime = await build_runtime(read_settings(**given(zalo, key, tmp_path, **wrong)))
    try:
        with pytest.raises(WrongSetting, match="TINBAO_ZALO_BOT_") as caught:
            assemble(runtime, Clock(), ROLES).start_channels()
        assert str(wrong.get("zalo_bot_token", zalo.token)) not in str(caught.value)
    finally:
        await runtime.close()
