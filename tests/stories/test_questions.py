"""Most of what people write is no tip. They are helped at once, or get a person, and no case is made of it."""

from __future__ import annotations

import pytest

from core.access import Role
from tests.stories.town import NEIGHBOUR, PROVINCE, Town, card, press, says

pytestmark = pytest.mark.channels("telegram", "zalo_oa", "zalo_bot")
QUESTION = "dang ky tam tru can giay to gi vay may anh"
ODD = "Mai mấy giờ phường mình họp tổ dân phố vậy anh, họp ở nhà văn hóa phải không?"


def asks(seen: object) -> bool:
    return "Người dân hỏi" in getattr(seen, "text", "")


async def test_a_question_typed_without_accents_finds_its_answer_at_once(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says(QUESTION)
    answer = await resident.hears(says("Đăng ký tạm trú làm tại công an xã, phường"))
    assert {"📣 Đúng là tin báo", "🙋 Hỏi cán bộ"} <= set(answer.labels)
    assert await town.tips() == []
    assert not any(card(seen) or asks(seen) for seen in officer.inbox)


async def test_ask_a_person_hands_the_question_to_the_officer_on_duty_without_a_case(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says(ODD)
    press(resident, await resident.hears(lambda seen: "🙋 Hỏi cán bộ" in seen.labels), "Hỏi cán bộ")
    await resident.hears(says("Đã chuyển câu hỏi tới cán bộ trực phường Nếnh"))
    shown = await officer.hears(asks)
    assert ODD in shown.text
    press(officer, shown, "Trả lời")
    await officer.hears(says("Gõ câu trả lời"))
    officer.says("19 giờ, tại nhà văn hóa Ninh Khánh.")
    told = await resident.hears(says("19 giờ, tại nhà văn hóa Ninh Khánh."))
    assert ODD in told.text and "An" not in told.text.split("“")[0]
    await officer.hears(lambda seen: town.comes_after(shown)(seen) and "đã trả lời" in seen.text and not seen.labels)
    assert await town.tips() == []
    for mine, other in ((officer, resident), (resident, officer)):
        assert all(other.account not in seen.text for seen in mine.inbox)


async def test_a_question_after_a_tip_is_answered_too_and_does_not_join_it(town: Town) -> None:
    resident = await town.resident()
    resident.says("đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh")
    await resident.hears(says("Đã nhận tin báo"))
    await town.time_passes(seconds=5)
    resident.says(QUESTION)
    answer = await resident.hears(says("tạm trú"))
    assert "Đã nhận tin báo" not in answer.text
    assert [QUESTION not in tip["text"] for tip in await town.tips()] == [True]


async def test_one_may_ask_for_a_person_from_the_menu(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says("/hoi")
    await resident.hears(says("Bà con muốn hỏi gì?"))
    resident.says(QUESTION)
    assert QUESTION in (await officer.hears(asks)).text, "they asked for a person, not for the list"


async def test_two_officers_answer_at_once_one_wins_and_the_other_is_told(town: Town) -> None:
    an, binh = await town.police("An"), await town.police("Binh")
    resident = await town.resident()
    resident.says("/hoi")
    await resident.hears(says("Bà con muốn hỏi gì?"))
    resident.says(ODD)
    for officer in (an, binh):
        press(officer, await officer.hears(asks), "Trả lời")
        await officer.hears(says("Gõ câu trả lời"))
    an.says("Bảy giờ tối.")
    await an.hears(says("Đã chuyển câu trả lời"))
    binh.says("Tám giờ tối.")
    await binh.hears(says("đã có người trả lời"))
    await resident.hears(says("Bảy giờ tối."))
    assert not any("Tám giờ tối." in seen.text for seen in resident.inbox)


async def test_an_officer_who_sees_a_tip_in_it_lets_the_resident_decide(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says("/hoi")
    await resident.hears(says("Bà con muốn hỏi gì?"))
    resident.says("cho hỏi nhà bên cạnh đêm nào cũng có người lạ ra vào thì hỏi ai")
    press(officer, await officer.hears(asks), "Nên báo tin")
    offered = await resident.hears(says("có thể là việc cần công an xem"))
    assert await town.tips() == []
    press(resident, offered, "Đúng là tin báo")
    await officer.hears(card)
    (tip,) = await town.tips()
    assert "người lạ ra vào" in tip["text"]


async def test_a_question_that_nobody_answers_comes_back_with_the_commander(town: Town) -> None:
    officer, commander = await town.police("An"), await town.police("Truong", role=Role.COMMANDER)
    resident = await town.resident()
    resident.says("/hoi")
    await resident.hears(says("Bà con muốn hỏi gì?"))
    resident.says(ODD)
    await officer.hears(asks)
    assert not any(asks(seen) for seen in commander.inbox)
    await town.time_passes(days=1, minutes=1)
    waits = await commander.hears(says("vẫn chưa ai trả lời"))
    press(commander, waits, "Trả lời")
    await commander.hears(says("Gõ câu trả lời"))
    commander.says("Bảy giờ tối.")
    await resident.hears(says("Bảy giờ tối."))
    await town.time_passes(days=5)
    assert sum("vẫn chưa ai trả lời" in seen.text for seen in commander.inbox) <= 1


@pytest.mark.channels("telegram")
async def test_questions_are_not_for_other_units_and_a_forged_button_tells_nothing(town: Town) -> None:
    await town.police("An")
    stranger = await town.police("Khach", NEIGHBOUR)
    resident = await town.resident()
    resident.says("/hoi")
    await resident.hears(says("Bà con muốn hỏi gì?"))
    resident.says(ODD)
    await resident.hears(says("Đã chuyển câu hỏi"))
    seen = await stranger.hears()
    for data in ("q:1:answer", "q:999:answer"):
        answer = await stranger.puts_press(seen, data).is_answered()
        assert "Không tìm thấy" in answer
    answer = await resident.puts_press(await resident.hears(), "q:1:answer").is_answered()
    assert answer == ""


async def test_a_question_that_accuses_the_commune_police_does_not_go_to_them(town: Town) -> None:
    officer, desk = await town.police("An"), await town.police("Desk", PROVINCE)
    resident = await town.resident()
    resident.says("/hoi")
    await resident.hears(says("Bà con muốn hỏi gì?"))
    resident.says("công an phường đòi tiền mới làm giấy thì tôi hỏi ai?")
    await desk.hears(asks)
    assert not any(asks(seen) for seen in officer.inbox)


@pytest.mark.channels("telegram")
async def test_a_person_who_asks_and_asks_is_asked_to_wait(town: Town) -> None:
    resident = await town.resident()

    async def hears_again(words: str, times: int) -> None:
        await resident.hears(lambda _: sum(words in seen.text for seen in resident.inbox) == times)

    for number in range(1, 7):
        resident.says("/hoi")
        await hears_again("Bà con muốn hỏi gì?", number)
        resident.says(f"{ODD} (lần {number})")
        last = number == 6
        await hears_again("xin chờ cán bộ" if last else "Câu hỏi đã được ghi", 1 if last else number)
