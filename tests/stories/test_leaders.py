"""A group leader logs an activity in under three messages, and sees the month."""

from __future__ import annotations

import pytest

from tests.pictures import jpeg
from tests.stories.town import GROUPS, Town, press, says

pytestmark = pytest.mark.channels("every")


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
    town.on("2026-11-20T08:30")
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


async def test_what_was_counted_and_how_it_ended_stands_in_the_log_the_list_and_the_month(town: Town) -> None:
    town.on("2026-11-20T08:30")
    leader = await town.leader()
    leader.says("hòa giải thành 2 vụ 7h sáng nay")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    assert "Số lượng: 2" in logged.text and "Hòa giải thành" in logged.text and "07:00 20/11" in logged.text
    leader.says("hòa giải không thành 1 vụ 6h sáng nay")
    await leader.hears(says("Hòa giải không thành"))
    leader.says("/hoatdong")
    listed = await leader.hears(says("“hòa giải thành 2 vụ"))
    assert "Số lượng: 2" in listed.text and "\nHòa giải thành\n" in listed.text
    leader.says("/thang")
    await leader.hears(says("• Hòa giải: 2 lần, số lượng 3, 1 lần thành, 1 lần không thành"))


async def test_a_time_that_is_our_guess_is_told_as_a_guess(town: Town) -> None:
    town.on("2026-11-20T08:30")
    leader = await town.leader()
    leader.says("họp tổ tối qua 12 người")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    assert "khoảng 19:00 19/11" in logged.text and "Làm lúc nào?" not in logged.text
    leader.says("tuần tra 3 người 22h-1h ấp 4")
    told = await leader.hears(says("Tuần tra"))
    assert "22:00 19/11–01:00" in told.text and "khoảng" not in told.text
    leader.says("/hoatdong")
    await leader.hears(lambda seen: "khoảng 19:00 19/11" in seen.text and "“họp tổ" in seen.text)


async def test_what_a_line_does_not_tell_is_asked_for_and_the_rest_is_not(town: Town) -> None:
    town.on("2026-11-20T08:30")
    leader = await town.leader()
    leader.says("tuần tra 3 người ấp 4")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    assert "khoảng 08:" in logged.text, "when it was told, for want of better"
    assert "Làm lúc nào?\nĐến mấy giờ?\nChọn «Sửa»" in logged.text
    press(leader, logged, "Sửa")
    await leader.hears(says("Gõ lại"))
    leader.says("3 người 22h-1h ấp 4")
    fixed = await leader.hears(says("Đã sửa"))
    assert "22:00 19/11–01:00" in fixed.text and "Chọn «Sửa»" not in fixed.text


@pytest.mark.channels("telegram", "web")
async def test_a_correction_that_names_no_time_leaves_the_time_as_it_was(town: Town) -> None:
    town.on("2026-11-20T08:30")
    leader = await town.leader()
    leader.says("tuần tra 3 người 22h-1h ấp 4")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    await town.time_passes(days=2)
    press(leader, logged, "Sửa")
    await leader.hears(says("Gõ lại"))
    leader.says("5 người ấp 4")
    fixed = await leader.hears(says("Đã sửa"))
    assert "22:00 19/11–01:00" in fixed.text and "5 người" in fixed.text


@pytest.mark.channels("telegram", "web")
@pytest.mark.parametrize(
    ("now", "this", "last", "began"),
    [
        ("2026-12-01T00:30", "12/2026", "11/2026", "22:00 30/11"),
        ("2027-01-01T00:30", "1/2027", "12/2026", "22:00 31/12"),
        ("2028-03-01T07:00", "3/2028", "2/2028", "22:00 29/02"),
        ("2027-03-05T23:59", "3/2027", "", "22:00 05/03"),
    ],
)
async def test_last_nights_patrol_belongs_to_the_month_in_which_it_began(
    town: Town, now: str, this: str, last: str, began: str
) -> None:
    town.on(now)
    leader = await town.leader()
    leader.says("tuần tra 3 người 22h-1h ấp 4")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    assert began in logged.text
    leader.says("/thang")
    shown = await leader.hears(says("1 hoạt động"))
    if not last:
        assert f"tháng {this}: 1 hoạt động" in shown.text
        return
    assert f"tháng {this}: chưa ghi hoạt động nào" in shown.text
    assert f"tháng {last}: 1 hoạt động" in shown.text and "• Tuần tra: 1 lần, 3 lượt người" in shown.text
    assert [label for label in shown.labels if "Tháng" in label] == ["Tháng trước", "Tháng này"]


@pytest.mark.channels("telegram")
async def test_the_month_before_is_shown_in_a_months_first_days_only_and_only_while_the_new_one_is_empty(
    town: Town,
) -> None:
    town.on("2026-11-20T08:30")
    leader = await town.leader()
    leader.says("tuần tra 3 người 22h-1h ấp 4")
    await leader.hears(says("Đã ghi hoạt động"))
    town.on("2026-12-05T23:59")
    leader.says("/thang")
    await leader.hears(lambda seen: "12/2026: chưa ghi" in seen.text and "11/2026: 1 hoạt động" in seen.text)
    leader.says("họp tổ 12 người")
    await leader.hears(says("Sinh hoạt"))
    leader.says("/thang")
    full = await leader.hears(lambda seen: "12/2026: 1 hoạt động" in seen.text and "11/2026" not in seen.text)
    press(leader, full, "Tháng trước")
    await leader.hears(lambda seen: "11/2026: 1 hoạt động" in seen.text and "12/2026" not in seen.text)
    town.on("2027-01-06T00:00")
    leader.says("/thang")
    await leader.hears(lambda seen: "1/2027: chưa ghi" in seen.text and "12/2026" not in seen.text)
    town.on("2027-03-01T00:00")
    leader.says("/thang")
    await leader.hears(lambda seen: "3/2027: chưa ghi" in seen.text and "2/2027" not in seen.text)
