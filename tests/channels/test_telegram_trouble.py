"""Our error for each refusal of Telegram, when sending, editing, answering and fetching."""

from __future__ import annotations

import asyncio

import pytest

from bot.channel import (
    AccountDead,
    GoneMedia,
    GoneMessage,
    Moved,
    Outgoing,
    Refused,
    TooFast,
    TooLarge,
    Unreachable,
)
from bot.telegram.send import TelegramPort
from core.messages import ChatId, Media, MediaKind
from tests.channels.test_telegram_send import JPEG, ROWS, VOICE, chat, picture
from tests.doubles.telegram import Fault, Person, TelegramDouble
from tests.patience import patiently


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.too_fast(7), TooFast),
        (Fault.blocked(), Unreachable),
        (Fault.kicked(), Unreachable),
        (Fault.no_chat(), Unreachable),
        (Fault.bad_request("not enough rights to send text messages to the chat"), Unreachable),
        (Fault.moved(-1009), Moved),
        (Fault.unauthorized(), AccountDead),
        (Fault.bad_request("message is too long"), Refused),
        (Fault.server(500), ConnectionError),
        (Fault.html(502), ConnectionError),
        (Fault.broken_line(), ConnectionError),
        (Fault.lost_answer(), ConnectionError),
    ],
)
async def test_each_refusal_becomes_its_error_and_names_nobody(
    port: TelegramPort, telegram: TelegramDouble, lan: Person, fault: Fault, error: type[Exception]
) -> None:
    telegram.fails("sendMessage", fault)
    with pytest.raises(error) as caught:
        await port.send(chat(lan), Outgoing(text="chuyện riêng"))
    told = repr(caught.value) + str(caught.value)
    assert not [secret for secret in (telegram.token, str(lan.id), "chuyện riêng") if secret in told]
    assert caught.value.__suppress_context__
    assert caught.value.__cause__ is None
    match caught.value:
        case TooFast() as too_fast:
            assert too_fast.retry_after == 7
        case Moved() as moved:
            assert moved.to == "-1009"


async def test_people_who_left_and_groups_that_moved_are_told_apart(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    lan.blocks()
    with pytest.raises(Unreachable):
        await port.send(chat(lan), Outgoing(text="a"))
    lan.unblocks()
    assert await port.send(chat(lan), Outgoing(text="b"))
    group = telegram.group("Tổ 4", [lan], supergroup=False)
    old, new = group.id, group.becomes_supergroup(by=lan)
    with pytest.raises(Moved) as moved:
        await port.send(ChatId(str(old)), Outgoing(text="c"))
    assert moved.value.to == str(new)


async def test_after_a_failure_half_way_only_the_rest_is_sent_again(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    message = Outgoing(text="ô" * 1100, pictures=(picture(),), point=(10.5, 106.5))
    telegram.fails("sendMessage", Fault.too_fast(1))
    telegram.fails("sendLocation", Fault.broken_line())
    with pytest.raises(TooFast):
        await port.send(chat(lan), message)
    with pytest.raises(ConnectionError):
        await port.send(chat(lan), message)
    handle = await port.send(chat(lan), message)
    assert [seen.kind for seen in lan.inbox] == ["photo", "text", "location"]
    assert handle == str(lan.inbox[1].id)
    await port.send(chat(lan), message)
    assert len(lan.inbox) == 6


async def test_an_answer_from_a_newer_server_does_not_make_us_send_twice(port: TelegramPort, lan: Person) -> None:
    lan.chat.about = {"first_name": {"text": "Lan", "verified": True}}  # a shape that no library knows yet
    assert await port.send(chat(lan), Outgoing(text="một lần thôi"))
    assert len(lan.inbox) == 1


async def test_slow_answers_of_one_chat_hold_up_no_other(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    hoa = telegram.person("Hoa", met=True)
    slow = telegram.fails("sendMessage", Fault.slow(), chat=lan.id)
    waiting = asyncio.create_task(port.send(chat(lan), Outgoing(text="chậm")))
    await patiently(slow.arrived.wait())
    await port.send(chat(hoa), Outgoing(text="nhanh"))
    assert [seen.text for seen in hoa.inbox] == ["nhanh"]
    slow.let_go()
    assert await waiting == str(lan.inbox[0].id)


async def test_an_edit_changes_words_and_buttons_in_place(port: TelegramPort, lan: Person) -> None:
    handle = await port.send(chat(lan), Outgoing(text="Chưa ai nhận", rows=ROWS))
    await port.edit(chat(lan), handle, Outgoing(text="Đã có người nhận"))
    await port.edit(chat(lan), handle, Outgoing(text="Đã có người nhận"))
    (seen,) = lan.inbox
    assert (seen.text, seen.rows, seen.edits) == ("Đã có người nhận", [], 1)


async def test_an_edit_of_a_photo_card_changes_its_caption(port: TelegramPort, lan: Person) -> None:
    handle = await port.send(chat(lan), Outgoing(text="Chưa ai nhận", rows=ROWS, pictures=(picture(),)))
    await port.edit(chat(lan), handle, Outgoing(text="Đã nhận", rows=ROWS))
    await port.edit(chat(lan), handle, Outgoing(text="Đã nhận", rows=ROWS))
    (seen,) = lan.inbox
    assert (seen.text, seen.edits, seen.labels) == ("Đã nhận", 1, ["Tôi nhận", "Chuyển"])
    with pytest.raises(GoneMessage):
        await port.edit(chat(lan), handle, Outgoing(text="ô" * 1025))


async def test_an_edit_that_telegram_refuses_raises_gone_message(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    handle = await port.send(chat(lan), Outgoing(text="phiếu"))
    forced = await port.send(chat(lan), Outgoing(text="hỏi", wants_answer=True))
    for gone in (str(int(handle) + 50), forced, "", "x"):
        with pytest.raises(GoneMessage):
            await port.edit(chat(lan), gone, Outgoing(text="mới"))
    with pytest.raises(GoneMessage):
        await port.edit(chat(lan), handle, Outgoing(text="ô" * 4097))
    telegram.fails("editMessageText", Fault.too_fast(3))
    with pytest.raises(TooFast):
        await port.edit(chat(lan), handle, Outgoing(text="mới"))


async def test_a_press_is_answered_and_a_late_answer_is_no_trouble(port: TelegramPort, lan: Person) -> None:
    await port.send(chat(lan), Outgoing(text="phiếu", rows=ROWS))
    first, second, late = (lan.presses(lan.inbox[0], "c:1:take") for _ in range(3))
    await port.answer_press(first.id, "", alert=False)
    await port.answer_press(second.id, "Việc này " + "đã có người nhận " * 20, alert=True)
    late.expires()
    await port.answer_press(late.id, "Đã nhận", alert=False)
    assert (first.answered, first.answer, first.alert) == (True, "", False)
    assert (second.answer.startswith("Việc này đã có"), second.alert) == (True, True)
    assert not late.answered


def media(file_id: str) -> Media:
    return Media(kind=MediaKind.PHOTO, ref=file_id)


async def taken(port: TelegramPort, file_id: str, limit: int = 20_000_000) -> bytes:
    return b"".join([chunk async for chunk in port.fetch(media(file_id), limit)])


async def test_what_was_sent_to_us_can_be_fetched(port: TelegramPort, lan: Person) -> None:
    large = JPEG + bytes(300_000)
    said = lan.sends_photo(large)
    assert await taken(port, said.raw["photo"][-1]["file_id"]) == large


async def test_a_file_over_the_limit_or_over_telegrams_own_is_not_fetched(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    photo = lan.sends_photo(bytes(5000)).raw["photo"][-1]["file_id"]
    film = lan.sends_video(bytes(20 * 1024 * 1024 + 1)).raw["video"]["file_id"]
    with pytest.raises(TooLarge):
        await taken(port, photo, limit=4999)
    with pytest.raises(TooLarge):
        await taken(port, film)
    assert len(await taken(port, photo, limit=5000)) == 5000
    telegram.hides_sizes = True
    with pytest.raises(TooLarge):
        await taken(port, photo, limit=4999)


async def test_a_file_that_is_gone_is_distinguished_from_a_bad_connection(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    photo = lan.sends_photo(JPEG).raw["photo"][-1]["file_id"]
    with pytest.raises(GoneMedia):
        await taken(port, "file-nobody-has")
    telegram.fails("file", Fault(code=404, description="Not Found"))
    with pytest.raises(GoneMedia):
        await taken(port, photo)
    for fault in (Fault.html(502), Fault.broken_line()):
        telegram.fails("file", fault)
        with pytest.raises(ConnectionError) as caught:
            await taken(port, photo)
        assert telegram.token not in repr(caught.value)
        assert caught.value.__suppress_context__
        assert caught.value.__cause__ is None
    assert await taken(port, photo) == JPEG


FILES_BARRED = [
    Fault.bad_request("not enough rights to send photos to the chat"),
    Fault.bad_request("CHAT_SEND_PHOTOS_FORBIDDEN"),
    Fault.bad_request("wrong file identifier/HTTP URL specified"),
    Fault.bad_request("failed to get HTTP URL content"),
    Fault(code=413, description="Request Entity Too Large"),
]


@pytest.mark.parametrize("fault", FILES_BARRED)
async def test_a_chat_that_takes_no_files_gets_the_words_with_their_buttons(
    port: TelegramPort, telegram: TelegramDouble, lan: Person, fault: Fault
) -> None:
    telegram.fails("sendPhoto", fault)
    telegram.fails("sendDocument", fault)
    handle = await port.send(chat(lan), Outgoing(text="hiện trường", rows=ROWS, pictures=(picture(),)))
    (seen,) = lan.inbox
    assert seen.text == "hiện trường\n\n📎 Có 1 tệp kèm theo không gửi tới đây được."
    assert seen.labels == ["Tôi nhận", "Chuyển"]
    assert handle == str(seen.id)


async def test_of_an_album_only_what_is_refused_stays_behind(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    telegram.fails("sendMediaGroup", Fault.bad_request("not enough rights to send media to the chat"))
    telegram.fails("sendDocument", Fault.bad_request("not enough rights to send documents to the chat"))
    message = Outgoing(text="ba ảnh", pictures=tuple(picture(JPEG + bytes([shade])) for shade in range(3)))
    handle = await port.send(chat(lan), message)
    assert [seen.kind for seen in lan.inbox] == ["document", "document", "text", "text"]
    assert lan.inbox[2].text == "📎 Có 1 tệp kèm theo không gửi tới đây được."
    assert (lan.inbox[3].text, handle) == ("ba ảnh", str(lan.inbox[3].id))


async def test_a_voice_that_somebody_does_not_take_goes_as_a_file(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    telegram.fails("sendVoice", Fault.bad_request("VOICE_MESSAGES_FORBIDDEN"))
    await port.send(chat(lan), Outgoing(text="ghi âm", pictures=(VOICE,)))
    assert [(seen.kind, seen.text) for seen in lan.inbox] == [("document", "ghi âm")]


async def test_a_refused_location_is_sent_as_written_coordinates(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    telegram.fails("sendLocation", Fault.bad_request("not enough rights to send locations to the chat"))
    await port.send(chat(lan), Outgoing(text="Ở đây", point=(10.5, 106.25)))
    assert [seen.text for seen in lan.inbox] == ["Ở đây", "📍 10.50000, 106.25000"]


async def test_a_chat_that_takes_neither_files_nor_words_is_unreachable(
    port: TelegramPort, telegram: TelegramDouble, lan: Person
) -> None:
    telegram.fails("sendPhoto", Fault.bad_request("not enough rights to send photos to the chat"))
    telegram.fails("sendDocument", Fault.bad_request("not enough rights to send documents to the chat"))
    telegram.fails("sendMessage", Fault.bad_request("not enough rights to send text messages to the chat"))
    with pytest.raises(Unreachable):
        await port.send(chat(lan), Outgoing(text="a", pictures=(picture(),)))
