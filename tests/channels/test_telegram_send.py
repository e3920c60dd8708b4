"""What people see when we send, and our error for each refusal of Telegram."""

from __future__ import annotations

import pytest

from bot.channel import (
    Button,
    ChannelPort,
    Outgoing,
    Picture,
    Refused,
)
from bot.telegram.send import TelegramPort
from core.messages import ChatId
from tests.doubles.telegram import Person, TelegramDouble

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
ROWS = ((Button("c:1:take", "Tôi nhận"), Button("c:1:pass", "Chuyển")),)


def picture(data: bytes = JPEG, kind: str = "photo", mime: str = "image/jpeg", name: str = "photo-1") -> Picture:
    return Picture(kind=kind, data=data, mime=mime, name=name)


VOICE = picture(b"OggS1", "voice", "audio/ogg", "voice-1")
FILM = picture(b"....ftyp", "video", "video/mp4", "video-1")
PAPER = picture(b"%PDF-1.7", "file", "application/pdf", "file-1")


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
    assert refused.value.__cause__ is None


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


async def test_every_part_of_a_protected_message_is_protected(port: TelegramPort, lan: Person) -> None:
    odd = picture(b"no jpeg at all")
    for pictures in ((picture(), picture(), VOICE), (odd, picture()), (odd,), (FILM,), (PAPER,)):
        await port.send(chat(lan), Outgoing(text="ô" * 5000, pictures=pictures, point=(10.5, 106.5), protect=True))
    assert len(lan.inbox) == 6 + 5 + 4 + 4 + 4
    assert all(seen.protected for seen in lan.inbox)
