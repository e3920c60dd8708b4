"""Where an app shows no buttons, people answer a numbered list in their own ways, and often send something else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.access import Role
from tests.doubles.zalo_bot import Person as BotPerson
from tests.doubles.zalo_bot import ZaloBotDouble
from tests.doubles.zalo_oa import Person as OaPerson
from tests.doubles.zalo_oa import ZaloOaDouble
from tests.stories.town import NENH, Person, Seen, card, press, says
from tests.stories.zalo_people import ZaloPerson
from tests.stories.zalo_story import ZaloTown

pytestmark = pytest.mark.channels("zalo_oa", "zalo_bot")
THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"
RECEIPT = "Đã nhận tin báo"


async def types(town: ZaloTown, who: Person, *said: str, after_s: int = 10) -> Seen:
    """A person writes one text after another, each so long after the previous answer; returns the last answer."""
    assert isinstance(who, ZaloPerson)
    for words in said:
        await town.is_quiet()
        town.clock.move(timedelta(seconds=after_s))
        who.says(words)
        await who.has_spoken()
        await town.is_quiet()
    return who.inbox[-1]


async def reported(town: ZaloTown) -> Person:
    """Somebody who has told of a theft, and has the receipt with its list."""
    resident = await town.resident()
    assert RECEIPT in (await types(town, resident, THEFT)).text
    return resident


@pytest.mark.channels("zalo_oa")
@pytest.mark.parametrize("turns", ["0", "xem thêm", "XEM THEM", "số 0"])
async def test_a_long_list_turns_its_page_and_does_not_say_its_story_again(town: ZaloTown, turns: str) -> None:
    resident = await reported(town)
    first = resident.inbox[-1]
    assert len(first.labels) == 5, "an Official Account shows four, and the page-turner"
    second = await types(town, resident, turns)
    assert not second.text
    assert not set(first.labels[:4]) & set(second.labels)
    again = await types(town, resident, "0")
    assert again.labels == first.labels, "after the last page comes the first"
    assert len(await town.tips()) == 1 and (await town.tips())[0]["text"] == THEFT


@pytest.mark.parametrize(
    "answer", ["2", "hai", "Hai ạ", "số 2", "em chọn số 2 nhé", "sua loai viec", "✏️ Sửa loại việc"]
)
async def test_a_choice_is_made_by_number_or_by_its_own_words(town: ZaloTown, answer: str) -> None:
    resident = await reported(town)
    assert "Đây là việc gì?" in (await types(town, resident, answer)).text


@pytest.mark.channels("zalo_oa")
async def test_a_number_past_the_end_is_asked_again_and_no_tip_is_changed_by_it(town: ZaloTown) -> None:
    resident = await reported(town)
    receipt = resident.inbox[-1]
    again = await types(town, resident, "9")
    assert "Danh sách chỉ có từ 1 đến 4" in again.text and RECEIPT not in again.text
    assert again.labels == receipt.labels
    asked = await types(town, resident, "0", "rút tin")
    again = await types(town, resident, "xem thêm")
    assert again.labels == asked.labels, "there is no other page"
    (tip,) = await town.tips()
    assert tip["text"] == THEFT


async def test_a_number_long_after_its_list_is_told_so_and_does_nothing(town: ZaloTown) -> None:
    resident = await reported(town)
    await town.time_passes(minutes=31)
    told = await types(town, resident, "2")
    assert "không thuộc danh sách nào" in told.text and not told.labels
    (tip,) = await town.tips()
    assert tip["text"] == THEFT


@pytest.mark.parametrize(
    "story", ["113", "2 người đánh nhau", "7h tối nay", "xe 3 bánh tông 1 em nhỏ", "hai xe tông nhau ở ngã ba"]
)
async def test_a_story_with_digits_is_never_taken_for_a_number(town: ZaloTown, story: str) -> None:
    resident = await reported(town)
    answer = await types(town, resident, story)
    assert "Đây là việc gì?" not in answer.text and "Danh sách chỉ có" not in answer.text
    (tip, *more) = await town.tips()
    assert tip["category"] == "theft_robbery" and story in " ".join(str(one["text"]) for one in (tip, *more))


async def test_an_alert_that_arrives_while_an_officer_types_is_not_answered_by_accident(town: ZaloTown) -> None:
    officer = await town.police("An")
    await reported(town)
    await officer.hears(card)
    await town.is_quiet()
    await town.time_passes(minutes=2)
    neighbour = await town.resident("Chi Hai")
    neighbour.says("cháy nhà ở tổ 5 phường Nếnh, khói đen cả xóm")
    await officer.hears(lambda seen: card(seen) and "Cháy nổ" in seen.text)
    again = await types(town, officer, "1", after_s=3)
    assert "Xin chọn lại" in again.text
    assert {tip["state"] for tip in await town.tips()} == {"new"}, "neither was chosen: they are asked which"
    await types(town, officer, "1")
    assert {tip["category"]: tip["state"] for tip in await town.tips()} == {
        "fire_safety": "taken",
        "theft_robbery": "new",
    }


async def test_a_number_that_answers_the_polices_question_is_passed_on_and_chooses_nothing(town: ZaloTown) -> None:
    officer, resident = await town.police("An"), await town.resident()
    await types(town, resident, THEFT)
    press(officer, await officer.hears(card), "Hỏi người báo")
    await officer.hears(says("gõ câu hỏi"))
    await types(town, officer, "Mất mấy chiếc xe?")
    await resident.hears(says("Mất mấy chiếc xe?"))
    await types(town, resident, "2")
    await officer.hears(says("người báo trả lời: “2”"))
    assert not any("Đây là việc gì?" in seen.text for seen in resident.inbox)


async def test_a_number_past_the_end_is_never_sent_to_the_reporter_as_a_question(town: ZaloTown) -> None:
    officer, resident = await town.police("An"), await town.resident()
    await types(town, resident, THEFT)
    press(officer, await officer.hears(card), "Hỏi người báo")
    await officer.hears(says("gõ câu hỏi"))
    again = await types(town, officer, "8")
    assert "Danh sách chỉ có từ 1 đến 4" in again.text
    assert not any("Công an hỏi" in seen.text for seen in resident.inbox)
    await types(town, officer, "2")
    await resident.hears(says("Việc còn đang diễn ra không?"))


async def test_what_people_read_there_never_speaks_of_buttons(town: ZaloTown) -> None:
    officer, resident = await town.police("An"), await town.resident()
    await types(town, resident, "menu", "c:9:take", "mai phường mình có họp không vậy anh", THEFT)
    await officer.hears(card)
    for verb in ("Hỏi người báo", "Không thuộc mình"):
        press(officer, next(seen for seen in reversed(officer.inbox) if seen.labels), verb)
        await types(town, officer, "quay lại")
    read = [seen.text.lower() for who in (officer, resident) for seen in who.inbox]
    assert len(read) > 8
    assert [words for words in read if "bấm" in words or "nút" in words] == []


@pytest.mark.channels("zalo_bot")
async def test_a_tip_begun_in_a_group_is_sent_to_the_private_chat(town: ZaloTown) -> None:
    resident = town.owner_of("Ba Tu").phone
    assert isinstance(town.zalo, ZaloBotDouble) and isinstance(resident, BotPerson)
    group = town.zalo.group()
    await resident.says(THEFT, at=group)
    await town.is_quiet()
    (answer,) = group.inbox
    assert "xin nhắn riêng" in answer.text and THEFT not in answer.text
    await resident.says("5", at=group)
    await town.is_quiet()
    assert len(group.inbox) == 1, "a number among people is not told that it belongs to no list"
    assert await town.tips() == []


@pytest.mark.channels("zalo_oa")
async def test_a_group_is_answered_only_when_it_speaks_to_us_and_its_officers_choose_by_number(town: ZaloTown) -> None:
    officer, visitor = town.owner_of("An").phone, town.owner_of("Khach").phone
    assert isinstance(town.zalo, ZaloOaDouble) and isinstance(officer, OaPerson) and isinstance(visitor, OaPerson)
    group = town.zalo.group()
    for words in ("hôm nay trời đẹp quá", "5", THEFT):
        await visitor.says(words, at=group)
    await town.is_quiet()
    assert group.inbox == []
    await officer.says(f"/start {await town.invite(Role.OFFICER, NENH)}", at=group)
    await town.is_quiet()
    await reported(town)
    await town.zalo.until(lambda: any("Tôi nhận việc" in seen.text for seen in group.inbox))
    await town.is_quiet()
    town.clock.move(timedelta(seconds=10))
    heard = len(group.inbox)
    for words in ("một", "hai", "tôi nhận việc này"):
        await officer.says(words, at=group)
    await town.is_quiet()
    assert len(group.inbox) == heard, "said to each other"
    await visitor.says("1", at=group)
    assert [tip["state"] for tip in await town.tips()] == ["new"], "no officer"
    await town.is_quiet()
    town.clock.move(timedelta(seconds=10))
    await officer.says("1", at=group)
    assert [tip["state"] for tip in await town.tips()] == ["taken"]
