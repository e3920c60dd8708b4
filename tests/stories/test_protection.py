"""How the system protects those who report, and those who must read the reports."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.intake.fetcher import Fetcher
from core.triage.accused import Accused, accused
from handlers.housekeeping import tidy
from handlers.work import Work
from storage.tables import attachment, tip_part
from tests.pictures import jpeg
from tests.stories.town import PROVINCE, Person, Town, card, press, says
from tests.stories.town import town as running

CHARGE = "công an phường Nếnh nhận tiền của quán karaoke ở Ninh Khánh để bảo kê, tuần nào cũng đến lấy"
NOISE = "quán nhậu số {n} ở tổ dân phố Ninh Khánh, phường Nếnh hát karaoke ồn ào tới khuya"


@pytest.mark.channels("telegram", "zalo_bot")
async def test_a_tip_that_accuses_the_commune_police_goes_past_them_to_the_province(town: Town) -> None:
    officer, desk = await town.police("An"), await town.police("Desk", PROVINCE)
    resident = await town.resident()
    resident.says(CHARGE)
    await desk.hears(card)
    await resident.hears(says("Đã nhận tin báo"))
    assert not any("karaoke" in seen.text for seen in officer.inbox)


@pytest.mark.channels("telegram", "zalo_oa")
async def test_a_charge_that_comes_out_later_takes_the_case_away_from_the_accused(town: Town) -> None:
    officer, desk = await town.police("An"), await town.police("Desk", PROVINCE)
    resident = await town.resident()
    resident.says(NOISE.format(n=1))
    await officer.hears(card)
    resident.says("ồn lắm, hát karaoke cả đêm, mấy anh công an phường nhận tiền của quán nên không ai xử")
    await desk.hears(lambda seen: card(seen) and "nhận tiền của quán" in seen.text)
    await officer.hears(lambda seen: "đã được chuyển cho" in seen.text or "đã chuyển cho" in seen.text)
    assert not any("nhận tiền của quán" in seen.text for seen in officer.inbox)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (CHARGE, Accused.POLICE),
        ("may ong cong an xa o day hay voi tien", Accused.POLICE),
        ("tôi bị công an xã đánh", Accused.POLICE),
        ("csgt nhận tiền mãi lộ", Accused.POLICE),
        ("chủ tịch xã nhận hối lộ", Accused.OFFICIAL),
        ("Kính gửi công an xã, cán bộ tư pháp sách nhiễu dân", Accused.OFFICIAL),
        ("Báo công an: có bọn bảo kê thu tiền ở chợ", Accused.NOBODY),
        ("có người giả danh công an đòi tiền", Accused.NOBODY),
        ("công an ơi có đánh nhau ở chợ", Accused.NOBODY),
        ("nhờ công an phường xem giúp, quán này bảo kê", Accused.NOBODY),
        ("công an xã đến nhanh lắm, cảm ơn", Accused.NOBODY),
    ],
)
def test_only_a_plain_charge_counts_as_one(text: str, who: Accused) -> None:
    assert accused(text) is who


STRICT = """
code: strict
extends: base
title: A plan that lets one tip an hour ring
source: the story
flood: {messages_a_minute: 20, tips_an_hour: 1, source: the story}
"""


async def test_past_the_plans_number_a_persons_tips_wait_quietly_but_an_emergency_rings(
    database_url: str, key: str, tmp_path: Path
) -> None:
    plan = tmp_path / "strict.yaml"
    plan.write_text(STRICT, encoding="utf-8")
    async with running(database_url, key, tmp_path, plans=str(plan)) as town:
        officer = await town.police("An")
        resident = await town.resident()
        for number in (1, 2):
            resident.says(NOISE.format(n=number))
            await resident.hears(lambda seen, nth=number: len(_receipts(resident)) == nth)  # type: ignore[misc]
            town.clock.move(timedelta(minutes=31))
        assert len(await town.tips()) == 2, "both are kept"
        resident.says("cháy nhà số 9 tổ dân phố Ninh Khánh phường Nếnh, lửa đang lan!!!")
        await officer.hears(lambda seen: card(seen) and "KHẨN CẤP" in seen.text)
        calm = [seen for seen in officer.inbox if card(seen) and "karaoke" in seen.text]
        assert len(calm) == 1, "the second rang nobody"
        await town.time_passes(days=4)
        await officer.hears(says("vẫn chưa ai nhận"))


async def test_old_cases_lose_their_words_and_photos_but_keep_their_numbers(town: Town) -> None:
    officer = await town.police("An")
    resident = await town.resident()
    resident.sends_photo(jpeg(), caption=NOISE.format(n=7))
    press(officer, await officer.hears(lambda seen: card(seen) and "Tôi nhận" in " ".join(seen.labels)), "Tôi nhận")
    press(officer, await officer.hears(lambda seen: "Kết thúc" in " ".join(seen.labels)), "Kết thúc")
    press(officer, await officer.hears(lambda seen: "Đã giải quyết" in " ".join(seen.labels)), "Đã giải quyết")
    await resident.hears(says("đã giải quyết xong"))
    media_store = town.runtime.settings.data_dir / "media"
    await officer.hears(lambda seen: seen.kind == "photo")
    assert list(media_store.glob("??/*"))
    fresh = await _tidy(town, days=700)
    assert fresh["tips"] == 0, "two years are not over"
    done = await _tidy(town, days=731)
    assert (done["tips"], done["files"]) == (1, 1)
    assert (await _tidy(town, days=732))["tips"] == 0, "once is enough"
    runtime = town.runtime
    await Fetcher(
        town.app.ports, runtime.database, runtime.context, runtime.media_store, town.clock.now
    ).remove_erased()
    assert not list(media_store.glob("??/*"))
    (kept,) = await town.tips()
    assert (kept["text"], kept["category"], kept["state"]) == ("", "public_disorder", "closed")
    left = await town.runtime.database.read(
        lambda db: (
            db.execute(select(func.count()).select_from(tip_part)).scalar_one(),
            db.execute(select(attachment.c.file)).scalars().all(),
        )
    )
    assert left == (0, [None])


def _receipts(resident: Person) -> set[int]:
    return {seen.id for seen in resident.inbox if "Đã nhận tin báo" in seen.text}


async def _tidy(town: Town, days: int) -> dict[str, int]:
    now = town.clock.now() + timedelta(days=days)
    context = town.runtime.context
    return await town.runtime.database.write(lambda db: tidy(Work(db=db, context=context, now=now)))
