"""What people see when we send, and what we make of each way in which Telegram says no."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channel import (
    AccountDead,
    Button,
    ChannelPort,
    GoneMedia,
    GoneMessage,
    Moved,
    Outgoing,
    Picture,
    Refused,
    TooFast,
    TooLarge,
    Unreachable,
)
from bot.telegram.send import TelegramPort
from core.messages import ChatId, Media, MediaKind
from tests.doubles.telegram import Fault, Person, TelegramDouble

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
ROWS = ((Button("c:1:take", "Tôi nhận"), Button("c:1:pass", "Chuyển")),)


def picture(data: bytes = JPEG, kind: str = "photo", mime: str = "image/jpeg", name: str = "photo-1") -> Picture:
    return Picture(kind=kind, data=data, mime=mime, name=name)


VOICE = picture(b"OggS1", "voice", "audio/ogg", "voice-1")
FILM = picture(b"....ftyp", "video", "video/mp4", "video-1")
PAPER = picture(b"%PDF-1.7", "file", "application/pdf", "file-1")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble() as double:
        yield double


@pytest.fixture
async def port(telegram: TelegramDouble) -> AsyncIterator[TelegramPort]:
    port = TelegramPort(telegram.token, telegram.url)
    yield port
    await port.close()


@pytest.fixture
def lan(telegram: TelegramDouble) -> Person:
    return telegram.person("Lan", met=True)


def chat(person: Person) -> ChatId:
    return ChatId(str(person.id))


def test_the_port_keeps_the_couriers_contract(port: TelegramPort, telegram: TelegramDouble) -> None:
    courier_wants: ChannelPort = port
    assert courier_wants.account == f"telegram:{telegram.bot_id}"
    assert 0 < courier_wants.pace.overall_per_second <= 30


def test_a_token_of_the_wrong_shape_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValueError, match="wrong shape") as refused:
        TelegramPort("se cret")
    assert "se cret" not in repr(refused.value)
    assert refused.value.__suppress_context__


async def test_words_arrive_with_their_buttons(port: TelegramPort, lan: Person) -> None:
    handle = await port.send(chat(lan), Outgoing(text="Có tin mới <b>&", rows=ROWS))
    (seen,) = lan.inbox
    assert seen.text == "Có tin mới <b>&"
    assert seen.rows == [[("Tôi nhận", "c:1:take"), ("Chuyển", "c:1:pass")]]
    assert handle == str(seen.id)
    assert not seen.protected


async def test_a_long_text_comes_in_pieces_with_the_buttons_under_the_last(port: TelegramPort, lan: Person) -> None:
    paragraphs = [letter * 1500 for letter in "ăâđêô"]
    handle = await port.send(chat(lan), Outgoing(text="\n\n".join(paragraphs), rows=ROWS))
    assert [len(seen.text) for seen in lan.inbox] == [3002, 3002, 1500]
    assert [bool(seen.rows) for seen in lan.inbox] == [False, False, True]
    assert handle == str(lan.inbox[-1].id)


async def test_a_photo_bears_a_short_text_and_a_long_one_follows_it(port: TelegramPort, lan: Person) -> None:
    await port.send(chat(lan), Outgoing(text="ô" * 1024, rows=ROWS, pictures=(picture(),), protect=True))
    (card,) = lan.inbox
    assert (card.kind, len(card.text), card.protected) == ("photo", 1024, True)
    assert card.labels == ["Tôi nhận", "Chuyển"]
    assert card.upload is not None
    assert card.upload.data == JPEG

    handle = await port.send(chat(lan), Outgoing(text="ô" * 1025, rows=ROWS, pictures=(picture(),), protect=True))
    _, photo, words = lan.inbox
    assert (photo.kind, photo.text, photo.protected) == ("photo", "", True)
    assert (words.kind, len(words.text), words.protected) == ("text", 1025, True)
    assert words.labels == ["Tôi nhận", "Chuyển"]
    assert handle == str(words.id)


async def test_several_pictures_come_as_albums_of_ten_then_the_words(port: TelegramPort, lan: Person) -> None:
    pictures = (FILM, *(picture(JPEG + bytes([number])) for number in range(11)))
    handle = await port.send(chat(lan), Outgoing(text="12 ảnh", rows=ROWS, pictures=pictures))
    *shown, words = lan.inbox
    albums = [seen.album for seen in shown]
    assert len(set(albums)) == 2
    assert [albums.count(album) for album in dict.fromkeys(albums)] == [10, 2]
    assert shown[0].kind == "video"
    assert (words.text, handle) == ("12 ảnh", str(words.id))


async def test_each_kind_of_file_is_sent_as_what_it_is(port: TelegramPort, lan: Person) -> None:
    await port.send(chat(lan), Outgoing(text="kèm theo", pictures=(picture(), VOICE, FILM, PAPER)))
    assert [seen.kind for seen in lan.inbox] == ["photo", "video", "voice", "document", "text"]
    lan.chat.sent.clear()
    await port.send(chat(lan), Outgoing(text="ghi âm", pictures=(VOICE,)))
    assert [(seen.kind, seen.text) for seen in lan.inbox] == [("voice", "ghi âm")]


async def test_what_telegram_cannot_show_goes_as_a_plain_file(port: TelegramPort, lan: Person) -> None:
    await port.send(
        chat(lan),
        Outgoing(
            text="",
            pictures=(
                picture(b"....ftypheic", mime="image/heic"),
                picture(b"\x1aE\xdf\xa3", "voice", "audio/webm;codecs=opus"),
                picture(b"\x1aE\xdf\xa3", "video", "video/webm"),
            ),
        ),
    )
    assert [seen.kind for seen in lan.inbox] == ["document"] * 3


async def test_a_photo_that_telegram_cannot_read_is_not_lost(port: TelegramPort, lan: Person) -> None:
    odd = picture(b"no jpeg at all")
    await port.send(chat(lan), Outgoing(text="hiện trường", rows=ROWS, pictures=(odd,)))
    (seen,) = lan.inbox
    assert (seen.kind, seen.text, seen.labels) == ("document", "hiện trường", ["Tôi nhận", "Chuyển"])
    lan.chat.sent.clear()
    await port.send(chat(lan), Outgoing(text="hai ảnh", pictures=(odd, picture())))
    assert [seen.kind for seen in lan.inbox] == ["document", "document", "text"]


async def test_a_pin_follows_the_words_and_the_words_stay_editable(port: TelegramPort, lan: Person) -> None:
    handle = await port.send(chat(lan), Outgoing(text="Ở đây", point=(10.5, 106.25)))
    words, pin = lan.inbox
    assert pin.place == (10.5, 106.25)
    assert handle == str(words.id)


async def test_the_location_button_shows_in_private_chats_only(port: TelegramPort, telegram: TelegramDouble) -> None:
    lan = telegram.person("Lan", met=True)
    await port.send(chat(lan), Outgoing(text="Ở đâu ạ?", place_button="Gửi vị trí"))
    assert lan.inbox[0].keyboard == [{"text": "Gửi vị trí", "request_location": True}]
    group = telegram.group("Tổ 3")
    await port.send(ChatId(str(group.id)), Outgoing(text="Ở đâu ạ?", place_button="Gửi vị trí"))
    assert group.inbox[0].keyboard == []


async def test_the_location_button_comes_by_itself_where_there_are_choices(port: TelegramPort, lan: Person) -> None:
    handle = await port.send(chat(lan), Outgoing(text="Đã nhận", rows=ROWS, place_button="Gửi vị trí"))
    card, button = lan.inbox
    assert (card.labels, handle) == (["Tôi nhận", "Chuyển"], str(card.id))
    assert button.keyboard[0]["request_location"]
    await port.edit(chat(lan), handle, Outgoing(text="Đang xử lý", rows=ROWS))
    assert card.text == "Đang xử lý"


async def test_a_question_asks_for_an_answer_to_itself(port: TelegramPort, telegram: TelegramDouble) -> None:
    group = telegram.group("Tổ 3")
    await port.send(ChatId(str(group.id)), Outgoing(text="Mấy người?", wants_answer=True))
    assert group.inbox[0].wants_answer


async def test_an_empty_message_is_refused_before_anything_is_sent(port: TelegramPort, lan: Person) -> None:
    with pytest.raises(Refused):
        await port.send(chat(lan), Outgoing(text=" \n "))
    assert lan.inbox == []


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
async def test_each_no_has_its_meaning_and_names_nobody(
    port: TelegramPort, telegram: TelegramDouble, lan: Person, fault: Fault, error: type[Exception]
) -> None:
    telegram.fails("sendMessage", fault)
    with pytest.raises(error) as caught:
        await port.send(chat(lan), Outgoing(text="chuyện riêng"))
    told = repr(caught.value) + str(caught.value)
    assert not [secret for secret in (telegram.token, str(lan.id), "chuyện riêng") if secret in told]
    assert caught.value.__suppress_context__
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


async def test_what_cannot_be_edited_any_more_is_told(
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


async def test_a_file_that_is_gone_is_told_from_a_bad_line(
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
    assert await taken(port, photo) == JPEG


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
    await asyncio.wait_for(slow.arrived.wait(), 5)
    await port.send(chat(hoa), Outgoing(text="nhanh"))
    assert [seen.text for seen in hoa.inbox] == ["nhanh"]
    slow.let_go()
    assert await waiting == str(lan.inbox[0].id)
