"""Questions that find their answer in the commune's own list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.triage.faq import Faq, Questions
from plans.faq import FAQ, BadFaq, load_faq


@pytest.fixture(scope="module")
def questions() -> Questions:
    return load_faq()


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("đăng ký tạm trú cần giấy tờ gì", "temporary-residence"),
        ("dang ky tam tru can giay to gi a", "temporary-residence"),
        ("cho em hoi dang ki tam truu", "temporary-residence"),
        ("e mất cccd thì làm lại ở đâu ạ", "lost-identity-card"),
        ("tach khau can nhung gi", "split-household"),
        ("số công an xã mình là nhiu zậy ad", "phone-numbers"),
        ("lịch tiếp công dân thứ mấy vậy", "office-hours"),
        ("nop phat nguoi o dau", "traffic-fine"),
        ("ba tui có khẩu súng cũ muốn nộp", "fireworks"),
    ],
)
def test_a_question_finds_its_answer_however_it_is_typed(questions: Questions, text: str, id_: str) -> None:
    found = questions.answer(text)
    assert found is not None
    assert found.id == id_


@pytest.mark.parametrize(
    "text",
    ["", "xin chào", "hôm nay trời đẹp quá", "cháy nhà rồi", "bán nhà mặt tiền giá rẻ", "😀", "cho hỏi", "alo alo"],
)
def test_what_is_no_question_of_the_list_is_left_to_a_person(questions: Questions, text: str) -> None:
    assert questions.answer(text) is None


def test_every_way_to_ask_leads_to_its_own_answer(questions: Questions) -> None:
    astray = [ask for faq in questions.questions for ask in faq.asks if questions.answer(ask) not in (faq, None)]
    unheard = [ask for faq in questions.questions for ask in faq.asks if questions.answer(ask) is None]
    assert len(astray) <= 3, astray
    assert len(unheard) <= 3, unheard


def test_the_starter_set_has_thirty_questions_and_leaves_the_numbers_to_the_plan(questions: Questions) -> None:
    assert len(questions.questions) >= 30
    text = FAQ.read_text(encoding="utf-8")
    assert re.findall(r"\b\d{3,}\b", text) == []
    assert any("{police}" in faq.answer for faq in questions.questions)


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_nothing_that_is_asked_breaks_it(questions: Questions, text: str) -> None:
    assert questions.answer(text) in (*questions.questions, None)


def test_an_empty_list_answers_nothing() -> None:
    assert Questions([]).answer("đăng ký tạm trú") is None
    assert Questions([Faq("a", ("tạm trú",), "…")]).answer("") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("question: []\n", 1),
        ("questions: tạm trú\n", 1),
        ("questions:\n  - id: a\n    asks: [x]\n", 2),
        ("questions:\n  - id: a\n    asks: []\n    answer: b\n", 3),
        ("questions:\n  - id: a\n    asks: [x]\n    answer: b\n    reply: c\n", 5),
        ("questions:\n  - id: a\n    asks: [x]\n    answer: b\n    local: maybe\n", 5),
        ("questions:\n  - id: a\n    asks: [x]\n    answer: b\n  - id: a\n    asks: [y]\n    answer: c\n", 5),
        ("questions:\n  - 'a\n", 3),
        ("questions:\n  - id: a\n    asks: [x]\n    answer: gọi {cong-an}\n", 4),
    ],
)
def test_a_wrong_line_in_the_list_is_named(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "faq.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadFaq, match=rf"faq\.yaml:{line}: "):
        load_faq(file)
