"""A group leader logs an activity in under three messages, and sees the month."""

from __future__ import annotations

import pytest

from tests.pictures import jpeg
from tests.stories.town import GROUPS, Town, press, says

pytestmark = pytest.mark.channels("telegram", "web", "zalo_oa", "zalo_bot")


@pytest.fixture(autouse=True)
async def groups(town: Town) -> None:
    """The town has a patrol group."""
    await town.load(GROUPS)


async def test_one_line_is_enough(town: Town) -> None:
    leader = await town.leader()
    leader.says("tuần tra 3 người 22h-1h ấp 4")
    answer = await leader.hears(says("Đã ghi hoạt động"))
    assert "Tuần tra" in answer.text and "3 người" in answer.text and "22:00" in answer.text and "01:00" in answer.text


async def test_the_form_takes_one_press_and_one_message_with_a_photo(town: Town) -> None:
    leader = await town.leader()
    leader.says("/ghi")
    form = await leader.hears(says("Mô hình vừa làm gì?"))
    press(leader, form, "Tuyên truyền")
    await leader.hears(says("Kể trong một tin"))
    leader.sends_photo(jpeg(), caption="sáng nay 15 hộ 40 người ở nhà văn hóa")
    answer = await leader.hears(says("Đã ghi hoạt động"))
    assert "Tuyên truyền" in answer.text and "40 người" in answer.text and "15 hộ" in answer.text


async def test_ones_own_activities_are_listed_corrected_and_deleted(town: Town) -> None:
    leader = await town.leader()
    leader.says("tuần tra 3 người 22h-1h ấp 4")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    press(leader, logged, "Sửa")
    await leader.hears(says("Gõ lại"))
    leader.says("tuần tra 5 người 22h-1h ấp 4")
    await leader.hears(lambda seen: "Đã sửa" in seen.text and "5 người" in seen.text)
    leader.says("/hoatdong")
    listed = await leader.hears(lambda seen: "“tuần tra 5 người" in seen.text)
    press(leader, listed, "Xóa")
    sure = await leader.hears(says("Xóa hoạt động này?"))
    press(leader, sure, "Xóa")
    await leader.hears(says("Đã xóa"))
    leader.says("/thang")
    await leader.hears(says("chưa ghi hoạt động nào"))


async def test_the_months_summary_counts_by_kind(town: Town) -> None:
    leader = await town.leader()
    for line in ("tuần tra 3 người 22h-1h ấp 4", "tuần tra 4 người tối qua ấp 5", "họp tổ tối qua 12 người"):
        leader.says(line)
    await leader.hears(says("Sinh hoạt"))
    leader.says("/thang")
    summary = await leader.hears(says("3 hoạt động"))
    assert "Tuần tra: 2 lần, 7 lượt người" in summary.text and "11/2026" in summary.text


async def test_a_leaders_tip_is_still_a_tip(town: Town) -> None:
    leader = await town.leader()
    leader.says("có 3 người đang đánh nhau ở ấp 4, cầm dao")
    await leader.hears(says("Đã nhận tin báo"))
    assert len(await town.tips()) == 1


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_another_leader_cannot_change_what_is_not_theirs(town: Town) -> None:
    mine, other = await town.leader("Anh Sau"), await town.leader("Anh Bay")
    mine.says("tuần tra 3 người 22h-1h ấp 4")
    await mine.hears(says("Đã ghi hoạt động"))
    await other.puts_press(other.inbox[-1], "a:1:delete!").is_answered()
    mine.says("/thang")
    await mine.hears(says("1 hoạt động"))
