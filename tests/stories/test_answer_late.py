"""A reporter who waits too long for an answer is not forgotten."""

from __future__ import annotations

import pytest

from core.access import Role
from tests.doubles.telegram.people import Person
from tests.stories.town import Town, card, press, says

THEFT = "đêm qua nhà tôi ở tổ 5 phường Nếnh bị trộm mất xe máy"
LATE = "đã quá hạn trả lời người báo"

pytestmark = pytest.mark.channels("telegram")


def reminders(person: Person) -> int:
    """How often somebody was told that an answer is late."""
    return sum(LATE in seen.text for seen in person.inbox)


async def test_who_has_a_case_and_does_not_answer_is_reminded_with_the_commander_and_each_time_later(
    town: Town,
) -> None:
    officer, colleague = await town.police("An"), await town.police("Binh")
    commander = await town.police("Truong", role=Role.COMMANDER)
    resident = await town.resident()
    resident.says(THEFT)
    seen = await officer.hears(card)
    press(officer, seen, "Tôi nhận việc")
    shown = await officer.hears(says(f"{officer.name} đang xử lý"))
    await town.time_passes(days=19, hours=23)  # what looks like a crime has twenty days
    assert reminders(officer) == 0
    told = 0
    for days in (1, 1, 2):  # after twenty days, a day later, two days after that
        await town.time_passes(days=days)
        told += 1
        for who in (officer, commander):
            await town.telegram.until(lambda: reminders(who) == told)  # noqa: B023  # awaited at once
            assert f"{officer.name} phụ trách" in next(seen.text for seen in who.inbox if LATE in seen.text)
    await town.time_passes(days=2)
    press(officer, shown, "Kết thúc")
    menu = await officer.hears(lambda seen: any("Đã giải quyết" in label for label in seen.labels))
    press(officer, menu, "Đã giải quyết")
    await resident.hears(says("giải quyết"))
    await town.time_passes(days=30)
    assert (reminders(officer), reminders(commander), reminders(colleague)) == (told, told, 0)
