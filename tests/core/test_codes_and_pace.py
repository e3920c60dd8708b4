"""Codes, routing and pace: small pure functions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cards import time_left
from core.codes import ALPHABET, encode, find_code, receipt_code
from core.messages import Language
from core.pace import Pacer
from core.routing import route
from core.triage.proposal import Category
from locales.words import render
from tests.conftest import NOW


@given(st.binary(min_size=5, max_size=5))
def test_a_code_is_found_again_however_it_is_typed(random: bytes) -> None:
    code = receipt_code(random)
    loose = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert find_code(f"mã của tôi là {loose} ạ") == code


@given(st.binary(min_size=10, max_size=10))
def test_an_invite_uses_only_letters_that_can_be_read_aloud(random: bytes) -> None:
    assert set(encode(random)) <= set(ALPHABET) and len(encode(random)) == 16


@pytest.mark.parametrize("text", ["", "98B1-123.45", "TB", "TBxin chào các anh", "gặp ở quán TB 12"])
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert find_code(text) is None


def where(category: Category, commune: str, home: str = "", *, province: str = "24", no_unit: str = "") -> str:
    return route(
        category,
        commune,
        province_of=lambda commune: {"07795": "24", "25459": "80"}[commune],
        home_commune=home,
        home_province=province,
        no_unit=no_unit,
        one_level_up=frozenset({Category.CORRUPTION}),
    ).unit


def test_a_tip_goes_to_its_commune_or_up_but_never_nowhere() -> None:
    assert where(Category.FRAUD, "07795") == "07795"
    assert where(Category.FRAUD, "", home="07795") == "07795"
    assert where(Category.FRAUD, "") == "24"
    assert where(Category.CORRUPTION, "07795") == "24"
    assert where(Category.CORRUPTION, "25459") == "80", "the province is the commune's, not the system's"


def test_the_plan_says_who_gets_a_tip_without_a_commune_where_none_is_served() -> None:
    assert where(Category.FRAUD, "", no_unit="07795") == "07795"
    assert where(Category.CORRUPTION, "", no_unit="07795") == "24", "what goes up still goes up"
    assert where(Category.FRAUD, "", no_unit="80", province="") == "80"
    assert where(Category.FRAUD, "", home="25459", no_unit="07795") == "25459", "a commune that is served comes first"
    assert where(Category.FRAUD, "25459", no_unit="07795") == "25459"


def test_a_broadcast_waits_for_its_pace_and_an_alert_does_not() -> None:
    pacer = Pacer(overall=2, per_chat=1, burst=1)
    assert pacer.wait("a", 0, urgent=False) == 0
    assert pacer.wait("a", 0, urgent=False) == pytest.approx(1)
    assert pacer.wait("a", 0, urgent=True) == 0
    assert pacer.wait("b", 0, urgent=False) > 0, "what the alert took is gone for the broadcast"
    assert pacer.wait("b", 10, urgent=False) == 0


def test_a_platform_that_asks_to_wait_is_obeyed_by_alerts_too() -> None:
    pacer = Pacer(overall=30, per_chat=1, burst=3)
    pacer.block("a", 0, 7)
    assert pacer.wait("a", 3, urgent=True) == pytest.approx(4)
    assert pacer.wait("b", 3, urgent=True) == 0
    for chat in "bcdefg":
        pacer.block(chat, 3, 5)
    assert pacer.wait("z", 4, urgent=True) == pytest.approx(4), "many chats at once mean the whole account"


def test_a_group_gets_no_more_in_a_minute_than_the_platform_allows() -> None:
    pacer = Pacer(overall=30, per_chat=1, burst=3, group_per_minute=20)
    sent, at = 0, 0.0
    while at < 60:
        wait = pacer.wait("a group", at, urgent=False, group=True)
        sent += wait == 0
        at += max(wait, 0.01)
    assert 20 <= sent <= 23, "the burst, then one every three seconds"
    assert pacer.wait("a person", at, urgent=False) == 0.0


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=2, seconds=50), "còn 3 phút"),
        (timedelta(seconds=5), "còn 1 phút"),
        (timedelta(minutes=59, seconds=50), "còn 1 giờ"),
        (timedelta(hours=47, minutes=40), "còn 2 ngày"),
        (timedelta(days=3) - timedelta(seconds=10), "còn 3 ngày"),
        (timedelta(hours=-3), "quá hạn 3 giờ"),
    ],
)
def test_the_time_left_is_told_as_one_would_say_it(span: timedelta, words: str) -> None:
    assert render(time_left(NOW + span, NOW), Language.VI) == words
