"""A commune writes numbers of its own into its plan: nobody in it is told any other number, on any channel."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.app.build import lay_out_plans
from core.calendar import vietnamese_day
from tests.channels.test_web_edges import database_away
from tests.channels.web_town import web_town
from tests.conftest import NOW
from tests.stories.town import NENH, PROVINCE, card, says
from tests.stories.town import town as running

PLAN: Final = """
code: own
extends: base
title: A commune with numbers of its own
source: the story
units:
  - {code: "07795", name: phường Nếnh}
hotlines:
  - {key: police, number: "0204113113"}
  - {key: fire, number: "0204114114"}
  - {key: ambulance, number: "0204115115"}
  - {key: children, number: "0204111111"}
  - {key: desk, number: "0204999999", names: {vi: trực ban phường Nếnh, en: Nenh duty desk}, source: the story}
flood: {messages_a_minute: 3, tips_an_hour: 12, source: the story}
campaigns:
  - key: fire
    title: Đề phòng cháy
    at: {rule: on_date, date: DAY}
    texts: {vi: "Có cháy: hô to, ra ngoài, gọi {fire}."}
    source: the story
"""
NATIONAL: Final = re.compile(r"(?<![\w-])11[1345](?![\w-])")
FIRE: Final = "cháy nhà ở tổ 5 phường Nếnh, lửa to lắm"


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "own.yaml"
    tomorrow = vietnamese_day(NOW) + timedelta(days=1)
    file.write_text(PLAN.replace("DAY", f"{tomorrow:%d/%m/%Y}"), encoding="utf-8")
    return str(file)


async def test_every_sentence_tells_the_numbers_of_the_plan_in_force(
    database_url: str, key: str, tmp_path: Path, plan: str
) -> None:
    async with running(database_url, key, tmp_path, plans=plan) as town:
        await town.runtime.database.write(lambda db: lay_out_plans(db, town.runtime, NOW))
        ba, john, hoa = await town.resident(), await town.resident("John", language="en"), await town.resident("Hoa")
        ba.says(FIRE)
        await ba.hears(says("GỌI NGAY 0204114114"))
        ba.says("/hoi")
        await ba.hears(says("Việc gấp xin gọi 0204113113"))
        john.says("/help")
        await john.hears(
            says("0204114114 fire and rescue · 0204115115 ambulance · 0204111111 children · 0204999999 Nenh")
        )
        john.says("gọi số nào khi khẩn cấp")
        await john.hears(says("Khẩn cấp: 0204113113 công an"))
        hoa.starts(f"c_{NENH}")
        await hoa.hears(says("phường Nếnh"))
        for number in range(4):
            hoa.says(f"/help {number}")
        await hoa.hears(says("Gấp thì gọi 0204113113"))
        await town.time_passes(days=1)
        await hoa.hears(says("ra ngoài, gọi 0204114114"))
        told = [seen.text for who in (ba, john, hoa) for seen in who.inbox]
        assert [text for text in told if NATIONAL.search(text)] == []


async def test_the_web_page_tells_them_too_also_while_it_can_take_nothing(key: str, tmp_path: Path, plan: str) -> None:
    async with web_town(f"sqlite:///{tmp_path / 'tinbao.db'}", key, tmp_path, plans=plan) as town:
        resident = await town.person()
        await resident.says(FIRE)
        chat = await resident.page()
        data = await resident.form() | {"text": FIRE}
        stale = (await resident.client.post("/chat/say", data=data | {"token": "old"})).text
        with database_away(tmp_path):
            script = await resident.client.post("/chat/say", data=data, headers={"accept": "application/json"})
    assert "GỌI NGAY 0204114114" in chat
    assert 'href="tel:0204114114"><b>0204114114</b> <span>Cháy, cứu nạn</span>' in chat
    assert "gọi 0204113113, 0204114114 hoặc 0204115115" in chat, "the words for when the script gets no answer"
    assert "0204999999 trực ban phường Nếnh" in stale
    assert "gọi 0204113113" in script.json()["say"]
    assert [text for text in (chat, stale, script.text) if NATIONAL.search(text)] == []


ELSEWHERE: Final = """
code: province
extends: base
title: A province that lets one commune take what names none
source: the story
routing: {no_unit: "07795"}
"""


async def test_a_tip_that_names_no_commune_goes_where_the_plan_says_when_none_is_served(
    database_url: str, key: str, tmp_path: Path
) -> None:
    file = tmp_path / "province.yaml"
    file.write_text(ELSEWHERE, encoding="utf-8")
    async with running(database_url, key, tmp_path, plans=str(file), commune="", province=PROVINCE) as town:
        desk, officer = await town.police("Desk", PROVINCE), await town.police("An", NENH)
        resident = await town.resident()
        resident.says("có người đang đánh nhau")
        await officer.hears(card)
        assert not any(card(seen) for seen in desk.inbox)
        (tip,) = await town.tips()
        assert not tip["commune"]
