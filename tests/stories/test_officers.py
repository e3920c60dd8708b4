"""What a lone officer on night duty may count on, and what a curious one may not."""

from __future__ import annotations

import pytest

from core.access import Role
from tests.stories.town import NEIGHBOUR, PROVINCE, Person, Seen, Town, card, press, says

pytestmark = pytest.mark.channels("every")
THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"


async def told(town: Town, *officers: Person) -> tuple[Person, list[Seen]]:
    """A resident has reported a theft, and these officers have its card."""
    resident = await town.resident()
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    return resident, [await officer.hears(card) for officer in officers]


async def test_two_officers_press_at_once_one_gets_it_and_the_other_sees_who_has_it(town: Town) -> None:
    an, binh = await town.police("An"), await town.police("Binh")
    resident, (first, second) = await told(town, an, binh)
    presses = [an.presses(first, "✋ Tôi nhận việc này"), binh.presses(second, "✋ Tôi nhận việc này")]
    answers = [await press.is_answered() for press in presses]
    assert sorted("đã nhận việc này rồi" in answer for answer in answers) == [False, True]
    winner, loser = (an.name, answers[1]) if "rồi" in answers[1] else (binh.name, answers[0])
    assert f"{winner} đã nhận việc này rồi" in loser
    assert any("của đồng chí" in answer or f"{winner} đang xử lý" in answer for answer in answers)
    for officer, seen in ((an, first), (binh, second)):
        await officer.hears(lambda now, after=town.comes_after(seen): after(now) and f"{winner} đang xử lý" in now.text)  # type: ignore[misc]
    await resident.hears(says("Công an đã nhận việc"))
    assert (await town.tips())[0]["state"] == "taken"


async def test_the_officer_asks_and_the_reporter_answers_and_neither_learns_the_others_account(town: Town) -> None:
    officer = await town.police("An")
    resident, (seen,) = await told(town, officer)
    press(officer, seen, "Hỏi người báo")
    await officer.hears(says("gõ câu hỏi"))
    officer.says("Xe màu gì?")
    await resident.hears(says("Xe màu gì?"))
    resident.says("màu đỏ ạ")
    await officer.hears(says("người báo trả lời: “màu đỏ ạ”"))
    await resident.hears(says("Đã chuyển câu trả lời"))
    for mine, other in ((officer, resident), (resident, officer)):
        for message in mine.inbox:
            assert other.account not in message.text and other.name not in message.text.replace(
                f"{officer.name} đang xử lý", ""
            )


async def test_a_ready_question_is_one_press(town: Town) -> None:
    officer = await town.police("An")
    resident, (seen,) = await told(town, officer)
    press(officer, seen, "Hỏi người báo")
    menu = await officer.hears(lambda now: town.comes_after(seen)(now) and "còn đang diễn ra" in " ".join(now.labels))
    press(officer, menu, "còn đang diễn ra")
    await resident.hears(says("Việc còn đang diễn ra không?"))


async def test_closing_tells_the_reporter_how_it_ended(town: Town) -> None:
    officer = await town.police("An")
    resident, (seen,) = await told(town, officer)
    press(officer, seen, "Kết thúc")
    menu = await officer.hears(lambda now: "Chuyển cơ quan điều tra" in now.labels)
    press(officer, menu, "Chuyển cơ quan điều tra")
    await resident.hears(says("cơ quan điều tra"))
    await officer.hears(
        lambda now: town.comes_after(menu)(now) and "Đã kết thúc" in now.text and now.labels == ["🔄 Mở lại"]
    )
    assert (await town.tips())[0]["state"] == "closed"


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_what_is_not_ours_goes_to_the_commune_that_the_officer_names(town: Town) -> None:
    officer, neighbour = await town.police("An"), await town.police("Cuong", NEIGHBOUR)
    resident, (seen,) = await told(town, officer)
    press(officer, seen, "Không thuộc mình")
    await officer.hears(says("thuộc xã, phường nào"))
    officer.says("phuong viet yen")
    alert = await neighbour.hears(card)
    assert THEFT in alert.text
    gone = await officer.hears(lambda now: town.comes_after(seen)(now) and "đã chuyển cho phường Việt Yên" in now.text)
    assert THEFT not in gone.text, "where the app can do it, the card itself is taken back"
    await resident.hears(says("đã được chuyển cho phường Việt Yên"))
    officer.puts_press(alert, "c:1:take")
    assert (await town.tips())[0]["state"] == "new", "the old unit can no longer act on it"


async def test_what_fits_nobody_goes_to_the_provinces_desk(town: Town) -> None:
    officer, desk = await town.police("An"), await town.police("Duty desk", PROVINCE)
    _, (seen,) = await told(town, officer)
    press(officer, seen, "Không thuộc mình")
    menu = await officer.hears(lambda now: "Chuyển trực ban tỉnh" in now.labels)
    press(officer, menu, "Chuyển trực ban tỉnh")
    await desk.hears(card)


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_a_duplicate_joins_the_other_case_and_the_reporters_never_learn_of_each_other(town: Town) -> None:
    officer = await town.police("An")
    first, (one,) = await told(town, officer)
    second = await town.resident("Chi Hai")
    second.says("nhà hàng xóm tôi mất trộm xe máy đêm qua, tổ dân phố Ninh Khánh phường Nếnh")
    await second.hears(says("Đã nhận tin báo"))
    codes = [tip["code"] for tip in await town.tips()]
    other = await officer.hears(lambda seen: card(seen) and codes[1] in seen.text)
    press(officer, other, "Kết thúc")
    menu = await officer.hears(lambda now: town.comes_after(other)(now) and "Trùng tin khác" in now.labels)
    press(officer, menu, "Trùng tin khác")
    await officer.hears(says("trùng với tin nào"))
    officer.says(codes[0])
    gone = await officer.hears(lambda now: f"Chung với {codes[0]}" in now.text and not now.labels)
    assert codes[1] in gone.text and "nhà hàng xóm" in gone.text, "it keeps its own code and words"
    joined = await officer.hears(lambda now: town.comes_after(one)(now) and "2 người cùng báo" in now.text)
    press(officer, joined, "Kết thúc")
    menu = await officer.hears(lambda now: town.comes_after(joined)(now) and "Đã giải quyết" in now.labels)
    press(officer, menu, "Đã giải quyết")
    for reporter, code in ((first, codes[0]), (second, codes[1])):
        await reporter.hears(lambda seen, code=code: code in seen.text and "giải quyết xong" in seen.text)  # type: ignore[misc]
        other_code = codes[1] if code == codes[0] else codes[0]
        assert all(other_code not in message.text for message in reporter.inbox)


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_a_curious_officer_cannot_tell_that_another_units_case_exists(town: Town) -> None:
    officer, stranger = await town.police("An"), await town.police("Cuong", NEIGHBOUR)
    await told(town, officer)
    mine = stranger.inbox[-1]
    there, nowhere = (stranger.puts_press(mine, f"c:{number}:take") for number in (1, 999))
    assert await there.is_answered() == await nowhere.is_answered()
    assert (await town.tips())[0]["state"] == "new"


@pytest.mark.channels("telegram", "web", "zalo_oa")
async def test_a_resident_who_forges_a_button_gets_nothing(town: Town, channel: str) -> None:
    officer = await town.police("An")
    resident, _ = await told(town, officer)
    pressed = resident.puts_press(resident.inbox[-1], "c:1:take")
    if channel == "telegram":
        await pressed.is_answered()  # the button does not go on spinning; the page's never spins
    await resident.hears(says("không còn dùng được"))
    assert (await town.tips())[0]["state"] == "new"


@pytest.mark.channels("telegram")
async def test_a_group_chat_is_bound_to_the_unit_by_an_invite_and_only_members_may_press(town: Town) -> None:
    officer, guest = town.telegram.person("An"), town.telegram.person("Khach")
    group = town.telegram.group("Truc ban phuong Nenh", [officer, guest])
    officer.adds_bot(group)
    officer.starts(await town.invite(Role.OFFICER), at=group)
    await group.hears(says("đã vào"))
    resident = await town.resident()
    resident.says(THEFT)
    seen = await group.hears(card)
    guest.presses(seen, "✋ Tôi nhận việc này")
    await town.telegram.all_taken()
    assert (await town.tips())[0]["state"] == "new"
    officer.presses(seen, "✋ Tôi nhận việc này")
    await group.hears(lambda now: now.id == seen.id and "An đang xử lý" in now.text)


async def test_an_invite_works_once_and_not_after_a_week(town: Town) -> None:
    payload = await town.invite(Role.OFFICER)
    late = await town.invite(Role.OFFICER)
    first, second, third = [await town.resident(name) for name in ("An", "Binh", "Cuong")]
    first.starts(payload)
    await first.hears(says("đã vào"))
    second.starts(payload)
    await second.hears(says("Mã mời không đúng"))
    await town.time_passes(days=8)
    third.starts(late)
    await third.hears(says("Mã mời không đúng"))


@pytest.mark.channels("telegram")
async def test_a_police_chat_that_is_gone_hands_its_alerts_to_the_province(town: Town) -> None:
    officer, desk = await town.police("An"), await town.police("Duty desk", PROVINCE)
    officer.blocks()
    resident = await town.resident()
    resident.says(THEFT)
    await desk.hears(card)


async def test_a_tip_about_a_bribe_goes_past_the_unit_that_might_be_accused(town: Town) -> None:
    officer, desk = await town.police("An"), await town.police("Duty desk", PROVINCE)
    resident = await town.resident()
    resident.says("cán bộ phường Nếnh vòi 5 triệu mới chịu làm giấy tờ cho tôi, đòi hối lộ trắng trợn")
    await desk.hears(card)
    assert not any(card(seen) for seen in officer.inbox)


async def test_a_committees_clerk_sees_no_case(town: Town) -> None:
    officer = await town.police("An")
    await told(town, officer)
    clerk = await town.police("Thu ky", role=Role.COMMITTEE)
    clerk.says("/viec")
    await clerk.hears(says("Cứ nhắn như nói chuyện"))
    assert not any(THEFT in seen.text or card(seen) for seen in clerk.inbox)


async def test_an_officer_who_joins_later_sees_what_is_open(town: Town) -> None:
    resident = await town.resident()
    resident.says(THEFT)
    await resident.hears(says("Đã nhận tin báo"))
    officer = await town.police("An")
    assert THEFT in (await officer.hears(card)).text


async def test_the_audit_log_of_a_case_is_valid_from_the_tip_to_the_end(town: Town) -> None:
    from storage import audit

    officer = await town.police("An")
    _, (seen,) = await told(town, officer)
    officer.presses(seen, "✋ Tôi nhận việc này")
    await officer.hears(says("đang xử lý"))
    good, breaks = await town.runtime.database.read(lambda db: audit.verify(db, town.runtime.context.vault))
    assert good >= 3 and not breaks
