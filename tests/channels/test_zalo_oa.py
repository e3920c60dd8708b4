"""An Official Account with the whole application: residents and officers who have only Zalo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app.build import build_runtime
from bot.app.clock import Clock
from bot.app.settings import WrongSetting, read_settings
from bot.app.start import assemble
from bot.channel.finding import OpenedDatabase
from bot.zalo_oa.routes import PATH
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.status import read_status
from storage.tables import tip as tip_table
from tests.channels.zalo_town import NENH, AppContext
from tests.doubles.loopback import Loopback
from tests.doubles.zalo_oa import Person, Seen, ZaloOaDouble
from tests.pictures import jpeg


@dataclass
class Town(AppContext):
    """The running application, and its Zalo."""

    zalo: ZaloOaDouble

    async def chooses(self, who: Person, seen: Seen, words: str) -> None:
        """A person reads a list and chooses by the button where there is one, else by its number."""
        await self.is_quiet()
        self.app.clock.move(timedelta(seconds=10))
        number = next(line.partition(". ")[0] for line in seen.text.splitlines() if words in line and ". " in line[:4])
        await (who.presses(seen, f"{number}. ") if seen.buttons else who.says(number))

    async def police(self) -> Person:
        """An officer who has joined with an invite."""
        officer = self.zalo.person("Trực ban")
        await self.invites_officer(officer)
        await officer.hears(lambda seen: "đã vào" in seen.text)
        return officer


def given(zalo: ZaloOaDouble, url: str, key: str, folder: Path, **more: object) -> dict[str, object]:
    return {
        "_env_file": None,
        "data_dir": folder,
        "database_url": url,
        "secret_key": key,
        "commune": NENH,
        "zalo_oa_app_id": zalo.app_id,
        "zalo_oa_app_secret": zalo.app_secret,
        "zalo_oa_secret": zalo.secret,
        "zalo_oa_refresh_token": zalo.refresh_token,
        "zalo_oa_id": zalo.oa_id,
        "zalo_oa_api": zalo.url,
        "zalo_oa_auth_api": zalo.url,
        "zalo_media_hosts": "127.0.0.1",
        **more,
    }


@pytest.fixture(params=["off", "text_template"])
async def town(request: pytest.FixtureRequest, key: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A running application, whose Zalo shows buttons or does not."""
    async with AsyncExitStack() as stack:
        zalo = await stack.enter_async_context(ZaloOaDouble())
        url = f"sqlite:///{tmp_path / 'tinbao.db'}"
        runtime = await build_runtime(read_settings(**given(zalo, url, key, tmp_path, zalo_oa_buttons=request.param)))
        stack.push_async_callback(runtime.close)
        clock = Clock()
        zalo.now = clock.now
        app = assemble(runtime, clock, ("web", "courier", "scheduler"))
        served = await stack.enter_async_context(Loopback(app.asgi()))
        zalo.webhook = served.url + PATH
        await stack.enter_async_context(app.running())
        app.start_channels()
        yield Town(app, zalo)


async def test_a_resident_reports_a_fire_and_the_officer_hears_of_it_and_takes_it_by_number_or_button(
    town: Town,
) -> None:
    officer, lan = await town.police(), town.zalo.person("Lan")
    assert await lan.says("Cháy nhà ở tổ 4 phường Nếnh, có người bên trong") == 200
    receipt = await lan.hears(lambda seen: "114" in seen.text)
    assert "1. " in receipt.text
    card = await officer.hears(lambda seen: "Tôi nhận việc" in seen.text)
    await town.chooses(officer, card, "Tôi nhận việc")
    await lan.hears(lambda seen: "Công an đã nhận việc" in seen.text)
    taken = await officer.hears(lambda seen: "đang xử lý" in seen.text)
    await town.chooses(officer, taken, "Kết thúc")
    asked = await officer.hears(lambda seen: int(seen.id) > int(taken.id))
    assert "\n1. " in asked.text
    (tip,) = await town.tips()
    assert tip["channel"] == "zalo_oa"


async def test_a_long_list_turns_its_page_at_0(town: Town) -> None:
    lan = town.zalo.person("Lan")
    await lan.says("Mất xe máy ở khu 3 phường Nếnh")
    receipt = await lan.hears(lambda seen: "0. Xem thêm" in seen.text)
    await town.chooses(lan, receipt, "Xem thêm")
    following = await lan.hears(lambda seen: seen is not receipt and "1. " in seen.text)
    first, second = ({line for line in seen.text.splitlines() if ". " in line[:4]} for seen in (receipt, following))
    assert second
    assert not {line.partition(". ")[2] for line in first - {"0. Xem thêm"}} & {
        line.partition(". ")[2] for line in second
    }


async def test_a_place_and_a_photo_join_the_tip_and_the_photo_is_fetched(town: Town) -> None:
    lan = town.zalo.person("Lan")
    await lan.says("Có nhóm đánh nhau gần chợ Nếnh")
    await lan.hears()
    assert await lan.shares_place("21.2400", "106.1200", "Chợ Nếnh") == 200
    assert await lan.sends_photo(jpeg(gps=True), caption="ảnh đây") == 200

    (tip,) = await town.tips()
    assert (tip["media"], str(tip["text"]).splitlines()[1:]) == (1, ["Chợ Nếnh", "ảnh đây"])
    assert await town.files_end() == (1, 1)
    sealed = await town.app.runtime.database.read(lambda db: db.execute(select(tip_table.c.sealed_point)).scalar_one())
    assert "21.24" in town.app.runtime.context.vault.open(sealed)


async def test_an_event_brought_twice_is_one_tip(town: Town) -> None:
    lan = town.zalo.person("Lan")
    event = lan.message("text", {"text": "Mất xe máy ở khu 3 phường Nếnh"})
    assert [await town.zalo.bring(event) for _ in range(3)] == [200, 200, 200]
    await lan.hears()
    assert len(await town.tips()) == 1


async def test_a_follower_who_left_and_came_back_is_written_to_again(town: Town) -> None:
    lan = town.zalo.person("Lan")
    assert [await lan.follows(), await lan.unfollows(), await lan.follows()] == [200, 200, 200]
    await lan.says("Mất xe máy ở khu 3 phường Nếnh")
    await lan.hears(lambda seen: "1. " in seen.text)


async def test_the_operator_sees_that_the_tokens_are_valid(town: Town) -> None:
    lan = town.zalo.person("Lan")
    await lan.says("Mất xe máy ở khu 3 phường Nếnh")
    await lan.hears()
    opened = OpenedDatabase(town.app.database, town.app.context.vault, town.app.now())
    findings = await read_status(town.app.settings.of(ZaloOaSettings), opened)
    assert any("lives until" in finding.words for finding in findings)
    assert all(finding.fine for finding in findings)
    assert town.zalo.refreshes == 1


@pytest.mark.parametrize("missing", ["zalo_oa_app_secret", "zalo_oa_secret"])
async def test_half_of_the_settings_do_not_start(key: str, tmp_path: Path, missing: str) -> None:
    zalo = ZaloOaDouble()
    zalo.url = "http://127.0.0.1:9"
    url = f"sqlite:///{tmp_path / 'tinbao.db'}"
    runtime = await build_runtime(read_settings(**given(zalo, url, key, tmp_path, **{missing: ""})))
    try:
        with pytest.raises(WrongSetting, match=missing.upper()):
            assemble(runtime, Clock(), ("web",))
    finally:
        await runtime.close()
