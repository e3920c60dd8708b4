"""Escalations, deadlines and awareness messages: each once, whatever restarts."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from core.access import Role
from core.ids import CampaignId
from core.messages import Language
from core.plan import Audience, CatchUp
from core.triage.proposal import Urgency
from handlers.campaign import plan_campaign
from handlers.work import Work
from scheduler.clockwork import Clockwork
from storage import campaigns
from storage.campaigns import BroadcastState
from tests.pictures import jpeg
from tests.stories.listening import all_sent
from tests.stories.town import NENH, PROVINCE, Town, card, says
from tests.stories.town import town as running

pytestmark = pytest.mark.channels("every")
FIRE = "cháy nhà rồi bà con ơi, ở tổ 5 phường Nếnh!!!"
VY_2024 = (Path(__file__).parents[2] / "plans" / "vy-2024.yaml").read_text(encoding="utf-8")


async def test_an_alert_that_nobody_takes_reaches_the_commander_and_then_the_province(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    desk = await town.police("Duty desk", PROVINCE)
    resident = await town.resident()
    resident.says(FIRE)
    await officer.hears(card)
    assert not any(card(seen) for seen in commander.inbox)
    limits = town.runtime.context.rules.limits.take[Urgency.EMERGENCY]
    await town.time_passes(seconds=limits.commander.total_seconds() + 1)
    await commander.hears(card)
    await officer.hears(says("vẫn chưa ai nhận"))
    assert not any(card(seen) for seen in desk.inbox)
    await town.time_passes(seconds=(limits.province - limits.commander).total_seconds() + 1)
    await desk.hears(card)


async def test_a_case_that_was_taken_does_not_escalate(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    resident = await town.resident()
    resident.says(FIRE)
    officer.presses(await officer.hears(card), "✋ Tôi nhận việc này")
    await officer.hears(says(f"{officer.name} đang xử lý"))
    await town.time_passes(hours=5)
    assert not any(card(seen) for seen in commander.inbox)


@pytest.mark.channels("telegram", "web")
async def test_the_four_reports_of_the_plan_are_reminded_of_seven_three_and_one_day_before_on_the_day_and_after(
    town: Town,
) -> None:
    town.on("2026-11-20T08:30")
    committee = await town.police("Thu ky", role=Role.COMMITTEE)
    await town.load(VY_2024)
    for _ in range(40):  # from 20 November 2026 past 12 December, the last good day of the annual report
        await town.time_passes(days=1)
    await committee.hears(lambda seen: "Đã quá hạn 15 ngày" in seen.text and "Báo cáo kết quả năm" in seen.text)
    texts = [seen.text for seen in committee.inbox]
    for words in ("Còn 7 ngày", "Còn 3 ngày", "Còn 1 ngày", "Hôm nay là hạn cuối", "Đã quá hạn 1 ngày"):
        assert any(words in text and "Báo cáo kết quả năm" in text for text in texts)
    assert any("từ 15/12/2025 đến 12/12/2026" in text for text in texts)
    assert len(texts) == len(set(texts)), "each once"


@pytest.mark.channels("telegram", "web", "zalo_bot")
async def test_a_report_that_is_in_is_not_reminded_of(town: Town) -> None:
    town.on("2026-11-20T08:30")
    committee = await town.police("Thu ky", role=Role.COMMITTEE)
    await town.load(VY_2024)
    await town.time_passes(days=15)
    first = await committee.hears(says("Báo cáo kết quả năm"))
    committee.presses(first, "✅ Đã gửi báo cáo")
    await committee.hears(says("Đã ghi"))
    await town.time_passes(days=20)
    assert not any("Hôm nay là hạn cuối: Báo cáo kết quả năm" in seen.text for seen in committee.inbox)


@pytest.mark.channels("telegram", "zalo_bot")
async def test_after_a_pause_one_reminder_of_each_report_says_it_all(town: Town) -> None:
    town.on("2026-11-20T08:30")
    committee = await town.police("Thu ky", role=Role.COMMITTEE)
    await town.load(VY_2024)
    await town.time_passes(days=23)  # the annual report was due on 12 December: five reminders have passed
    await committee.hears(says("Báo cáo kết quả năm"))
    await all_sent(town)
    said = [seen.text for seen in committee.inbox if "Báo cáo kết quả năm" in seen.text]
    assert len(said) == 1 and "Đã quá hạn 1 ngày" in said[0]


async def a_campaign(town: Town, late: CatchUp = CatchUp.SEND) -> CampaignId:
    """An awareness message with a picture to everybody of the commune, in an hour."""
    stored = town.runtime.media_store.put(jpeg(), "image/jpeg")
    now = town.clock.now()
    number = await town.runtime.database.write(
        lambda db: plan_campaign(
            Work(db=db, context=town.runtime.context, now=now),
            key="story",
            title="Đề phòng cháy",
            texts={Language.VI: "Tắt bếp trước khi đi ngủ.", Language.EN: "Turn the stove off."},
            at=now + timedelta(hours=1),
            audience=Audience(units=(NENH,)),
            late=late,
            picture=lambda: stored,
        )
    )
    assert number is not None
    return number


async def stands(town: Town, campaign_id: CampaignId) -> tuple[BroadcastState, int]:
    """How far a message is, and for how many chats it was queued."""
    found = await town.runtime.database.read(lambda db: campaigns.by_id(db, campaign_id))
    assert found is not None
    return found.state, found.queued


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_an_awareness_message_with_its_picture_reaches_the_commune_once(town: Town) -> None:
    resident, stranger = await town.resident(), await town.resident("Khach")
    resident.starts(f"c_{NENH}")
    await resident.hears(says("phường Nếnh"))
    stranger.says("xin chào")
    await stranger.hears()
    number = await a_campaign(town)
    assert not any("Đề phòng cháy" in seen.text for seen in resident.inbox)
    await town.time_passes(hours=1, seconds=1)
    seen = await resident.hears(says("Tắt bếp trước khi đi ngủ"))
    assert seen.kind == "photo"
    await town.time_passes(hours=1)
    assert sum("Đề phòng cháy" in seen.text for seen in resident.inbox) == 1
    assert not any("Đề phòng cháy" in seen.text for seen in stranger.inbox)
    assert await stands(town, number) == (BroadcastState.DONE, 1)


@pytest.mark.parametrize(
    ("late", "ends"), [(CatchUp.SEND, (BroadcastState.DONE, 1)), (CatchUp.SKIP, (BroadcastState.SKIPPED, 0))]
)
async def test_what_fell_due_while_the_process_was_down_is_caught_up_or_skipped_as_the_plan_says(
    database_url: str, key: str, tmp_path: Path, late: CatchUp, ends: tuple[BroadcastState, int]
) -> None:
    async with running(database_url, key, tmp_path) as before:
        resident = await before.resident()
        resident.starts(f"c_{NENH}")
        await resident.hears(says("phường Nếnh"))
        number = await a_campaign(before, late)
    async with running(database_url, key, tmp_path) as after:
        await after.time_passes(days=2)
        assert await stands(after, number) == ends


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_several_processes_on_one_database_remind_once(town: Town) -> None:
    officer = await town.police("An")
    await town.police("Truong", role=Role.COMMANDER)
    resident = await town.resident()
    resident.says(FIRE)
    await officer.hears(card)
    town.clock.shift += timedelta(hours=1)
    others = [Clockwork(town.runtime.database, town.runtime.context, town.clock.now) for _ in range(3)]
    await asyncio.gather(*(other.catch_up() for other in others))

    def told() -> int:
        return sum("vẫn chưa ai nhận" in seen.text for seen in officer.inbox)

    await officer.hears(lambda _: told() == 2)
    await all_sent(town)
    assert told() == 2, "the commander's turn and the province's each ring once, however many look"
    levels = await town.runtime.database.read(
        lambda db: db.exec_driver_sql("SELECT count(*) FROM audit WHERE act = 'escalated'").scalar()
    )
    assert levels == 2
