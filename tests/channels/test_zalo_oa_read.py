"""The `Inbound` of an Official Account's events: both layouts, ids and coordinates as text, groups, forged presses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.fields import BrokenUpdate
from bot.zalo_oa import CHANNEL as ZALO_OA
from bot.zalo_oa.read import OtherAccount, OwnAccount, read
from core.messages import Inbound, Media, MediaKind, Notice, Place
from tests.conftest import NOW
from tests.doubles.zalo_oa import ZaloOaDouble

STAMP = str(int(NOW.timestamp() * 1000))
US = OwnAccount("1102233445566778899", "4400112233445566778")
PERSON = "7719034428810553201"


def event(name: str, message: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    said = {"message": {"msg_id": "91bd5a0e77c2f4683d10", **message}} if message is not None else {}
    return {
        "event_name": name,
        "app_id": US.app_id,
        "sender": {"id": PERSON},
        "recipient": {"id": US.oa_id},
        "user_id_by_app": "6610045529910664312",
        "timestamp": STAMP,
        **said,
        **more,
    }


def heard(name: str, message: dict[str, Any] | None = None, **more: Any) -> Inbound:
    found = read(event(name, message, **more), US)
    assert found is not None
    return found


def attached(kind: str, payload: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {"text": text, "attachments": [{"type": kind, "payload": payload}]}


def test_words_come_with_their_person_their_time_and_a_key_of_their_own() -> None:
    assert heard("user_send_text", {"text": "Cháy"}) == Inbound(
        channel=ZALO_OA,
        sender=PERSON,  # type: ignore[arg-type]  # an id is a text
        chat=PERSON,  # type: ignore[arg-type]  # an id is a text
        message_key=f"{US.oa_id}:91bd5a0e77c2f4683d10",
        sent_at=NOW,
        text="Cháy",
    )


@pytest.mark.parametrize("as_text", [True, False])
def test_ids_and_times_are_the_same_as_text_and_as_numbers(as_text: bool) -> None:
    kind = str if as_text else int
    body = event("user_send_text", {"text": "a"}, sender={"id": kind(PERSON)}, timestamp=kind(STAMP))
    found = read({**body, "app_id": kind(US.app_id), "recipient": {"id": kind(US.oa_id)}}, US)
    assert found is not None
    assert (found.sender, found.sent_at) == (PERSON, NOW)


def test_a_place_comes_with_coordinates_in_text_and_its_name_is_no_message() -> None:
    where = {"coordinates": {"latitude": "21.186543", "longitude": "106.076"}}
    found = heard("user_send_location", attached("location", where, "Chợ Nếnh"))
    assert found.place == Place(latitude=21.186543, longitude=106.076, name="Chợ Nếnh")
    assert found.text == ""


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("91", "0"), ("nan", "0"), ("", "0"), ("10", "1e999"), (None, "1")]
)
def test_a_place_that_is_not_on_earth_is_broken(latitude: Any, longitude: Any) -> None:
    where = {"coordinates": {"latitude": latitude, "longitude": longitude}}
    with pytest.raises(BrokenUpdate):
        heard("user_send_location", attached("location", where))


@pytest.mark.parametrize(
    ("name", "payload", "media"),
    [
        ("image", {"thumbnail": "https://a.zdn.vn/t", "url": "https://a.zdn.vn/1"}, (MediaKind.PHOTO, "image/jpeg")),
        ("gif", {"url": "https://a.zdn.vn/1"}, (MediaKind.PHOTO, "image/gif")),
        ("video", {"url": "https://a.zdn.vn/1", "description": ""}, (MediaKind.VIDEO, "video/mp4")),
        ("audio", {"url": "https://a.zdn.vn/1"}, (MediaKind.VOICE, "audio/aac")),
        ("file", {"url": "https://a.zdn.vn/1", "name": "don.pdf", "size": "77", "type": "pdf"}, (MediaKind.FILE, "")),
        ("file", {"url": "https://a.zdn.vn/1", "size": 77, "type": "image/png"}, (MediaKind.PHOTO, "image/png")),
        ("file", {"url": "https://a.zdn.vn/1", "size": "nhiều"}, (MediaKind.FILE, "")),
    ],
)
def test_each_kind_of_file_comes_as_what_it_is(
    name: str, payload: dict[str, Any], media: tuple[MediaKind, str]
) -> None:
    found = heard(f"user_send_{name}", attached(name, payload, "biển số 12"))
    size = 77 if str(payload.get("size")) == "77" else None
    kind, mime = media
    wanted = Media(kind=kind, ref="https://a.zdn.vn/1", name=payload.get("name", ""), mime=mime, size=size)
    assert found.media == (wanted,)
    assert found.text == "biển số 12"


def test_a_shared_page_comes_as_words() -> None:
    payload = {"url": "https://bao.example.vn/1", "thumbnail": "x", "description": "Lừa đảo qua mạng"}
    assert heard("user_send_link", attached("link", payload)).text == "Lừa đảo qua mạng\nhttps://bao.example.vn/1"
    same = attached("link", {"url": "https://bao.example.vn/1"}, "xem https://bao.example.vn/1 đi")
    assert heard("user_send_link", same).text == "xem https://bao.example.vn/1 đi"


@pytest.mark.parametrize("kind", ["sticker", "business_card"])
def test_what_holds_no_words_comes_in_empty_so_that_the_sender_gets_an_answer(kind: str) -> None:
    found = heard(f"user_send_{kind}", attached(kind, {"id": "1", "url": "https://a.zdn.vn/s"}))
    assert (found.text, found.media, found.button) == ("", (), "")


def test_following_and_unfollowing_become_notices_once_each_time() -> None:
    body = {"oa_id": US.oa_id, "follower": {"id": PERSON}, "source": "oa_profile", "app_id": US.app_id}
    found = [
        read({**body, "event_name": name, "timestamp": stamp}, US)
        for name, stamp in [("follow", STAMP), ("unfollow", STAMP), ("follow", str(int(STAMP) + 1))]
    ]
    notices = [inbound.notice for inbound in found if inbound is not None]
    assert notices == [Notice.WELCOME, Notice.BLOCKED, Notice.WELCOME]
    assert len({inbound.message_key for inbound in found if inbound is not None}) == 3
    assert found[0] is not None
    assert (found[0].sender, found[0].message_key) == (PERSON, f"{US.oa_id}:follow:{PERSON}:{STAMP}")


@pytest.mark.parametrize(
    ("typed", "text", "button"),
    [
        ("#m:t:drugs", "", "t:drugs"),
        ("#m:", "#m:", ""),
        ("#m:hai chữ", "#m:hai chữ", ""),
        ("#m:" + "x" * 101, "#m:" + "x" * 101, ""),
        ("nói #m:t:drugs", "nói #m:t:drugs", ""),
        ("0", "0", ""),
    ],
)
def test_a_press_comes_as_typed_words_and_is_no_more_than_a_buttons_id(typed: str, text: str, button: str) -> None:
    found = heard("user_send_text", {"text": typed})
    assert (found.text, found.button, found.press) == (text, button, "")


@pytest.mark.parametrize(
    ("said", "text", "addressed"),
    [
        ("Chiều nay họp nhé", "Chiều nay họp nhé", False),
        ("/thang", "/thang", True),
        (f"[@{US.oa_id}] ai trực?", "ai trực?", True),
        ("2", "2", True),
        ("số 2 đang họp", "số 2 đang họp", False),
        ("[@7719034428810553201] đâu rồi", "[@7719034428810553201] đâu rồi", False),
    ],
)
@pytest.mark.parametrize("layout", [{"group_id": "55"}, {"recipient": {"id": "55"}}])
def test_group_messages_count_only_when_they_address_the_account(
    said: str, text: str, addressed: bool, layout: dict[str, Any]
) -> None:
    found = heard("user_send_group_text", {"text": said}, **layout)
    assert (found.chat, found.sender, found.in_group) == ("group:55", PERSON, True)
    assert (found.text, found.addressed) == (text, addressed)


def test_a_group_message_without_a_group_is_broken_and_answers_no_person() -> None:
    with pytest.raises(BrokenUpdate):
        heard("user_send_group_text", {"text": "/thang"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"event_name": "user_send_hologram"},
        {"event_name": 5},
        {"event_name": None},
        {"sender": {"id": ""}},
        {"sender": {"id": "a b"}},
        {"sender": {"id": "x" * 65}},
        {"sender": None},
        {"message": None},
        {"message": {"text": "không có số"}},
        {"message": {"msg_id": "1", "attachments": {}}},
        {"message": {"msg_id": "1", "attachments": [{"type": "image", "payload": {}}]}},
        {"message": {"msg_id": "1", "attachments": [{"type": "image", "payload": {"url": "x" * 2001}}]}},
        {"timestamp": "1e12"},
        {"timestamp": "9" * 30},
    ],
)
def test_what_has_another_shape_is_broken_and_never_a_crash(wrong: dict[str, Any]) -> None:
    with pytest.raises(BrokenUpdate):
        read({**event("user_send_text", {"text": "a"}), **wrong}, US)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(["user_send_text", "user_send_image", "user_send_location", "user_send_group_text", "follow", "x"]),
    st.dictionaries(
        st.sampled_from(["app_id", "oa_id", "sender", "recipient", "follower", "message", "timestamp", "group_id"]),
        json_values,
    ),
)
def test_any_json_is_parsed_or_raises_a_known_error(name: str, parts: dict[str, Any]) -> None:
    try:
        read({**event(name, {"text": "a"}), **parts}, US)
    except (BrokenUpdate, OtherAccount) as why:
        assert len(str(why)) < 60  # the name of a field, never what was in it


async def test_the_doubles_own_events_are_read_as_what_they_are() -> None:
    async with ZaloOaDouble(lambda: NOW) as zalo:
        lan = zalo.person()
        body = lan.message("text", {"text": "chào"}, at=zalo.group())
        found = read(body, OwnAccount(zalo.app_id, zalo.oa_id))
    assert found is not None
    assert found.chat.startswith("group:")
