"""No single app is needed: one person on two apps, and a case that goes on wherever they are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.app.build import build_runtime
from bot.app.settings import read_settings
from bot.app.start import assemble
from core.access import Role
from core.conversation import commands
from core.replies import Reply
from handlers.chat.dispatch import HANDLERS
from handlers.chat.hearing import Hearing
from tests.channels.web_town import WebPerson
from tests.doubles.loopback import Loopback
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.faults import Fault
from tests.doubles.telegram.people import Person
from tests.patience import PATIENCE_S
from tests.stories.listening import commits
from tests.stories.test_forged_presses import everything
from tests.stories.town import GROUPS, NENH, Town, TownClock, card, press, says

THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"
FIRE = "cháy nhà số 9 tổ dân phố Ninh Khánh phường Nếnh, lửa đang lan!!!"


@dataclass
class TwoApps(Town):
    """A town with Telegram and the web page."""

    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def on_web(self) -> WebPerson:
        """A person on the web page."""
        client = httpx.AsyncClient(base_url=self.served.url, timeout=PATIENCE_S)
        return WebPerson(await self.stack.enter_async_context(client))

    async def reads(self, who: WebPerson, wanted: Callable[[str], bool]) -> str:
        """The page, once it holds what is wanted: asked again after each commit."""
        async with commits(self.runtime.database) as committed:
            while not wanted(page := await who.page()):
                await committed()
        return page


@pytest.fixture
async def both(key: str, tmp_path: Path) -> AsyncIterator[TwoApps]:
    """The whole system on SQLite, with both apps."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(TelegramDouble())
        runtime = await build_runtime(
            read_settings(
                _env_file=None,
                data_dir=tmp_path,
                secret_key=key,
                commune=NENH,
                telegram_token=telegram.token,
                telegram_api=telegram.url,
                telegram_mode="webhook",
                telegram_secret="a-secret-of-the-story",
            )
        )
        stack.push_async_callback(runtime.close)
        clock = TownClock()
        telegram.now = clock.now
        app = assemble(runtime, clock, ("web", "courier", "scheduler"))
        served = await stack.enter_async_context(Loopback(app.asgi()))
        runtime.settings.public_url = served.url
        await stack.enter_async_context(app.running())
        app.start_channels()
        await telegram.called("setwebhook")
        yield TwoApps(runtime=runtime, app=app, clock=clock, telegram=telegram, served=served, stack=stack)


async def linked(town: TwoApps, who: Person) -> WebPerson:
    """The same person on the web page, who wants to be told on Telegram still."""
    page = await town.on_web()
    before = {seen.id for seen in who.inbox}
    who.says("/noi")
    seen = await who.hears(lambda seen: "mã này: LK-" in seen.text and seen.id not in before)
    await page.says(seen.text.split("mã này: ")[1].split(". ")[0].lower())
    await town.reads(page, lambda text: "Đã nối với Telegram" in text)
    await who.hears(says("vừa được nối với trang web"))
    await page.presses("Telegram")
    await town.reads(page, lambda text: "Từ giờ Tin Báo nhắn bà con qua Telegram" in text)
    return page


async def test_what_was_reported_on_one_app_is_seen_and_added_to_on_the_other(both: TwoApps) -> None:
    officer, resident = await both.police("An"), await both.resident()
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    page = await linked(both, resident)
    await page.says("/tin")
    (tip,) = await both.tips()
    await both.reads(page, lambda text: f"{tip['code']}: đã chuyển tới công an trực" in text.replace("</span>", ""))
    await page.presses("Bổ sung")
    await both.reads(page, lambda text: "Mời bà con gửi thêm" in text)
    await page.says("xe màu đỏ, biển 99")
    await officer.hears(lambda seen: card(seen) and "xe màu đỏ, biển 99" in seen.text)
    assert len(await both.tips()) == 1


async def test_answers_come_where_the_person_wants_them_and_only_there(both: TwoApps) -> None:
    officer, resident = await both.police("An"), await both.resident()
    page = await linked(both, resident)
    await page.says(THEFT)
    await both.reads(page, lambda text: "Đã nhận tin báo" in text)
    press(officer, await officer.hears(card), "Hỏi người báo")
    await officer.hears(says("gõ câu hỏi"))
    officer.says("Xe màu gì?")
    await resident.hears(says("Xe màu gì?"))
    assert "Xe màu gì?" not in await page.page(), "they want to be told on Telegram"
    resident.says("màu đỏ ạ")
    await officer.hears(says("người báo trả lời: “màu đỏ ạ”"))


async def test_when_the_telegram_chat_is_unreachable_the_answer_comes_on_the_page(both: TwoApps) -> None:
    officer, resident = await both.police("An"), await both.resident()
    page = await linked(both, resident)
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    both.telegram.faults.add("sendmessage", Fault.blocked(), chat=resident.id, times=9)  # and no word of it before
    press(officer, await officer.hears(card), "Tôi nhận")
    await both.reads(page, lambda text: "Công an đã nhận việc" in text)


async def test_an_officer_without_telegram_gets_the_alert_on_the_other_app_and_works_the_case_there(
    both: TwoApps,
) -> None:
    officer, resident = await both.police("An"), await both.on_web()
    page = await linked(both, officer)
    both.telegram.faults.add("sendmessage", Fault.blocked(), chat=officer.id, times=9)
    await resident.says(FIRE)
    await both.reads(page, lambda text: "KHẨN CẤP" in text and "lửa đang lan" in text)
    await page.presses("Tôi nhận việc này")
    await both.reads(page, lambda text: "An đang xử lý" in text)
    (tip,) = await both.tips()
    assert tip["state"] == "taken"


async def test_an_officer_goes_on_with_their_case_on_the_other_app(both: TwoApps) -> None:
    officer, resident = await both.police("An"), await both.resident()
    resident.says(THEFT)
    press(officer, await officer.hears(card), "Tôi nhận")
    await officer.hears(says("An đang xử lý"))
    page = await linked(both, officer)
    await page.says("/viec")
    await both.reads(page, lambda text: "việc đang mở" in text)
    await page.presses("TB-")
    await both.reads(page, lambda text: "An đang xử lý" in text)
    await page.presses("Kết thúc")
    await both.reads(page, lambda text: "Đã giải quyết" in text)
    await page.presses("Đã giải quyết")
    await resident.hears(says("công an đã giải quyết xong"))


async def test_whoever_has_linked_two_chats_is_told_in_one_of_these_and_in_nobody_elses(both: TwoApps) -> None:
    officer, resident = await both.police("An"), await both.resident()
    page = await linked(both, resident)
    before = await everything(both, ("contact",))
    strangers = await both.runtime.database.read(
        lambda db: db.exec_driver_sql("SELECT id FROM contact WHERE person IS NULL").scalars().all()
    )
    assert strangers
    for chat in strangers:
        await resident.puts_press(resident.inbox[-1], f"m:here:{chat}").is_answered()
    assert await everything(both, ("contact",)) == before
    await page.says(THEFT)
    press(officer, await officer.hears(card), "Tôi nhận")
    await resident.hears(says("Công an đã nhận việc"))


async def test_a_leader_sets_right_on_one_app_what_was_logged_on_the_other(both: TwoApps) -> None:
    await both.load(GROUPS)
    leader = await both.leader()
    leader.says("tuần tra 3 người 22h-1h ấp 4")
    await leader.hears(says("Đã ghi hoạt động"))
    page = await linked(both, leader)
    await page.says("/hoatdong")
    await both.reads(page, lambda text: "“tuần tra 3 người 22h-1h ấp 4”" in text)
    await page.presses("Sửa")
    await both.reads(page, lambda text: "Gõ lại cho đúng" in text)
    await page.says("5 người ấp 4")
    await both.reads(page, lambda text: "Đã sửa" in text and "5 người tham gia" in text)
    leader.says("/hoatdong")
    listed = await leader.hears(lambda seen: "5 người tham gia" in seen.text and "“5 người ấp 4”" in seen.text)
    await page.says("họp tổ 12 người")
    await both.reads(page, lambda text: "12 người tham gia" in text)
    press(leader, listed, "Xóa")
    press(leader, await leader.hears(says("Xóa hoạt động này?")), "Xóa")
    await leader.hears(says("Đã xóa"))
    await page.says("/thang")
    await both.reads(page, lambda text: "1 hoạt động" in text and "• Sinh hoạt: 1 lần, 12 lượt người" in text)


async def test_a_link_code_works_once_and_not_for_long_and_cannot_be_found_by_trying(both: TwoApps) -> None:
    resident = await both.resident()
    resident.says("/noi")
    code = (await resident.hears(says("mã này: LK-"))).text.split("mã này: ")[1].split(". ")[0]
    await both.time_passes(minutes=16)
    late = await both.on_web()
    await late.says(code)
    await both.reads(late, lambda text: "không đúng, đã dùng, hoặc quá 15 phút" in text)
    page = await linked(both, resident)
    used = next(seen for seen in reversed(resident.inbox) if "mã này: LK-" in seen.text)
    thief = await both.on_web()
    await thief.says(used.text.split("mã này: ")[1].split(". ")[0])
    await both.reads(thief, lambda text: "không đúng, đã dùng" in text)
    for number in range(5):
        await thief.says(f"LK-0000-000{number}")
    await both.reads(thief, lambda text: "Sai mã nhiều lần quá" in text)
    assert "trộm" not in await page.page()


async def test_a_link_can_be_undone_by_either_side(both: TwoApps) -> None:
    resident = await both.resident()
    page = await linked(both, resident)
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    press(resident, next(seen for seen in resident.inbox if "vừa được nối" in seen.text), "Gỡ nối kênh")
    await resident.hears(says("Đã gỡ"))
    await both.reads(page, lambda text: "Telegram của bà con đã được gỡ" in text)
    await page.says("/tin")
    await both.reads(page, lambda text: "Bà con chưa gửi tin nào ở đây" in text)


async def test_a_token_that_died_moves_what_waits_and_the_operator_hears_of_it_elsewhere(both: TwoApps) -> None:
    officer = await both.police("An")
    page = await linked(both, officer)
    operator, resident = await both.on_web(), await both.on_web()
    await operator.says(f"/start {await both.invite(Role.OPERATOR, NENH)}")
    await both.reads(operator, lambda text: "người vận hành" in text)
    both.telegram.faults.add("sendmessage", Fault.unauthorized(), times=99)
    await resident.says(FIRE)
    await both.reads(page, lambda text: "lửa đang lan" in text)
    await both.reads(operator, lambda text: "Kênh Telegram ngừng gửi được" in text)


async def test_a_message_that_breaks_a_step_alarms_the_operator_once_an_hour(
    both: TwoApps, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator, resident = await both.on_web(), await both.resident()
    await operator.says(f"/start {await both.invite(Role.OPERATOR, NENH)}")
    monkeypatch.setitem(HANDLERS, commands.FileTip, _breaks)
    for number in range(2):
        resident.says(f"{THEFT}, nhà số {number}")
        await resident.hears(lambda _, n=number: _told_of_trouble(resident) == n + 1)  # type: ignore[misc]
    page = await both.reads(operator, lambda text: "làm máy gặp lỗi (ZeroDivisionError)" in text)
    assert page.count("làm máy gặp lỗi") == 1
    assert "trộm" not in page


def _told_of_trouble(resident: Person) -> int:
    return sum("Máy đang gặp trục trặc" in seen.text for seen in resident.inbox)


def _breaks(work: Hearing, act: commands.FileTip) -> list[Reply]:
    return [Reply(page=1 // 0)]
