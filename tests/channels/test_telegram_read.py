"""Updates in the shapes that Telegram sends (with made-up people), and the `Inbound` of each."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.fields import BrokenUpdate
from bot.telegram.read import ALLOWED_UPDATES, OwnAccount, read
from core.messages import Inbound, Language, Media, MediaKind, Notice, Place

UPDATES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "telegram_updates.json").read_text(encoding="utf-8")
)
US = OwnAccount(700001, "TinBao_thu_bot")
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def heard(name: str, us: OwnAccount = US) -> Inbound | None:
    return read(UPDATES[name], us, NOW)


def surely(name: str, us: OwnAccount = US) -> Inbound:
    inbound = heard(name, us)
    assert inbound is not None
    return inbound


def test_a_residents_words_come_in_whole() -> None:
    inbound = surely("text")
    assert inbound.text == "Có đánh nhau ở tổ 5"
    assert (inbound.sender, inbound.chat) == ("5001001", "5001001")
    assert inbound.message_key == f"700001:{UPDATES['text']['update_id']}"
    assert inbound.sent_at == datetime.fromtimestamp(UPDATES["text"]["message"]["date"], UTC)
    assert (inbound.sender_name, inbound.language) == ("Lan Thử", Language.VI)
    assert (inbound.in_group, inbound.addressed, inbound.edits, inbound.notice) == (False, True, False, None)


def test_decomposed_characters_are_composed() -> None:
    assert surely("text_nfd").text == "Cháy nhà"


def test_characters_that_no_database_takes_are_left_out() -> None:
    update = copy.deepcopy(UPDATES["text"])
    update["message"]["text"] = "Ch\0áy\ud83d nhà 🔥"
    inbound = read(update, US, NOW)
    assert inbound is not None
    assert inbound.text == "Cháy nhà 🔥"


@pytest.mark.parametrize(
    ("code", "language"), [("vi-VN", "vi"), ("en", "en"), ("EN-us", "en"), ("km", None), ("", None)]
)
def test_the_language_is_one_that_we_speak_or_none(code: str, language: str | None) -> None:
    update = copy.deepcopy(UPDATES["english"])
    update["message"]["from"]["language_code"] = code
    inbound = read(update, US, NOW)
    assert inbound is not None
    assert inbound.language == language


def test_links_and_commands_arrive_as_words_without_our_name() -> None:
    assert surely("start_payload").text == "/start c_07795"
    assert surely("command_with_our_name").text == "/trogiup"


PHOTO, VOICE, VIDEO, FILE = MediaKind.PHOTO, MediaKind.VOICE, MediaKind.VIDEO, MediaKind.FILE


@pytest.mark.parametrize(
    ("name", "media", "text"),
    [
        ("photo", Media(kind=PHOTO, ref="FILE-9", mime="image/jpeg", size=9000), "ảnh hiện trường"),
        ("album_item", Media(kind=PHOTO, ref="FILE-3", mime="image/jpeg", size=3000), ""),
        ("voice", Media(kind=VOICE, ref="FILE-4", mime="audio/ogg", size=4000), ""),
        ("audio", Media(kind=VOICE, ref="FILE-5", name="ghi am.m4a", mime="audio/mp4", size=5000), ""),
        ("video", Media(kind=VIDEO, ref="FILE-6", name="a.mp4", mime="video/mp4", size=6000), "xem đi"),
        ("video_note", Media(kind=VIDEO, ref="FILE-7", mime="video/mp4", size=7000), ""),
        ("animation", Media(kind=VIDEO, ref="FILE-8", name="g.mp4", mime="video/mp4", size=8000), ""),
        ("document", Media(kind=FILE, ref="FILE-10", name="đơn.pdf", mime="application/pdf", size=10000), ""),
        ("photo_as_file", Media(kind=PHOTO, ref="FILE-11", name="IMG_1.png", mime="image/png", size=11000), ""),
    ],
)
def test_each_kind_of_file_comes_in_once_with_its_words(name: str, media: Media, text: str) -> None:
    inbound = surely(name)
    assert inbound.media == (media,)
    assert inbound.text == text


def test_an_album_is_known_by_its_name() -> None:
    assert surely("album_item").album == "13700000000000001"
    assert surely("photo").album == ""


def test_a_shared_place_comes_with_its_accuracy_or_its_name() -> None:
    assert surely("location").place == Place(latitude=11.3225, longitude=106.1287, accuracy_m=25.5)
    assert surely("venue").place == Place(latitude=11.31, longitude=106.09, name="Chợ Thử, ấp 2")
    assert surely("live_location").place == Place(latitude=11.3, longitude=106.1)
    assert not surely("live_location").edits


def test_what_changes_later_is_marked_as_a_later_version() -> None:
    moved = surely("live_location_moves")
    assert (moved.edits, moved.place) == (True, Place(latitude=11.4, longitude=106.1))
    corrected = surely("edited_text")
    assert (corrected.edits, corrected.text) == (True, "Có đánh nhau ở tổ 6")
    assert corrected.sent_at == datetime.fromtimestamp(UPDATES["edited_text"]["edited_message"]["edit_date"], UTC)


def test_a_sticker_is_read_as_its_emoji() -> None:
    assert surely("sticker").text == "👍"


def test_only_the_senders_own_number_is_taken_from_a_contact() -> None:
    assert surely("own_contact").text == "+84000000001"
    assert surely("other_contact").text == ""


def test_a_thing_without_words_still_comes_in_so_that_its_sender_gets_an_answer() -> None:
    inbound = surely("poll")
    assert (inbound.text, inbound.media, inbound.place) == ("", (), None)


@pytest.mark.parametrize(
    "name",
    ["pinned", "group_joined", "channel_post", "group_anonymous_admin", "other_bot", "moved_from", "reaction",
     "press_inline", "promoted_in_group", "muted_in_group"],
)  # fmt: skip
def test_updates_that_do_not_concern_the_bot_are_ignored(name: str) -> None:
    assert heard(name) is None


@pytest.mark.parametrize(
    ("name", "addressed", "text"),
    [
        ("group_command", True, "/ghi tuần tra 10 người"),
        ("group_command_ours", True, "/ghi tuần tra"),
        ("group_command_other", False, "/ghi@other_bot tuần tra"),
        ("group_talk", False, "Chiều nay họp nhé"),
        ("group_reply", True, "12 người"),
        ("group_reply_to_person", False, "ừ"),
        ("group_mention", True, "ghi: tuần tra"),
        ("group_mention_inside", True, "hỏi @tinbao_thu_bot xem"),
        ("group_mention_longer_name", False, "hỏi @tinbao_thu_bot2 xem"),
        ("group_text_mention", True, "Tin Báo ơi"),
    ],
)
def test_in_a_group_it_is_known_what_is_meant_for_us(name: str, addressed: bool, text: str) -> None:
    inbound = surely(name)
    assert inbound.in_group
    assert (inbound.addressed, inbound.text) == (addressed, text)
    assert (inbound.sender, inbound.chat) == ("5001001", "-1002000000001")


def test_commands_in_groups_work_before_telegram_has_told_us_our_name() -> None:
    assert surely("group_command_ours", OwnAccount(700001, "")).text == "/ghi tuần tra"
    assert not surely("group_talk", OwnAccount(700001, "")).addressed


def test_a_press_brings_its_button_and_its_handle() -> None:
    press = surely("press")
    assert (press.button, press.chat, press.in_group) == ("c:12:take", "5001001", False)
    assert press.press == UPDATES["press"]["callback_query"]["id"]
    assert press.sent_at == NOW
    assert (surely("press_in_group").chat, surely("press_in_group").in_group) == ("-1002000000001", True)
    assert surely("press_inaccessible").button == "c:12:take"


@pytest.mark.parametrize(
    ("name", "notice", "chat"),
    [
        ("blocked", Notice.BLOCKED, "5001001"),
        ("unblocked", Notice.WELCOME, "5001001"),
        ("added_to_group", Notice.WELCOME, "-1002000000001"),
        ("removed_from_group", Notice.BLOCKED, "-1002000000001"),
    ],
)
def test_blocking_and_unblocking_become_notices(name: str, notice: Notice, chat: str) -> None:
    inbound = surely(name)
    assert (inbound.notice, inbound.chat) == (notice, chat)


def test_a_group_that_moved_tells_where_to() -> None:
    inbound = surely("moved")
    assert (inbound.notice, inbound.chat, inbound.moved_to) == (Notice.MOVED, "-4001", "-1002000000009")


def test_two_updates_never_share_a_key() -> None:
    inbounds = [inbound for name in UPDATES if (inbound := heard(name))]
    assert len({inbound.message_key for inbound in inbounds}) == len(inbounds)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("update_id",), "7"), (("update_id",), True), (("message",), []), (("message", "text"), 5),
        (("message", "from"), None), (("message", "from", "id"), 2**63), (("message", "chat", "id"), 1.5),
        (("message", "date"), 10**17), (("message", "photo"), [{"file_id": "x"}]), (("message", "location"), {}),
        (("message", "location"), {"latitude": 91, "longitude": 0}), (("message", "voice"), {"duration": 1}),
        (("message", "location"), {"latitude": float("nan"), "longitude": 0}),
    ],
)  # fmt: skip
def test_a_field_of_the_wrong_type_is_named_without_its_content(path: tuple[str, ...], value: object) -> None:
    update = copy.deepcopy(UPDATES["text"])
    at: Any = update
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    if value is None:
        assert read(update, US, NOW) is None
        return
    with pytest.raises(BrokenUpdate) as broken:
        read(update, US, NOW)
    assert "đánh nhau" not in str(broken.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["private", "\ud800", "\0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [path, *(place for key, part in inner for place in _places(part, (*path, key)))]


@given(name=st.sampled_from(sorted(UPDATES)), junk=JSON, pick=st.integers(0, 10**6))
def test_no_malformed_update_gets_further_than_a_broken_update(name: str, junk: Any, pick: int) -> None:
    update: Any = copy.deepcopy(UPDATES[name])
    places = _places(update)
    path = places[pick % len(places)]
    if path:
        at = update
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = junk
    else:
        update = junk
    try:
        inbound = read(update, US, NOW)
    except BrokenUpdate:
        return
    if inbound is not None:
        assert isinstance(inbound.text, str)
        assert inbound.text.encode() or inbound.text == ""
        assert "\0" not in inbound.text
        assert inbound.sender.lstrip("-").isdigit()
        assert inbound.chat.lstrip("-").isdigit()


def test_we_ask_for_every_kind_that_we_read() -> None:
    kinds = {kind for update in UPDATES.values() for kind in update if kind != "update_id"}
    assert kinds - set(ALLOWED_UPDATES) == {"channel_post", "message_reaction"}
