"""Several witnesses, one event; and what only looks like it."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.triage.duplicates import SAME_FROM, WINDOW_MINUTES, OpenTips, group, same_event, traced
from core.triage.likeness import Trace
from core.triage.understand import Triage

DEVELOPMENT = Path(__file__).parent.parent / "data" / "tips_dev.jsonl"


@pytest.fixture
def tip(triage: Triage) -> Tip:
    return Tip(triage)


class Tip:
    """Makes traces: what was said, when (minutes), in which commune."""

    def __init__(self, triage: Triage) -> None:
        self._triage = triage
        self._count = 0

    def __call__(self, text: str, minutes: float = 600, commune: str = "07795") -> Trace:
        self._count += 1
        return traced(self._triage.model, f"t{self._count}", text, commune, minutes)


def test_two_witnesses_of_one_fire_are_proposed_as_one(tip: Tip) -> None:
    one = tip("cháy kho vải ở cụm Bãi Sậy, lửa lớn lắm", 600)
    two = tip("chay to o kho vai cum bai say, khoi den mit troi", 606)
    assert same_event(one, two) >= SAME_FROM
    groups = group([one, two])
    assert groups[one.id] == groups[two.id] == one.id


@pytest.mark.parametrize(
    ("first", "second", "minutes"),
    [
        ("cháy kho vải ở thôn Bãi Sậy, lửa lớn", "cháy kho vải ở thôn Đồng Vông, lửa lớn", 10),
        ("ngáo đá la hét ở hẻm 5 đường Lê Lai", "ngáo đá la hét ở hẻm 27 đường Lê Lai", 10),
        (
            "đua xe ở đường Bờ Kè, mấy chục chiếc",
            "đua xe ở đường Hùng Vương, không phải đường Bờ Kè, mấy chục chiếc",
            10,
        ),
        ("cháy kho vải ở cụm Bãi Sậy", "chay kho vai cum bai say", 24 * 60),
        ("mất trộm xe máy ở xóm Chùa", "cho hỏi thủ tục đăng ký xe máy ở xóm Chùa", 10),
    ],
)
def test_another_place_another_day_or_another_matter_is_kept_apart(
    tip: Tip, first: str, second: str, minutes: float
) -> None:
    one, two = tip(first, 600), tip(second, 600 + minutes)
    assert group([one, two]) == {one.id: None, two.id: None}


def test_tips_of_different_communes_are_never_one(tip: Tip) -> None:
    text = "cháy kho vải ở cụm Bãi Sậy, lửa lớn lắm"
    assert same_event(tip(text, commune="07795"), tip(text, commune="07777")) == 0


def test_likeness_is_symmetric_and_falls_with_time(tip: Tip) -> None:
    text = "đánh nhau ở quán Cây Me, có đứa cầm dao"
    one, soon, late = tip(text, 100), tip(text, 110), tip(text, 100 + WINDOW_MINUTES - 1)
    assert same_event(one, soon) == same_event(soon, one)
    assert same_event(one, soon) > same_event(one, late)
    assert same_event(one, tip(text, 101 + WINDOW_MINUTES)) == 0


def test_open_tips_find_the_one_that_is_alike_and_forget_what_is_closed(tip: Tip) -> None:
    known = tip("cháy kho vải ở cụm Bãi Sậy, lửa lớn lắm")
    others = [tip(text) for text in ("mất chó ở xóm Chùa", "hát karaoke ồn ào", "đánh bài ở quán nước")]
    open_tips = OpenTips([known, *others])
    new = tip("chay to o kho vai cum bai say", 605)
    assert [match.id for match in open_tips.like(new)] == [known.id]
    open_tips.remove(known.id)
    open_tips.remove("unknown")
    assert open_tips.like(new) == []
    assert len(open_tips) == 3


def test_a_tip_is_not_its_own_duplicate_and_can_be_taken_in_twice(tip: Tip) -> None:
    known = tip("cháy kho vải ở cụm Bãi Sậy")
    open_tips = OpenTips([known])
    open_tips.add(known)
    assert len(open_tips) == 1
    assert open_tips.like(known) == []


def test_a_trace_keeps_no_sentence(tip: Tip) -> None:
    text = "tôi thấy ông Năm giấu súng dưới gầm giường"
    assert text not in repr(tip(text))


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80), st.floats(allow_nan=True))
def test_nothing_that_is_sent_breaks_it(triage: Triage, left: str, right: str, minutes: float) -> None:
    one = traced(triage.model, "a", left, "x", 0)
    two = traced(triage.model, "b", right, "x", minutes)
    assert 0 <= same_event(one, two) <= 1
    assert set(group([one, two])) == {"a", "b"}
    OpenTips([one]).like(two)


def test_most_pairs_of_the_development_messages_are_right(triage: Triage) -> None:
    rows = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    groups = group([traced(triage.model, row["id"], row["text"], row["commune"], row["minutes"]) for row in rows])
    pairs = list(combinations(rows, 2))
    said = {(a["id"], b["id"]) for a, b in pairs if groups[a["id"]] and groups[a["id"]] == groups[b["id"]]}
    real = {(a["id"], b["id"]) for a, b in pairs if a["dup_group"] and a["dup_group"] == b["dup_group"]}
    assert len(said & real) / len(said) >= 0.9
    assert len(said & real) / len(real) >= 0.7
