"""The `Inbound` of a Zalo bot's events: both names of a picture's link, groups, invalid times."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.fields import BrokenUpdate
from bot.zalo_bot import CHANNEL as ZALO_BOT
from bot.zalo_bot.read import OwnAccount, read
from core.messages import Inbound, Media, MediaKind
from tests.conftest import NOW

US = OwnAccount("7012345678901", ("Bot Tin Báo", "bot.tinbao"))
PERSON, GROUP = "a9c04e7713d2b85f60e1", "0b1fd07ac3e95512a6f0"
STAMP = int(NOW.timestamp() * 1000)


def event(kind: str, **message: Any) -> dict[str, Any]:
    said = {
        "message_id": "4b1fd07ac3e95512a6f0",
        "date": STAMP,
        "from": {"id": PERSON, "display_name": "Lan Pham", "is_bot": False},
        "chat": {"id": PERSON, "chat_type": "PRIVATE"},
        **message,
    }
    return {"event_name": f"message.{kind}.received", "message": said}


def heard(kind: str, **message: Any) -> Inbound:
    found = read(event(kind, **message), US, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize("wrapped", [False, True])
def test_words_come_with_their_person_their_time_and_a_key_of_their_own(wrapped: bool) -> None:
    body = event("text", text=unicodedata.normalize("NFD", "Cháy nhà"))
    assert read({"ok": True, "result": body} if wrapped else body, US, NOW) == Inbound(
        channel=ZALO_BOT,
        sender=PERSON,  # type: ignore[arg-type]  # an id is a text
        chat=PERSON,  # type: ignore[arg-type]  # an id is a text
        message_key=f"{US.bot_id}:{PERSON}:4b1fd07ac3e95512a6f0",
        sent_at=NOW,
        text="Cháy nhà",
        sender_name="Lan Pham",
    )


def test_another_bots_same_message_has_another_key_and_no_key_is_too_long_for_the_database() -> None:
    other = read(event("text", text="a"), OwnAccount("999"), NOW)
    assert other is not None
    assert other.message_key != heard("text", text="a").message_key
    ids = {"from": {"id": "p" * 64}, "chat": {"id": "p" * 64, "chat_type": "PRIVATE"}}
    first, second = (heard("text", text="a", message_id=f"{number}" * 64, **ids).message_key for number in (1, 2))
    assert first != second
    assert max(len(first), len(second)) <= 120


@pytest.mark.parametrize(
    ("kind", "fields", "media"),
    [
        ("image", {"photo_url": "https://a.zdn.vn/1", "message_type": "CHAT_PHOTO"}, (MediaKind.PHOTO, "image/jpeg")),
        ("image", {"photo": "https://a.zdn.vn/1"}, (MediaKind.PHOTO, "image/jpeg")),
        ("image", {"photo_url": "https://a.zdn.vn/1", "photo": "x"}, (MediaKind.PHOTO, "image/jpeg")),
        ("voice", {"voice_url": "https://a.zdn.vn/1", "message_type": "CHAT_VOICE"}, (MediaKind.VOICE, "audio/aac")),
    ],
)
def test_a_picture_or_a_recording_comes_with_its_link_and_its_words(
    kind: str, fields: dict[str, str], media: tuple[MediaKind, str]
) -> None:
    found = heard(kind, caption="đầu ngõ 12", **fields)
    assert found.media == (Media(kind=media[0], ref="https://a.zdn.vn/1", mime=media[1]),)
    assert found.text == "đầu ngõ 12"


def test_a_picture_without_a_link_still_says_its_words_and_one_without_both_is_kept_for_the_operator() -> None:
    found = heard("image", caption="biển số 12")
    assert (found.text, found.media) == ("biển số 12", ())
    with pytest.raises(BrokenUpdate):
        heard("image")
    with pytest.raises(BrokenUpdate):
        heard("image", photo_url=f"https://a.zdn.vn/{'a' * 2000}")


@pytest.mark.parametrize("kind", ["sticker", "unsupported"])
def test_what_holds_no_words_comes_in_empty_so_that_the_sender_gets_an_answer_but_not_in_a_group(kind: str) -> None:
    found = heard(kind, url="https://a.zdn.vn/s")
    assert (found.text, found.media, found.addressed) == ("", (), True)
    assert read(event(kind, chat={"id": GROUP, "chat_type": "GROUP"}), US, NOW) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("@Bot Tin Báo trực", "trực"),
        ("@bot tin báo: /truc", "/truc"),
        ("@bot.tinbao, 1", "1"),
        ("@Bot Tin Báonline 1", "@Bot Tin Báonline 1"),
        ("gọi @Bot Tin Báo đi", "gọi @Bot Tin Báo đi"),
        ("@Bot Tin Báo", ""),
        ("1", "1"),
    ],
)
def test_every_group_message_is_addressed_to_the_bot_and_its_name_is_removed(said: str, meant: str) -> None:
    found = heard("text", text=said, chat={"id": GROUP, "chat_type": "GROUP"})
    assert (found.text, found.in_group, found.addressed, found.chat) == (meant, True, True, GROUP)


def test_in_a_private_chat_the_bots_name_is_an_ordinary_word() -> None:
    assert heard("text", text="@Bot Tin Báo trực").text == "@Bot Tin Báo trực"


def test_a_chat_without_a_kind_is_a_group_when_it_is_not_the_persons_own() -> None:
    assert not heard("text", text="a", chat={"id": PERSON}).in_group
    assert heard("text", text="a", chat={"id": GROUP}).in_group


@pytest.mark.parametrize(
    "date",
    [None, "", "hôm qua", -1, 0, 1e12, True, 10**30, STAMP + 600_000, [], STAMP // 1000],
)
def test_an_impossible_time_becomes_now_and_the_message_is_processed(date: Any) -> None:
    assert heard("text", text="a", date=date).sent_at == NOW


@pytest.mark.parametrize("date", [STAMP - 7_200_000, str(STAMP - 7_200_000)])
def test_a_late_message_keeps_its_time(date: Any) -> None:
    assert heard("text", text="a", date=date).sent_at == NOW - timedelta(hours=2)


def test_messages_of_other_bots_are_ignored() -> None:
    assert read(event("text", text="a", **{"from": {"id": PERSON, "is_bot": True}}), US, NOW) is None


@pytest.mark.parametrize(
    "more",
    [
        {"message_id": None},
        {"message_id": "a b"},
        {"chat": None},
        {"chat": {"id": "é", "chat_type": "PRIVATE"}},
        {"from": {"id": ""}},
        {"text": ["a"]},
    ],
)
def test_fields_of_the_wrong_type_are_broken(more: dict[str, Any]) -> None:
    with pytest.raises(BrokenUpdate):
        heard("text", **{"text": "a", **more})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["text", "image", "voice", "sticker", "unsupported"]), st.dictionaries(
    st.sampled_from(["message_id", "date", "from", "chat", "text", "caption", "photo", "photo_url", "voice_url"]), _JSON
))  # fmt: skip
def test_any_body_is_parsed_or_raises_broken_update(kind: str, fields: dict[str, Any]) -> None:
    try:
        found = read(event(kind, **fields), US, NOW)
    except BrokenUpdate:
        return
    assert found is None or len(found.message_key) <= 120


@given(_JSON)
def test_any_other_json_is_parsed_or_raises_broken_update(body: Any) -> None:
    with pytest.raises(BrokenUpdate):
        read(body, US, NOW)
