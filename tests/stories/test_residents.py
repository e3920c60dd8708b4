"""What a resident may count on."""

from __future__ import annotations

import re

import pytest

from core.triage.proposal import Urgency
from tests.pictures import jpeg
from tests.stories.town import NEIGHBOUR, NENH, Town, card, press, says

pytestmark = pytest.mark.channels("every")
FIRE = "cháy nhà rồi bà con ơi, ở tổ 5 phường Nếnh!!!"
DOUBTFUL = (
    "đọc báo thấy vụ cháy chung cư mà sợ, bà con nhớ kiểm tra bình gas nhé",
    "nhà em cháy túi rồi, cuối tháng rồi mà",
    "bai hat: chay di em oi chay di, lua tinh anh chay trong tim",
    "cháy hàng rồi chị ơi, mai em nhập thêm nha",
    "có phải cháy không",
    "mới xem tin tai nạn",
    "nghe hát bài đám cháy",
)
"""Talk of danger; of some of it triage will always be in doubt."""
THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"


async def test_a_fire_is_answered_with_the_number_to_call_and_the_officer_hears_of_it_at_once(
    town: Town, channel: str
) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says(FIRE)
    answer = await resident.hears(says("114"))
    assert answer.text.index("GỌI NGAY 114") < answer.text.index("Đã nhận tin báo")
    alert = await officer.hears(card)
    assert "KHẨN CẤP" in alert.text and "Cháy nổ" in alert.text and "phường Nếnh" in alert.text and FIRE in alert.text
    assert alert.protected or channel != "telegram", "only Telegram can forbid copying"
    tips = await town.tips()
    assert [(tip["category"], tip["urgency"], tip["commune"], tip["text"]) for tip in tips] == [
        ("fire_safety", "emergency", "07795", FIRE)
    ]


async def test_the_first_message_without_accents_is_a_tip_with_a_receipt_that_can_be_corrected(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says("dem qua bi trom mat xe may o to dan pho Ninh Khanh, phuong Nenh")
    receipt = await resident.hears(says("Đã nhận tin báo"))
    assert re.search(r"TB-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt.text)
    assert "Trộm, cướp" in receipt.text and "không biết bà con là ai" in receipt.text
    press(resident, receipt, "Sửa loại việc")
    menu = await resident.hears(says("Đây là việc gì?"))
    assert town.comes_after(receipt)(menu), "where the app can do it, the receipt itself turns into the menu"
    press(resident, menu, "Loại khác")
    menu = await resident.hears(lambda seen: "Lừa đảo" in " ".join(seen.labels))
    press(resident, menu, "Lừa đảo")
    await resident.hears(
        lambda seen: town.comes_after(menu)(seen) and "Đã sửa tin" in seen.text and "Lừa đảo" in seen.text
    )
    await officer.hears(lambda seen: card(seen) and "Lừa đảo" in seen.text)
    assert (await town.tips())[0]["category"] == "fraud"


async def test_additions_join_the_tip_and_a_thank_you_does_not(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    resident.says("xe biển số 98B1-123.45 màu đỏ")
    await resident.hears(says("Đã ghi thêm"))
    resident.says("cảm ơn")
    await resident.hears(says("Dạ, cảm ơn bà con"))
    await officer.hears(says("98B1-123.45"))
    tips = await town.tips()
    assert len(tips) == 1 and tips[0]["text"] == f"{THEFT}\nxe biển số 98B1-123.45 màu đỏ"


async def test_a_few_words_are_a_detail_and_another_matter_is_a_tip_of_its_own(town: Town) -> None:
    await town.police("An")
    resident = await town.resident()
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    resident.says("nó đi xe wave đỏ")
    await resident.hears(says("Đã ghi thêm"))
    resident.says("Còn quán cà phê đầu ngõ tối nào cũng có nhóm người đánh bạc ăn tiền tới khuya")
    await resident.hears(says("Cờ bạc"))
    texts = {str(tip["text"]) for tip in await town.tips()}
    assert len(texts) == 2 and f"{THEFT}\nnó đi xe wave đỏ" in texts


@pytest.mark.channels("telegram")
async def test_an_album_is_one_tip_and_its_pictures_reach_the_officer_without_traces(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.sends_photo(jpeg(gps=True), caption=THEFT, album="a1")
    resident.sends_photo(jpeg(gps=True), album="a1")
    resident.sends_photo(jpeg(gps=True), album="a1")
    await resident.hears(says("Đã nhận tin báo"))

    def pictures() -> list[bytes] | None:
        found = [seen.upload.data for seen in officer.inbox if seen.kind == "photo" and seen.upload is not None]
        return found if len(found) == 3 else None

    for data in await town.telegram.until(pictures):
        assert b"Exif" not in data
    tips = await town.tips()
    assert len(tips) == 1 and tips[0]["media"] == 3


async def test_a_voice_note_alone_is_a_tip_and_we_ask_what_and_where(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.sends_voice(b"OggS" + b"\0" * 200)
    await resident.hears(says("chuyện gì"))
    await officer.hears(lambda seen: seen.kind == "voice" or "Có 1 tệp kèm theo" in seen.text)
    resident.says("có đánh nhau ở quán bia cổng khu công nghiệp")
    await resident.hears(says("Đánh nhau"))
    tips = await town.tips()
    assert len(tips) == 1 and tips[0]["category"] == "violence" and tips[0]["media"] == 1


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_a_place_that_is_shared_is_shown_to_the_officer_as_a_pin(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says("có đánh nhau")
    answer = await resident.hears(says("Đã nhận tin báo"))
    assert "Việc ở đâu?" in answer.text
    resident.shares_place(21.2405, 106.1131)
    await resident.hears(says("Đã ghi thêm"))
    await officer.hears(lambda seen: seen.place is not None)


async def test_a_message_that_is_no_tip_gets_help_and_one_tap_makes_a_tip_of_it(town: Town) -> None:
    resident = await town.resident()
    resident.says("cho em hỏi làm căn cước cần giấy tờ gì ạ")
    answer = await resident.hears(lambda seen: bool(seen.labels))
    assert await town.tips() == []
    press(resident, answer, "Đúng là tin báo")
    await resident.hears(says("Đã nhận tin báo"))
    assert len(await town.tips()) == 1


async def test_a_tip_is_withdrawn_after_one_question(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    resident.says("rut tin")
    sure = await resident.hears(says("muốn rút tin"))
    press(resident, sure, "Rút tin")
    await resident.hears(says("Đã rút tin"))
    await officer.hears(says("Người báo đã rút tin"))
    assert (await town.tips())[0]["state"] == "withdrawn"


async def test_anybody_with_the_code_sees_the_state_and_nothing_else(town: Town) -> None:
    resident, neighbour = await town.resident(), await town.resident("Chi Bay")
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    code = (await town.tips())[0]["code"]
    neighbour.says(code.lower().replace("-", " "))
    answer = await neighbour.hears(says(code))
    assert "đang chờ nhận" in answer.text and "Trộm" not in answer.text and not answer.labels


async def test_who_guesses_codes_is_stopped(town: Town) -> None:
    thief = await town.resident("Ke Gian")
    for number in range(6):
        thief.says(f"TB-AAAA-AAA{number}")
    await thief.hears(says("Sai mã nhiều lần"))


async def test_the_police_see_a_telephone_number_only_when_the_reporter_gives_it(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says(THEFT)
    receipt = await resident.hears(says("Đã nhận tin báo"))
    await officer.hears(says("Người báo ẩn danh"))
    press(resident, receipt, "Cho công an liên lạc")
    await resident.hears(says("số điện thoại"))
    resident.says("Tư, 0900 000 000")
    await officer.hears(says("0900 000 000"))
    assert not (await town.tips())[0]["anonymous"]


async def test_a_poster_says_where_and_the_words_may_say_otherwise(town: Town) -> None:
    resident = await town.resident()
    resident.starts(f"c_{NEIGHBOUR}")
    await resident.hears(says("Việt Yên"))
    resident.says("có nhóm thanh niên đánh nhau trước cổng chợ")
    receipt = await resident.hears(says("Đã nhận tin báo"))
    assert "Việt Yên, Bắc Ninh" in receipt.text
    assert (await town.tips())[0]["commune"] == NEIGHBOUR


async def test_english_is_spoken_on_request(town: Town) -> None:
    resident = await town.resident()
    resident.says("/language en")
    await resident.hears(says("From now on we speak English"))
    resident.says(FIRE)
    await resident.hears(says("CALL 114 NOW"))


@pytest.mark.channels("telegram")
async def test_a_message_that_is_delivered_twice_makes_one_tip_and_one_answer(town: Town) -> None:
    resident = await town.resident()
    said = resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    await town.telegram.all_taken()
    town.telegram.updates.add_raw({"update_id": town.telegram.updates.newest, "message": said.raw}, resident.id)
    await town.telegram.all_taken()
    resident.says("tin của tôi")
    await resident.hears(says("đang chờ nhận"))
    assert len(await town.tips()) == 1
    assert sum("Đã nhận tin báo" in seen.text for seen in resident.inbox) == 1


@pytest.mark.channels("telegram")
async def test_a_flood_of_messages_is_stored_but_not_answered_each_time(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    for number in range(60):
        resident.says(f"{THEFT} lần {number}")
    await resident.hears(says("ghi lại hết"))
    await town.telegram.all_taken()
    tips = await town.tips()
    assert sum(tip["text"].count("Ninh Khánh") for tip in tips) == 60, "nothing accepted is lost"
    assert len([seen for seen in officer.inbox if card(seen)]) <= 3


async def test_what_we_may_be_wrong_about_gets_the_numbers_first_and_one_choice_makes_it_an_emergency(
    town: Town,
) -> None:
    officer, resident = await town.police("An"), await town.resident()
    understand = town.runtime.context.triage.propose
    read = {words: understand(words, province="24", commune=NENH) for words in DOUBTFUL}
    resident.says(next(words for words, one in read.items() if not one.is_tip and one.if_tip is Urgency.EMERGENCY))
    asked = await resident.hears(says("Đúng là tin báo"))
    assert asked.text.startswith("Đang nguy cấp thì gọi ngay") and await town.tips() == []
    press(resident, asked, "Đúng là tin báo")
    await resident.hears(says("GỌI NGAY 114"))
    assert "KHẨN CẤP" in (await officer.hears(card)).text
