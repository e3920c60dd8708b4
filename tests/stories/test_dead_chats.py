"""A police chat that cannot be reached any more: what only it had is read by others, and nobody gets a thing twice."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select, update

from core.access import Role
from storage.tables import WAITING, contact, duty, outbox, question
from tests.doubles.telegram import Fault
from tests.doubles.telegram.people import Group, Person
from tests.pictures import jpeg
from tests.stories.listening import all_sent
from tests.stories.test_questions import ODD, asks
from tests.stories.town import PROVINCE, Town, card, press, says

THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"
GAMBLING = "chiều nay có đám đánh bạc ăn tiền ở chợ Nếnh, phường Nếnh"


async def tells(town: Town, words: str, name: str) -> None:
    """Somebody reports something; returns when it is filed."""
    resident = await town.resident(name)
    resident.says(words)
    await resident.hears(says("Đã nhận tin báo"))


async def asks_police(town: Town, name: str) -> None:
    """Somebody asks the police something; returns when it is passed on."""
    resident = await town.resident(name)
    resident.says("/hoi")
    await resident.hears(says("Bà con muốn hỏi gì?"))
    resident.says(ODD)
    await resident.hears(says("Đã chuyển câu hỏi"))


async def two_cards_and_a_question_wait(town: Town, officer: Person) -> Fault:
    """Telegram takes its time with the officer's chat; the rest waits behind. Returns what holds it up."""
    slow = town.telegram.fails("sendMessage", Fault.slow(), chat=officer.id)
    await tells(town, THEFT, "Ba Tu")
    await town.telegram.until(lambda: slow.arrived.is_set())
    await tells(town, GAMBLING, "Chi Nam")
    await asks_police(town, "Anh Bay")
    return slow


def shown(who: Person | Group) -> Counter[str]:
    """How often somebody was shown which card."""
    found: Counter[str] = Counter()
    for seen in who.inbox:
        found["theft"] += card(seen) and "mất xe máy" in seen.text
        found["gambling"] += card(seen) and "đánh bạc" in seen.text
        found["question"] += asks(seen)
    return +found


ALL_ONCE = Counter(theft=1, gambling=1, question=1)


async def test_all_that_waits_for_a_dead_chat_reaches_the_next_reader_of_the_unit_once(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    desk = await town.police("Duty desk", PROVINCE)
    slow = await two_cards_and_a_question_wait(town, officer)
    officer.leaves_telegram()
    slow.let_go()
    await commander.hears(lambda _: shown(commander) == ALL_ONCE)
    await all_sent(town)
    assert shown(commander) == ALL_ONCE
    assert shown(desk) == shown(officer) == Counter()


async def test_where_the_unit_has_nobody_else_the_province_gets_it_all_and_may_work_it(town: Town) -> None:
    officer = await town.police("An")
    desk = await town.police("Duty desk", PROVINCE)
    slow = await two_cards_and_a_question_wait(town, officer)
    officer.leaves_telegram()
    slow.let_go()
    await desk.hears(lambda _: shown(desk) == ALL_ONCE)
    await all_sent(town)
    assert shown(desk) == ALL_ONCE
    press(desk, next(seen for seen in desk.inbox if asks(seen)), "Trả lời")
    await desk.hears(says("Gõ câu trả lời"))
    press(desk, next(seen for seen in desk.inbox if "đánh bạc" in seen.text), "Tôi nhận")
    await desk.hears(says("Duty desk đang xử lý"))


async def test_what_a_dead_chat_was_shown_and_nobody_took_goes_on_too_and_what_was_taken_or_answered_does_not(
    town: Town,
) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    await tells(town, "hàng xóm hát karaoke ầm ĩ quá nửa đêm ở phường Nếnh", "Co Tam")
    press(officer, await officer.hears(card), "Tôi nhận")
    await officer.hears(says("An đang xử lý"))
    await asks_police(town, "Anh Bay")
    press(officer, await officer.hears(asks), "Trả lời")
    await officer.hears(says("Gõ câu trả lời"))
    officer.says("Bảy giờ tối.")
    await officer.hears(says("Đã chuyển câu trả lời"))
    await tells(town, THEFT, "Ba Tu")
    await officer.hears(lambda _: shown(officer)["theft"] == 1)
    await all_sent(town)
    officer.leaves_telegram()
    await tells(town, GAMBLING, "Chi Nam")
    await commander.hears(lambda _: shown(commander) == Counter(theft=1, gambling=1))
    await all_sent(town)
    assert shown(commander) == Counter(theft=1, gambling=1)
    assert not any("karaoke" in seen.text for seen in commander.inbox)


async def test_when_an_officer_blocks_the_bot_the_cards_that_only_they_had_go_on_at_once(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    await tells(town, THEFT, "Ba Tu")
    await officer.hears(card)
    await all_sent(town)
    officer.blocks()
    await commander.hears(card)
    await all_sent(town)
    assert shown(commander) == Counter(theft=1)


async def test_a_card_that_one_chat_refuses_goes_to_another_reader_and_the_chat_is_not_given_up(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    town.telegram.fails("sendMessage", Fault.bad_request("TOPIC_CLOSED"), chat=officer.id)
    await tells(town, THEFT, "Ba Tu")
    await commander.hears(card)
    await tells(town, GAMBLING, "Chi Nam")
    await officer.hears(lambda _: shown(officer)["gambling"] == 1)
    await all_sent(town)
    assert shown(commander) == Counter(theft=1)


async def test_a_card_that_the_only_chat_of_the_unit_refuses_goes_to_the_province(town: Town) -> None:
    officer = await town.police("An")
    desk = await town.police("Duty desk", PROVINCE)
    town.telegram.fails("sendMessage", Fault.bad_request("TOPIC_CLOSED"), chat=officer.id)
    await tells(town, THEFT, "Ba Tu")
    await desk.hears(card)
    await all_sent(town)
    assert shown(desk) == Counter(theft=1)


async def test_what_was_withdrawn_while_it_waited_is_put_before_nobody_else(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    slow = town.telegram.fails("sendMessage", Fault.slow(), chat=officer.id)
    await tells(town, THEFT, "Ba Tu")
    await town.telegram.until(lambda: slow.arrived.is_set())
    resident = await town.resident("Chi Nam")
    resident.says(GAMBLING)
    await resident.hears(says("Đã nhận tin báo"))
    resident.says("rut tin")
    press(resident, await resident.hears(says("muốn rút tin")), "Rút tin")
    await resident.hears(says("Đã rút tin"))
    officer.leaves_telegram()
    slow.let_go()
    await commander.hears(card)
    await all_sent(town)
    assert shown(commander) == Counter(theft=1)
    assert not any("đánh bạc" in seen.text for seen in commander.inbox)


async def test_who_writes_again_is_alerted_again(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    town.telegram.fails("sendMessage", Fault.blocked(), chat=officer.id)
    await tells(town, THEFT, "Ba Tu")
    await commander.hears(card)
    officer.says("/truc")
    await officer.hears(says("Tin mới sẽ báo về đây"))
    await tells(town, GAMBLING, "Chi Nam")
    await officer.hears(lambda _: shown(officer)["gambling"] == 1)


async def test_a_press_of_an_old_button_makes_a_chat_reachable_too(town: Town) -> None:
    officer = await town.police("An")
    await town.police("Truong", role=Role.COMMANDER)
    await tells(town, "hàng xóm hát karaoke ầm ĩ quá nửa đêm ở phường Nếnh", "Co Tam")
    old = await officer.hears(card)
    await all_sent(town)
    town.telegram.fails("sendMessage", Fault.blocked(), chat=officer.id)
    await tells(town, THEFT, "Ba Tu")
    await all_sent(town)
    press(officer, old, "Tôi nhận")
    await officer.hears(says("An đang xử lý"))
    await tells(town, GAMBLING, "Chi Nam")
    await officer.hears(lambda _: shown(officer)["gambling"] == 1)


async def test_a_card_that_we_cannot_put_into_words_any_more_is_made_anew_for_the_next_reader(town: Town) -> None:
    officer = await town.police("An")
    commander = await town.police("Truong", role=Role.COMMANDER)
    slow = town.telegram.fails("sendMessage", Fault.slow(), chat=officer.id)
    await tells(town, THEFT, "Ba Tu")
    await town.telegram.until(lambda: slow.arrived.is_set())
    await tells(town, GAMBLING, "Chi Nam")
    sealed = town.runtime.context.vault.seal_json({"lines": [["a-key-of-an-older-version", {}]]})
    waits = update(outbox).where(outbox.c.state == WAITING, outbox.c.about_id == 2).values(sealed_reply=sealed)
    await town.runtime.database.write(lambda db: db.execute(waits))
    slow.let_go()
    await commander.hears(card)
    await all_sent(town)
    assert shown(officer) == Counter(theft=1)
    assert shown(commander) == Counter(gambling=1)


async def test_a_group_that_goes_on_under_an_id_that_we_know_already_gets_what_waits_there(town: Town) -> None:
    officer = town.telegram.person("An")
    group = town.telegram.group("Truc ban phuong Nenh", [officer], supergroup=False)
    officer.adds_bot(group)
    officer.starts(await town.invite(Role.OFFICER), at=group)
    await group.hears(says("đã vào"))
    await all_sent(town)
    new = town.telegram.group("Truc ban phuong Nenh", [officer])
    officer.says("/viec", at=new)
    await new.hears()
    before = len(town.telegram.calls_of("sendMessage"))
    group.chat.moved_to = new.id  # and Telegram's own word of it has not come
    await tells(town, THEFT, "Ba Tu")
    await new.hears(card)
    await all_sent(town)
    assert shown(new) == Counter(theft=1)
    asked = [call.values["chat_id"] for call in town.telegram.calls_of("sendMessage")[before:]]
    assert asked.count(str(group.id)) == 1, "the old one is asked once"


async def test_blocking_the_bot_again_does_not_make_a_chat_reachable(town: Town) -> None:
    officer = await town.police("An")
    for _ in range(2):
        officer.blocks()
        await town.telegram.all_taken()
    reachable = select(contact.c.reachable).join(duty, duty.c.contact_id == contact.c.id)
    assert not await town.runtime.database.read(lambda db: db.execute(reachable).scalar_one())


async def test_a_police_group_without_photos_goes_on_getting_its_alerts(town: Town) -> None:
    officer = town.telegram.person("An")
    group = town.telegram.group("Truc ban phuong Nenh", [officer])
    officer.adds_bot(group)
    officer.starts(await town.invite(Role.OFFICER), at=group)
    await group.hears(says("đã vào"))
    for method, kind in (("sendPhoto", "photos"), ("sendDocument", "documents")):
        why = Fault.bad_request(f"not enough rights to send {kind} to the chat")
        town.telegram.fails(method, why, chat=group.id, times=9)
    resident = await town.resident()
    resident.sends_photo(jpeg(), caption=THEFT)
    await group.hears(card)
    await group.hears(says("1 tệp kèm theo không gửi tới đây được"))
    await tells(town, GAMBLING, "Chi Nam")
    await group.hears(lambda _: shown(group) == Counter(theft=1, gambling=1))


async def test_a_question_that_went_up_belongs_to_the_province(town: Town) -> None:
    officer = await town.police("An")
    await town.police("Duty desk", PROVINCE)
    await asks_police(town, "Anh Bay")
    await officer.hears(asks)
    await all_sent(town)
    officer.blocks()
    await town.telegram.all_taken()
    unit = await town.runtime.database.read(lambda db: db.execute(select(question.c.unit)).scalar_one())
    assert unit == PROVINCE
