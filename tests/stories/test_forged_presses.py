"""A button's id can be made by hand. Whoever presses what is not theirs changes nothing, and learns nothing."""

from __future__ import annotations

from typing import Any

import pytest

from core.access import Role
from tests.stories.town import NEIGHBOUR, PROVINCE, Person, Town, card, says

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


async def everything(town: Town) -> list[tuple[Any, ...]]:
    """All that a press could have changed of tips and cases."""
    return await town.runtime.database.read(
        lambda db: [
            tuple(row)
            for table in ("police_case", "tip", "tip_part", "question", "audit", "likeness", "example")
            for row in db.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2")
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
