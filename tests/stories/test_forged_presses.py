"""A button's id can be made by hand. Whoever presses what is not theirs changes nothing, and learns nothing."""

from __future__ import annotations

from typing import Any

import pytest

from core.access import Role
from tests.pictures import jpeg
from tests.stories.test_clock import VY_2024
from tests.stories.town import GROUPS, NEIGHBOUR, PROVINCE, Person, Town, card, says

pytestmark = pytest.mark.channels("telegram")
THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"
QUESTION = "Làm căn cước cho cháu 14 tuổi cần giấy tờ gì ạ?"
OF_A_TIP = (
    "fixcat",
    "cats",
    "fixurg",
    "fixplace",
    "withdraw",
    "withdraw!",
    "contact",
    "ok",
    "show",
    "add",
    "keep",
    "cat:drugs",
    "urg:normal",
    "com:07777",
    "chat",
    "anon",
    "split",
)
OF_A_CASE = (
    "take",
    "ask",
    "q:0",
    "notours",
    "province",
    "to:07777",
    "close",
    "end:handled",
    "end:duplicate",
    "reopen",
    "fix",
    "cat:drugs",
    "urg:emergency",
    "show",
    "card",
    "same:2",
    "differ:2",
)


OF_CASES = ("police_case", "tip", "tip_part", "question", "audit", "likeness", "example")
OF_GROUPS = ("activity", "attachment", "obligation", "duty", "contact", "audit")
NO_NUMBERS = ("²", "²²²²²", "٣", "-1", "1 ", "9" * 19, "9" * 40, "x", "")
"""What might be taken for a number and is none, or is too large for a row's."""


async def everything(town: Town, tables: tuple[str, ...] = OF_CASES) -> list[tuple[Any, ...]]:
    """All that a press could have changed of tips and cases, or of what these tables hold."""
    return await town.runtime.database.read(
        lambda db: [
            tuple(row) for table in tables for row in db.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2")
        ]
    )


async def heard_of(town: Town, who: Person) -> str:
    """All that somebody was ever told."""
    await town.time_passes(seconds=1)
    return "\n".join(seen.text for seen in who.inbox)


async def presses_all(town: Town, who: Person, buttons: list[str]) -> None:
    """Press each of them below the latest message; each is answered as if it meant nothing."""
    who.says("xin chào")
    await who.hears(lambda seen: bool(seen.text))
    for button in buttons:
        await who.puts_press(who.inbox[-1], button).is_answered()


async def test_nobody_changes_or_reads_somebody_elses_tip(town: Town) -> None:
    officer, reporter, stranger = await town.police("An"), await town.resident(), await town.resident("Ke la")
    reporter.says(THEFT)
    await reporter.hears(says("Đã nhận tin báo"))
    await officer.hears(card)
    code = (await town.tips())[0]["code"]
    await town.time_passes(seconds=1)  # what is done at leisure is done
    before = await everything(town)
    await presses_all(town, stranger, [f"t:1:{verb}" for verb in OF_A_TIP])
    assert await everything(town) == before
    assert code not in await heard_of(town, stranger)
    await presses_all(town, officer, [f"t:1:{verb}" for verb in OF_A_TIP])
    assert await everything(town) == before, "nor does the officer who works the case"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COMMANDER, Role.COMMITTEE])
async def test_nobody_of_another_unit_touches_a_case_or_sees_that_it_is_there(town: Town, role: Role) -> None:
    officer = await town.police("An")
    await town.police("Tinh", PROVINCE)
    stranger = await town.police("Cuong", NEIGHBOUR, role)
    for name in ("Ba Tu", "Chi Hai"):
        resident = await town.resident(name)
        resident.says(THEFT)
        await resident.hears(says("Đã nhận tin báo"))
        await officer.hears(card)
    codes = [tip["code"] for tip in await town.tips()]
    await town.time_passes(seconds=1)  # what is done at leisure is done
    before = await everything(town)
    await presses_all(town, stranger, [f"c:1:{verb}" for verb in OF_A_CASE])
    assert await everything(town) == before
    told = await heard_of(town, stranger)
    assert THEFT not in told and not any(code in told for code in codes)


async def test_a_resident_cannot_play_the_officer(town: Town) -> None:
    officer, reporter = await town.police("An"), await town.resident()
    reporter.says(THEFT)
    await reporter.hears(says("Đã nhận tin báo"))
    await officer.hears(card)
    await town.time_passes(seconds=1)  # what is done at leisure is done
    before = await everything(town)
    await presses_all(town, reporter, [f"c:1:{verb}" for verb in OF_A_CASE])
    assert await everything(town) == before


async def test_a_question_is_answered_by_its_own_unit_only(town: Town) -> None:
    officer, stranger = await town.police("An"), await town.police("Cuong", NEIGHBOUR)
    asker, curious = await town.resident(), await town.resident("Ke la")
    asker.says("/hoi")
    await asker.hears(says("muốn hỏi gì"))
    asker.says(QUESTION)
    await officer.hears(says(QUESTION))
    for who in (stranger, curious):
        await presses_all(town, who, ["q:1:answer", "q:1:tip"])
        who.says("câu trả lời giả")
        assert QUESTION not in await heard_of(town, who)
    assert all("câu trả lời giả" not in seen.text for seen in asker.inbox)


TWO_GROUPS = f"""{GROUPS}
  - {{id: to-hoa-giai, name: Tổ hòa giải khu 4, model: to-hoa-giai, unit: "07795"}}
"""
PATROL = "tuần tra 7 người 21h-23h ấp 9"


async def forges_an_activity(town: Town, leader: Person) -> str:
    """A leader tries to read, tell again, illustrate and delete the first activity; all that they heard."""
    await presses_all(town, leader, [f"a:1:{verb}" for verb in ("list", "delete", "delete!", "month:0", "form", "no")])
    for verb in ("fix", "photo"):
        await town.time_passes(minutes=1)
        await presses_all(town, leader, [f"a:1:{verb}"])
        leader.says("9 người 20h-21h ấp 9")
        await leader.puts_press(leader.inbox[-1], f"a:1:{verb}").is_answered()
        leader.sends_photo(jpeg())
        await presses_all(town, leader, ["a:1:list"])
    return await heard_of(town, leader)


async def test_nobody_touches_or_reads_what_another_leader_logged(town: Town) -> None:
    await town.load(TWO_GROUPS)
    mine = await town.leader()
    mine.says(PATROL)
    await mine.hears(says("Đã ghi hoạt động"))
    for stranger in (await town.leader("Anh Bay"), await town.leader("Chi Tam", "to-hoa-giai")):
        before = await everything(town, OF_GROUPS)
        told = await forges_an_activity(town, stranger)
        assert await everything(town, OF_GROUPS) == before
        assert PATROL not in told and not any(words in told for words in ("Đã sửa", "Đã thêm ảnh", "Đã xóa"))


async def test_nobody_but_a_leader_has_anything_to_do_with_a_groups_log(town: Town) -> None:
    await town.load(GROUPS)
    leader, resident, officer = await town.leader(), await town.resident(), await town.police("An")
    leader.says(PATROL)
    await leader.hears(says("Đã ghi hoạt động"))
    verbs = ("list", "fix", "photo", "delete", "delete!", "form", "month:0", "kind:patrol")
    for stranger in (resident, officer):
        await presses_all(town, stranger, ["a:1:list"])
        before = await everything(town, OF_GROUPS)
        await presses_all(town, stranger, [f"a:1:{verb}" for verb in verbs])
        assert await everything(town, OF_GROUPS) == before
        told = await heard_of(town, stranger)
        assert not any(words in told for words in (PATROL, "Tổ tuần tra khu 4", "Mô hình vừa làm gì", "Gõ lại", "Xóa"))


async def test_who_leads_a_group_no_more_leaves_its_log_alone(town: Town) -> None:
    await town.load(TWO_GROUPS)
    leader = await town.leader()
    leader.says(PATROL)
    await leader.hears(says("Đã ghi hoạt động"))
    leader.says("/roivaitro")
    await leader.hears(says("Đã trả lại mọi vai trò"))
    leader.starts(await town.invite(Role.LEADER, group="to-hoa-giai"))
    await leader.hears(says("Tổ hòa giải khu 4 ghi hoạt động ngay tại đây"))
    before = await everything(town, OF_GROUPS)
    leader.says("/hoatdong")
    await leader.hears(says("Chưa ghi hoạt động nào"))
    told = await forges_an_activity(town, leader)
    assert await everything(town, OF_GROUPS) == before
    assert "Đã sửa" not in told and "Đã xóa" not in told


async def test_nobody_moves_or_unlinks_somebody_elses_chat(town: Town) -> None:
    resident, stranger = await town.resident(), await town.resident("Ke la")
    for who in (resident, stranger):
        who.says("xin chào")
        await who.hears()
    before = await everything(town, OF_GROUPS)
    await presses_all(town, stranger, ["m:here:1", "m:here:2", "m:here:999", "m:unlink"])
    assert await everything(town, OF_GROUPS) == before


async def test_a_report_is_not_in_because_a_stranger_says_so(town: Town) -> None:
    await town.load(VY_2024)
    owed = [row[0] for row in await everything(town, ("obligation",))]
    for stranger in (await town.resident(), await town.police("Cuong", NEIGHBOUR, Role.COMMITTEE)):
        await presses_all(town, stranger, ["m:done:999"])
        before = await everything(town, OF_GROUPS)
        await presses_all(town, stranger, [f"m:done:{one}" for one in owed[:5]])
        assert owed and await everything(town, OF_GROUPS) == before
        assert "Đã ghi:" not in await heard_of(town, stranger)


async def test_a_button_that_names_no_number_means_nothing(town: Town) -> None:
    await town.load(GROUPS)
    leader, officer = await town.leader(), await town.police("An")
    for who, button in (
        (leader, "a:{}:delete!"),
        (leader, "m:here:{}"),
        (leader, "m:done:{}"),
        (leader, "t:{}:withdraw!"),
        (officer, "q:{}:answer"),
        (officer, "c:{}:take"),
        (officer, "c:1:same:{}"),
        (officer, "c:1:q:{}"),
        (officer, "c:1:to:{}"),
    ):
        await presses_all(town, who, [button.format(odd) for odd in NO_NUMBERS])
        await town.time_passes(minutes=1)
    for who in (leader, officer):
        assert "Máy đang gặp trục trặc" not in await heard_of(town, who)
