"""What an Official Account sends, and our error for each refusal of Zalo."""

from __future__ import annotations

import asyncio
import io
import os
import unicodedata
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from bot.channel import (
    AccountDead,
    Button,
    GoneMessage,
    LaterFor,
    Outgoing,
    Picture,
    QuotaUsedUp,
    Refused,
    TooFast,
    Unreachable,
    WindowClosed,
)
from bot.zalo_oa.compose import LARGEST_PICTURE
from bot.zalo_oa.send import OaPort
from core.messages import ChatId, Language, MediaKind
from storage.database import Database, open_database
from storage.keys import open_vault
from storage.migrate import migrate
from storage.vault import Vault, new_key, parse_keys
from tests.channels.zalo_oa_port import port_of
from tests.conftest import NOW
from tests.doubles.zalo_oa import Fault, Person, ZaloOaDouble
from tests.patience import patiently
from tests.pictures import jpeg

ROWS = ((Button("t:drugs", "Ma tuý"),), (Button("t:theft", "Trộm cắp, cướp giật tài sản"),))
MENU = "1. Ma tuý\n2. Trộm cắp, cướp giật tài sản\n0. Xem thêm\nTrả lời bằng số, ví dụ: 1"
CHOICE = Outgoing(text="Chọn loại tin", rows=ROWS, more="Xem thêm", hint="Trả lời bằng số, ví dụ: 1")


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloOaDouble]:
    async with ZaloOaDouble(lambda: NOW) as double:
        yield double


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[tuple[Database, Vault]]:
    database = open_database(f"sqlite:///{tmp_path / 'tinbao.db'}")
    await migrate(database)
    yield database, await database.write(lambda db: open_vault(db, parse_keys(new_key())))
    await database.close()


@pytest.fixture
async def port(zalo: ZaloOaDouble, sqlite: tuple[Database, Vault]) -> AsyncIterator[OaPort]:
    port = port_of(zalo, *sqlite)
    yield port
    await port.close()


@pytest.fixture
async def with_buttons(zalo: ZaloOaDouble, sqlite: tuple[Database, Vault]) -> AsyncIterator[OaPort]:
    port = port_of(zalo, *sqlite, buttons="text_template")
    yield port
    await port.close()


@pytest.fixture
def lan(zalo: ZaloOaDouble) -> Person:
    return zalo.person("Lan")


def chat(person: Person) -> ChatId:
    return ChatId(person.id)


async def test_choices_are_numbers_in_the_text(port: OaPort, lan: Person) -> None:
    handle = await port.send(chat(lan), CHOICE)
    (seen,) = lan.inbox
    assert seen.text == f"Chọn loại tin\n\n{MENU}"
    assert (seen.buttons, seen.id) == ((), handle)


async def test_buttons_stand_beside_the_numbers_where_the_settings_say_so(with_buttons: OaPort, lan: Person) -> None:
    await with_buttons.send(chat(lan), CHOICE)
    (seen,) = lan.inbox
    assert seen.text.endswith(MENU)
    assert seen.buttons == (
        ("1. Ma tuý", "#m:t:drugs"),
        ("2. Trộm cắp, cướp g…", "#m:t:theft"),
        ("0. Xem thêm", "0"),
    )


async def test_where_zalo_takes_no_buttons_the_numbers_go_alone_and_it_is_not_asked_again(
    with_buttons: OaPort, zalo: ZaloOaDouble, lan: Person
) -> None:
    zalo.shapes = set()
    await with_buttons.send(chat(lan), CHOICE)
    await with_buttons.send(chat(lan), CHOICE)
    assert [(seen.text.endswith(MENU), seen.buttons) for seen in lan.inbox] == [(True, ()), (True, ())]
    assert len(zalo.calls_of("message")) == 3


async def test_the_other_shape_of_buttons_says_the_same(
    zalo: ZaloOaDouble, sqlite: tuple[Database, Vault], lan: Person
) -> None:
    zalo.shapes = {"list"}
    port = port_of(zalo, *sqlite, buttons="list")
    await port.send(chat(lan), CHOICE)
    await port.close()
    (seen,) = lan.inbox
    assert seen.text.endswith(MENU)
    assert [payload for _, payload in seen.buttons] == ["#m:t:drugs", "#m:t:theft", "0"]
    assert len(zalo.calls_of("message")) == 1


async def test_six_choices_are_too_many_for_buttons_and_go_as_numbers(
    with_buttons: OaPort, zalo: ZaloOaDouble, lan: Person
) -> None:
    rows = tuple((Button(f"b{number}", f"Mục {number}"),) for number in range(6))
    await with_buttons.send(chat(lan), Outgoing(text="Chọn", rows=rows))
    assert lan.inbox[0].buttons == ()
    assert "6. Mục 5" in lan.inbox[0].text
    assert len(zalo.calls_of("message")) == 1


async def test_a_long_text_is_cut_between_paragraphs_and_the_menu_stays_whole_in_the_last_piece(
    with_buttons: OaPort, lan: Person
) -> None:
    paragraph = "Bà con cảnh giác với cuộc gọi lạ. " * 15
    decomposed = unicodedata.normalize("NFD", f"{paragraph}\n\n" * 6 + "🔥" * 900)
    await with_buttons.send(chat(lan), Outgoing(text=decomposed, rows=ROWS, more="Xem thêm", hint=CHOICE.hint))
    texts = [seen.text for seen in lan.inbox]
    assert len(texts) >= 3
    assert all(len(text.encode("utf-16-le")) <= 4000 for text in texts)
    assert texts[-1].endswith(MENU)
    assert "".join("".join(texts).split()).startswith("".join(unicodedata.normalize("NFC", decomposed).split()))
    assert [bool(seen.buttons) for seen in lan.inbox] == [False] * (len(texts) - 1) + [True]


async def test_a_picture_goes_as_a_picture_with_its_words(port: OaPort, zalo: ZaloOaDouble, lan: Person) -> None:
    photo = Picture(MediaKind.PHOTO, jpeg(), "image/jpeg", "photo-1")
    await port.send(chat(lan), Outgoing(text="Sơ đồ thoát nạn", pictures=(photo,)))
    (seen,) = lan.inbox
    assert (seen.text, seen.picture) == ("Sơ đồ thoát nạn", photo.data)
    assert zalo.calls_of("upload") == [len(photo.data)]


async def test_a_large_picture_is_made_small_enough_for_zalo(port: OaPort, zalo: ZaloOaDouble, lan: Person) -> None:
    out = io.BytesIO()
    Image.frombytes("RGB", (2000, 1500), os.urandom(2000 * 1500 * 3)).save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > LARGEST_PICTURE
    await port.send(
        chat(lan), Outgoing(text="", pictures=(Picture(MediaKind.PHOTO, out.getvalue(), "image/jpeg", "p"),))
    )
    (size,) = zalo.calls_of("upload")
    assert size <= LARGEST_PICTURE
    with Image.open(io.BytesIO(lan.inbox[0].picture)) as shown:
        assert shown.width >= 720


@pytest.mark.parametrize(
    ("language", "words"), [(Language.VI, "Có 3 tệp kèm theo"), (Language.EN, "3 files come with this")]
)
async def test_what_zalo_cannot_carry_is_counted_in_the_readers_words(
    port: OaPort, lan: Person, language: Language, words: str
) -> None:
    files = (
        Picture(MediaKind.VOICE, b"OggS", "audio/ogg", "voice-1"),
        Picture(MediaKind.FILE, b"%PDF-", "application/pdf", "file-2"),
        Picture(MediaKind.PHOTO, b"\xff\xd8\xff broken" + b"x" * LARGEST_PICTURE, "image/jpeg", "photo-3"),
    )
    await port.send(chat(lan), Outgoing(text="Vụ việc", pictures=files, point=(21.186543, 106.076), language=language))
    (seen,) = lan.inbox
    assert words in seen.text
    assert "📍 21.18654, 106.07600" in seen.text


async def test_a_picture_that_zalo_refuses_does_not_take_the_words_with_it(
    port: OaPort, zalo: ZaloOaDouble, lan: Person
) -> None:
    photo = Picture(MediaKind.PHOTO, jpeg(), "image/jpeg", "photo-1")
    zalo.fails("message", Fault.says(-233))
    await port.send(chat(lan), Outgoing(text="Cháy ở chợ", pictures=(photo,)))
    assert lan.inbox[0].text.startswith("Cháy ở chợ\n\nCó 1 tệp")
    zalo.fails("message", Fault.says(-100))
    await port.send(chat(lan), Outgoing(text="Lần hai", pictures=(photo,)))
    assert (lan.inbox[1].text, lan.inbox[1].picture) == ("Lần hai", photo.data)


@pytest.mark.parametrize(
    ("method", "code", "times"), [("upload", -99999, 1), ("upload", -201, 1), ("message", -100, 2)]
)
async def test_whatever_zalo_has_against_a_picture_the_words_go(
    port: OaPort, zalo: ZaloOaDouble, lan: Person, method: str, code: int, times: int
) -> None:
    for _ in range(times):
        zalo.fails(method, Fault.says(code))
    photo = Picture(MediaKind.PHOTO, jpeg(), "image/jpeg", "photo-1")
    await port.send(chat(lan), Outgoing(text="Cháy ở chợ", pictures=(photo,)))
    assert [seen.picture for seen in lan.inbox] == [b""]
    assert lan.inbox[0].text.startswith("Cháy ở chợ\n\nCó 1 tệp")


async def test_a_group_gets_numbers_only_and_no_words_of_others_can_call_its_members(
    with_buttons: OaPort, zalo: ZaloOaDouble
) -> None:
    group = zalo.group()
    message = Outgoing(text=f"Có tin: [@{group.id}] xem ngay", rows=ROWS, more="Xem thêm", hint=CHOICE.hint)
    await with_buttons.send(ChatId(f"group:{group.id}"), message)
    (seen,) = group.inbox
    assert seen.text.endswith(MENU)
    assert "[@" not in seen.text
    assert len(zalo.calls_of("group")) == 1
    group.disabled = True
    with pytest.raises(Unreachable):
        await with_buttons.send(ChatId(f"group:{group.id}"), Outgoing(text="a"))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.says(-32), TooFast),
        (Fault.says(0, 429), TooFast),
        (Fault.says(-200), ConnectionError),
        (Fault.says(-201), Refused),
        (Fault.says(-204), AccountDead),
        (Fault.says(-209), AccountDead),
        (Fault.says(-211), QuotaUsedUp),
        (Fault.says(-213), Unreachable),
        (Fault.says(-217), Unreachable),
        (Fault.says(-224), AccountDead),
        (Fault.says(-227), Unreachable),
        (Fault.says(-230), WindowClosed),
        (Fault.says(-232), WindowClosed),
        (Fault.says(-233), Refused),
        (Fault.says(-234), LaterFor),
        (Fault.says(-240), Refused),
        (Fault.says(-321), QuotaUsedUp),
        (Fault.says(-99999), Refused),
        (Fault.says(0, 500), ConnectionError),
        (Fault.html(502), ConnectionError),
        (Fault.html(200), ConnectionError),
        (Fault.broken_line(), ConnectionError),
        (Fault.lost_answer(), ConnectionError),
    ],
)
async def test_each_refusal_becomes_its_error_and_names_nobody(
    port: OaPort, zalo: ZaloOaDouble, lan: Person, fault: Fault, error: type[Exception]
) -> None:
    zalo.fails("message", fault)
    with pytest.raises(error) as caught:
        await port.send(chat(lan), Outgoing(text="chuyện riêng"))
    told = repr(caught.value) + str(caught.value)
    secrets = ("access-", "refresh-", lan.id, "chuyện riêng", zalo.secret, zalo.app_secret, "Zalo says")
    assert not [secret for secret in secrets if secret in told]
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (datetime(2026, 11, 20, 15, 30, tzinfo=UTC), datetime(2026, 11, 20, 23, tzinfo=UTC)),
        (datetime(2026, 11, 20, 20, 0, tzinfo=UTC), datetime(2026, 11, 20, 23, tzinfo=UTC)),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), datetime(2026, 11, 21, 23, tzinfo=UTC)),
    ],
)
async def test_what_may_not_go_at_night_goes_at_six_in_viet_nam(
    zalo: ZaloOaDouble, port: OaPort, lan: Person, now: datetime, morning: datetime
) -> None:
    await port.tokens.access()
    port.client._now = lambda: now
    zalo.fails("message", Fault.says(-234))
    with pytest.raises(LaterFor) as caught:
        await port.send(chat(lan), Outgoing(text="a"))
    assert caught.value.until == morning


async def test_who_turned_away_or_was_silent_for_a_week_is_told_apart(
    port: OaPort, zalo: ZaloOaDouble, lan: Person
) -> None:
    lan.window_open = False
    with pytest.raises(WindowClosed):
        await port.send(chat(lan), Outgoing(text="a"))
    lan.window_open, lan.follows_us = True, False
    with pytest.raises(Unreachable):
        await port.send(chat(lan), Outgoing(text="b"))
    zalo.quota = zalo.sent
    with pytest.raises(QuotaUsedUp):
        await port.send(chat(lan), Outgoing(text="c"))


async def test_after_a_failure_half_way_only_the_rest_is_sent_again(
    port: OaPort, zalo: ZaloOaDouble, lan: Person
) -> None:
    photos = tuple(
        Picture(MediaKind.PHOTO, jpeg(colour=(shade, 0, 0)), "image/jpeg", f"photo-{shade}") for shade in (10, 200)
    )
    message = Outgoing(text="Chữ", pictures=photos)
    await port.tokens.access()
    zalo.fails("upload", Fault.html(502))
    with pytest.raises(ConnectionError):
        await port.send(chat(lan), message)
    held = zalo.fails("message", Fault.slow())
    sending = asyncio.create_task(port.send(chat(lan), message))
    await patiently(held.arrived.wait())
    zalo.fails("upload", Fault.html(502))
    held.let_go()
    with pytest.raises(ConnectionError):
        await sending
    assert [bool(seen.picture) for seen in lan.inbox] == [True]
    await port.send(chat(lan), message)
    said = [(seen.picture, seen.text) for seen in lan.inbox]
    assert said == [(photos[0].data, ""), (photos[1].data, ""), (b"", "Chữ")]


async def test_nothing_to_say_is_refused_and_nothing_can_be_changed(port: OaPort, lan: Person) -> None:
    with pytest.raises(Refused):
        await port.send(chat(lan), Outgoing(text="  "))
    with pytest.raises(GoneMessage):
        await port.edit(chat(lan), "1", Outgoing(text="a"))
    await port.answer_press("1", "Đã nhận", alert=False)
    assert lan.inbox == []
