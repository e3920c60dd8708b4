"""What a Zalo bot sends, and our error for each refusal of Zalo."""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from collections.abc import AsyncIterator

import pytest

from bot.channel import (
    AccountDead,
    Button,
    GoneMedia,
    GoneMessage,
    Outgoing,
    Picture,
    QuotaUsedUp,
    Refused,
    TooFast,
    TooLarge,
)
from bot.zalo_bot.send import LONGEST_WAIT_S, USED_UP_AFTER_S, ZaloBotPort
from core.messages import ChatId, Language, Media, MediaKind
from tests.doubles.zalo_bot import Fault, Person, ZaloBotDouble
from tests.patience import patiently
from tests.pictures import jpeg

MENU = "1. Ma tuý\n2. Trộm cắp\n0. Xem thêm\nTrả lời bằng số, ví dụ: 1"
CHOICE = Outgoing(
    text="Chọn loại tin",
    rows=((Button("t:drugs", "Ma tuý"), Button("t:theft", "Trộm cắp")),),
    more="Xem thêm",
    hint="Trả lời bằng số, ví dụ: 1",
)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloBotDouble]:
    async with ZaloBotDouble() as double:
        yield double


@pytest.fixture
async def port(zalo: ZaloBotDouble, clock: Clock) -> AsyncIterator[ZaloBotPort]:
    port = ZaloBotPort(zalo.token, zalo.url, monthly=100, media_hosts=("127.0.0.1",), seconds=clock)
    yield port
    await port.close()


@pytest.fixture
def lan(zalo: ZaloBotDouble) -> Person:
    return zalo.person("Lan")


def chat(person: Person) -> ChatId:
    return ChatId(person.id)


async def test_choices_are_numbers_in_plain_text(port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person) -> None:
    handle = await port.send(chat(lan), CHOICE)
    (seen,) = lan.inbox
    assert (seen.text, seen.id) == (f"Chọn loại tin\n\n{MENU}", handle)
    assert zalo.calls_of("sendMessage") == [{"chat_id": lan.id, "text": seen.text}]


async def test_a_group_is_written_to_as_a_person_is(port: ZaloBotPort, zalo: ZaloBotDouble) -> None:
    group = zalo.group()
    await port.send(ChatId(group.id), Outgoing(text="Tin mới"))
    assert [seen.text for seen in group.inbox] == ["Tin mới"]


async def test_a_long_text_is_cut_between_paragraphs_and_the_menu_stays_whole_in_the_last_piece(
    port: ZaloBotPort, lan: Person
) -> None:
    paragraph = "Bà con cảnh giác với cuộc gọi lạ. " * 15
    decomposed = unicodedata.normalize("NFD", f"{paragraph}\n\n" * 6 + "🔥" * 900)
    await port.send(chat(lan), Outgoing(text=decomposed, rows=CHOICE.rows, more=CHOICE.more, hint=CHOICE.hint))
    texts = [seen.text for seen in lan.inbox]
    assert len(texts) >= 3
    assert all(len(text.encode("utf-16-le")) <= 4000 for text in texts)
    assert texts[-1].endswith(MENU)
    assert "".join("".join(texts).split()).startswith("".join(unicodedata.normalize("NFC", decomposed).split()))


@pytest.mark.parametrize(
    ("language", "words"), [(Language.VI, "Có 2 tệp kèm theo"), (Language.EN, "2 files come with this")]
)
async def test_no_file_goes_out_by_a_public_link_it_is_only_counted(
    port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person, language: Language, words: str
) -> None:
    files = (
        Picture(MediaKind.PHOTO, jpeg(), "image/jpeg", "photo-1"),
        Picture(MediaKind.VOICE, b"OggS", "audio/ogg", "voice-2"),
    )
    await port.send(chat(lan), Outgoing(text="Vụ việc", pictures=files, point=(21.186543, 106.076), language=language))
    (seen,) = lan.inbox
    assert words in seen.text
    assert "📍 21.18654, 106.07600" in seen.text
    assert "http" not in seen.text
    assert {name for name, _ in zalo.calls} == {"sendMessage"}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.says(400, 400), Refused),
        (Fault.says(400), Refused),
        (Fault.says(401, 401), AccountDead),
        (Fault.says(401), AccountDead),
        (Fault.says(404, 404), AccountDead),
        (Fault.says(403, 403), ConnectionError),
        (Fault.says(408, 408), ConnectionError),
        (Fault.says(408), ConnectionError),
        (Fault.says(429, 429), TooFast),
        (Fault.says(429), TooFast),
        (Fault.html(429), TooFast),
        (Fault.says(500, 500), ConnectionError),
        (Fault.says(-7), ConnectionError),
        (Fault.says(0), ConnectionError),
        (Fault.html(502), ConnectionError),
        (Fault.html(200), ConnectionError),
        (Fault.broken_line(), ConnectionError),
        (Fault.lost_answer(), ConnectionError),
    ],
)
async def test_each_refusal_becomes_its_error_and_names_nobody(
    port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person, fault: Fault, error: type[Exception]
) -> None:
    zalo.fails("sendMessage", fault)
    with pytest.raises(error) as caught:
        await port.send(chat(lan), Outgoing(text="chuyện riêng"))
    told = repr(caught.value) + str(caught.value)
    secrets = ("7012345678901", "invented", lan.id, "chuyện riêng", "Zalo says", "127.0.0.1")
    assert not [secret for secret in secrets if secret in told]
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    await port.send(chat(lan), Outgoing(text="chuyện riêng"))
    assert lan.inbox[-1].text == "chuyện riêng"


async def test_a_server_that_is_not_there_is_a_bad_line_and_the_token_is_in_no_log(
    zalo: ZaloBotDouble, port: ZaloBotPort, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await port.send(chat(lan), Outgoing(text="a"))
        nowhere = ZaloBotPort(zalo.token, "http://127.0.0.1:9")
        with pytest.raises(ConnectionError) as caught:
            await nowhere.send(chat(lan), Outgoing(text="a"))
        await nowhere.close()
    secret = zalo.token.partition(":")[2]
    assert secret not in caplog.text
    assert secret not in repr(caught.value)
    assert caught.value.__cause__ is None, "httpx's error holds the request, and that the token"


async def test_a_slow_answer_is_waited_for(port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person) -> None:
    held = zalo.fails("sendMessage", Fault.slow())
    sending = asyncio.create_task(port.send(chat(lan), Outgoing(text="a")))
    await patiently(held.arrived.wait())
    assert not sending.done()
    held.let_go()
    assert await patiently(sending) == lan.inbox[0].id


async def test_one_too_many_waits_a_little_and_longer_each_time_and_then_the_months_messages_are_gone(
    port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person, clock: Clock
) -> None:
    zalo.quota = 0
    waits = []
    for _ in range(100):
        with pytest.raises((TooFast, QuotaUsedUp)) as caught:
            await port.send(chat(lan), Outgoing(text="a"))
        if isinstance(caught.value, QuotaUsedUp):
            break
        assert isinstance(caught.value, TooFast)
        waits.append(caught.value.retry_after)
        clock.at += caught.value.retry_after
    assert sum(waits) >= USED_UP_AFTER_S
    assert waits[0] < 10 < waits[-1] <= LONGEST_WAIT_S * 1.5
    with pytest.raises(QuotaUsedUp):
        await port.send(chat(lan), Outgoing(text="a"))
    zalo.quota = 1
    await port.send(chat(lan), Outgoing(text="a"))
    with pytest.raises(TooFast):
        await port.send(chat(lan), Outgoing(text="b"))


async def test_two_single_refusals_days_apart_are_no_empty_account(
    port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person, clock: Clock
) -> None:
    zalo.fails("sendMessage", Fault.says(429, 429), times=2)
    for _ in range(2):
        with pytest.raises(TooFast):
            await port.send(chat(lan), Outgoing(text="a"))
        clock.at += 86_400


async def test_a_403_is_tried_a_little_and_then_given_up(port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person) -> None:
    zalo.fails("sendMessage", Fault.says(403, 403), times=3)
    for error in (ConnectionError, ConnectionError, Refused):
        with pytest.raises(error):
            await port.send(chat(lan), Outgoing(text="a"))
    assert await port.send(chat(lan), Outgoing(text="a"))


async def test_a_message_that_was_taken_without_an_id_is_not_sent_again(
    port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person
) -> None:
    zalo.new_id = lambda: ""  # type: ignore[method-assign]  # a newer Zalo that tells no id
    assert await port.send(chat(lan), Outgoing(text="a")) == ""
    assert len(lan.inbox) == 1


async def test_after_a_failure_half_way_only_the_rest_is_sent_again(
    port: ZaloBotPort, zalo: ZaloBotDouble, lan: Person
) -> None:
    message = Outgoing(text="một " * 500 + "hai " * 400)
    held = zalo.fails("sendMessage", Fault.slow())
    sending = asyncio.create_task(port.send(chat(lan), message))
    await patiently(held.arrived.wait())
    zalo.fails("sendMessage", Fault.html(502))
    held.let_go()
    with pytest.raises(ConnectionError):
        await sending
    assert len(lan.inbox) == 1
    handle = await port.send(chat(lan), message)
    assert " ".join(seen.text for seen in lan.inbox).split() == message.text.split()
    assert (len(lan.inbox), lan.inbox[-1].id) == (2, handle)


async def test_nothing_to_say_is_refused_and_nothing_can_be_changed(port: ZaloBotPort, lan: Person) -> None:
    with pytest.raises(Refused):
        await port.send(chat(lan), Outgoing(text="  "))
    with pytest.raises(GoneMessage):
        await port.edit(chat(lan), "1", Outgoing(text="a"))
    await port.answer_press("1", "Đã nhận", alert=False)
    assert lan.inbox == []


async def test_a_file_is_fetched_from_zalo_only_and_only_as_much_as_we_take(
    port: ZaloBotPort, zalo: ZaloBotDouble
) -> None:
    async def fetched(link: str) -> bytes:
        media = Media(kind=MediaKind.PHOTO, ref=link)
        return b"".join([chunk async for chunk in port.fetch(media, 1_000_000)])

    assert await fetched(zalo.keep_file(b"data", ".jpg")) == b"data"
    with pytest.raises(TooLarge):
        await fetched(zalo.keep_file(bytes(3_000_000), ".jpg"))
    for link in (f"{zalo.url}/media/dead", "https://evil.example.vn/a.jpg", "https://10.0.0.1/a.jpg", "khong"):
        with pytest.raises(GoneMedia):
            await fetched(link)


async def test_the_account_and_its_budget_are_known_to_the_courier(port: ZaloBotPort, zalo: ZaloBotDouble) -> None:
    assert port.account == f"zalo_bot:{zalo.bot_id}"
    assert port.pace.per_month == 100


@pytest.mark.parametrize("token", ["", "123", ":abc", "123:", "abc:def", "123:a/b", "123:a b", "123:a?b", "123:a\n"])
def test_a_token_of_the_wrong_shape_is_told_without_the_token(token: str) -> None:
    with pytest.raises(ValueError, match="wrong shape") as caught:
        ZaloBotPort(token)
    assert token in ("", "123") or token not in str(caught.value)
