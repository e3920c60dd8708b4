"""A commune adds a kind of group work in its plan file, and its leaders log it like any other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.access import Role
from tests.stories.town import GROUPS, NENH, Town, press, says
from tests.stories.town import town as running

KITCHENS = """
activities:
  - kind: bep-an
    names: {vi: Kiểm tra bếp ăn, en: Kitchen check}
    words: [kiểm tra bếp ăn, kiểm tra an toàn thực phẩm, kiểm tra bếp ăn trường học]
    asks: [started_at, count, place]
    source: the story
"""


@pytest.fixture
async def town(database_url: str, key: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose plan has a patrol group and a kind of work of its own."""
    plan = tmp_path / "own.yaml"
    plan.write_text(GROUPS + KITCHENS, encoding="utf-8")
    async with running(database_url, key, tmp_path, plans=str(plan)) as own:
        await own.load(GROUPS + KITCHENS)
        own.on("2026-11-20T08:30")
        yield own


async def test_one_line_is_logged_listed_and_summed_up_under_the_plans_name(town: Town) -> None:
    leader = await town.leader()
    leader.says("kiểm tra bếp ăn 5 cơ sở tối qua")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    assert "Kiểm tra bếp ăn · khoảng 19:00 19/11" in logged.text and "Số lượng: 5" in logged.text
    assert "Ở đâu?" in logged.text and "Có mấy người" not in logged.text
    leader.says("kiem tra an toan thuc pham 2 co so 7h sang nay")
    await leader.hears(says("Số lượng: 2"))
    leader.says("/hoatdong")
    listed = await leader.hears(says("“kiểm tra bếp ăn 5 cơ sở tối qua”"))
    assert "Kiểm tra bếp ăn · " in listed.text
    leader.says("/thang")
    await leader.hears(says("• Kiểm tra bếp ăn: 2 lần, số lượng 7"))
    leader.says("kiểm tra bếp ăn trường học 3 cơ sở sáng nay")
    school = await leader.hears(says("Số lượng: 3"))
    assert "Ở đâu?" in school.text, "the school is a word of the kind, not a place"
    assert await town.tips() == []


async def test_the_form_offers_it_and_a_correction_keeps_it(town: Town) -> None:
    leader = await town.leader()
    leader.says("/ghi")
    form = await leader.hears(says("Mô hình vừa làm gì?"))
    assert form.labels[-2:] == ["Kiểm tra bếp ăn", "Việc khác"]
    press(leader, form, "Kiểm tra bếp ăn")
    await leader.hears(says("Kể trong một tin"))
    leader.says("6 cơ sở 7h sáng nay")
    logged = await leader.hears(says("Đã ghi hoạt động"))
    assert "Kiểm tra bếp ăn · 07:00 20/11" in logged.text and "Số lượng: 6" in logged.text
    press(leader, logged, "Sửa")
    await leader.hears(says("Gõ lại"))
    leader.says("kiểm tra bếp ăn trường học 8 cơ sở 7h sáng nay")
    fixed = await leader.hears(says("Đã sửa"))
    assert "Kiểm tra bếp ăn" in fixed.text and "Số lượng: 8" in fixed.text
    assert "Ở đâu?" in fixed.text, "the school is a word of the kind, not a place"


async def test_a_leader_who_reads_english_sees_its_english_name(town: Town) -> None:
    john = await town.resident("John", language="en")
    john.starts(await town.invite(Role.LEADER, NENH, "to-tuan-tra"))
    john.says("kiểm tra bếp ăn 5 cơ sở tối qua")
    await john.hears(says("Kitchen check"))


async def test_trouble_that_was_met_on_the_way_is_still_a_tip(town: Town) -> None:
    leader = await town.leader()
    leader.says("đi kiểm tra bếp ăn thấy 3 người đang đánh nhau, cầm dao")
    await leader.hears(says("Đã nhận tin báo"))
    assert len(await town.tips()) == 1
