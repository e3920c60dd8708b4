"""Where an app has no buttons, people answer a numbered list in their own way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import Button, Outgoing
from bot.delivery.numbered import numbered
from core.conversation.numbers import MORE, number_in, pick
from core.replies import Choice, Reply, merge, on_page, reply_from_json, reply_to_json, say
from core.say import Say

LABELS = ["✅ Đúng rồi", "✏️ Sửa loại việc", "📍 Sửa nơi", "⏱ Sửa mức gấp"]


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("2", 1),
        (" 2. ", 1),
        ("2️⃣", 1),
        ("hai", 1),
        ("Hai ạ", 1),
        ("số 2", 1),
        ("so 2", 1),
        ("em chọn số 2 nhé", 1),
        ("câu 3", 2),
        ("tư", 3),
        ("sửa nơi", 2),
        ("SUA NOI", 2),
        ("đúng", 0),
        ("0", MORE),
        ("xem thêm", MORE),
    ],
)
def test_a_choice_is_understood_as_people_type_it(said: str, index: int) -> None:
    assert pick(said, LABELS, more="Xem thêm") == index


@pytest.mark.parametrize(
    "said", ["5", "12", "", "bà", "nấm", "sửa", "hai xe tông nhau ở ngã ba", "có 3 người đánh nhau", "7h tối nay", "?"]
)
def test_what_answers_no_list_is_left_to_be_read_as_words(said: str) -> None:
    assert pick(said, LABELS) is None


def test_zero_turns_no_page_where_all_is_shown() -> None:
    assert pick("0", LABELS) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    number = number_in(text)
    assert number is None or 0 <= number <= 999
    index = pick(text, LABELS, more="Xem thêm")
    assert index is None or -1 <= index < len(LABELS)


@given(st.integers(1, 40), st.integers(1, 9), st.integers(0, 12))
def test_turning_the_pages_shows_every_choice(count: int, listed: int, start: int) -> None:
    rows = tuple((Choice(f"m:{number}", say(Say.AS_IS, text=str(number))),) for number in range(count))
    pages = -(-count // listed)
    seen = {
        choice.id for page in range(start, start + pages) for choice in on_page(Reply(rows=rows, page=page), listed)[0]
    }
    assert seen == {f"m:{number}" for number in range(count)}
    assert on_page(Reply(rows=rows), listed)[1] is (count > listed)


def test_a_list_is_written_below_the_words_with_its_hint_last() -> None:
    rows = ((Button("a", "Đúng rồi"), Button("b", "Sửa nơi")), (Button("c", "Rút tin"),))
    message = Outgoing(text="Đã nhận tin.", rows=rows, more="Xem thêm", hint="Trả lời bằng số, ví dụ: 1")
    assert numbered(message) == (
        "Đã nhận tin.\n\n1. Đúng rồi\n2. Sửa nơi\n3. Rút tin\n0. Xem thêm\nTrả lời bằng số, ví dụ: 1"
    )
    assert numbered(Outgoing(text="Đã nhận tin.")) == "Đã nhận tin."


def test_messages_said_at_once_become_one_and_lose_nothing() -> None:
    first = Reply(lines=(say(Say.WELCOME),), rows=((Choice("m:1", say(Say.BUTTON_ADD)),),), attachments=(1,))
    second = Reply(lines=(say(Say.HELP),), rows=((Choice("m:2", say(Say.BUTTON_CODE)),),), slot="case:1", page=0)
    one = merge([first, second])
    assert one.lines == first.lines + second.lines
    assert one.rows == first.rows + second.rows
    assert (one.slot, one.attachments) == ("case:1", (1,))
    assert merge([first]) == first


def test_a_turned_page_survives_the_outbox() -> None:
    reply = Reply(lines=(say(Say.HELP),), page=3)
    assert reply_from_json(reply_to_json(reply)) == reply
