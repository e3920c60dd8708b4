"""Officers' corrections teach, and nothing worse goes live."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.triage.learn import Correction, Example, Marks, adjusted, completed, learn, marks
from core.triage.proposal import Category, Urgency
from core.triage.understand import Triage, read
from plans.triage import MODEL

PLACES = ("nhà ông Năm", "vườn điều", "bờ kè", "kho cũ", "quán cô Tư", "rẫy mì", "bãi xe", "lò gạch")


@pytest.fixture(scope="module")
def shipped() -> list[Example]:
    lines = (MODEL.parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()[::6]
    rows = [json.loads(line) for line in lines]
    return [Example(row["text"], Category(row["category"]), Urgency(row["urgency"])) for row in rows]


def slang(category: Category = Category.GAMBLING) -> list[Example]:
    """Corrections of a commune where a cockpit is called a frying pan."""
    return [
        Example(f"tối nay {place} lại bắc chảo {word}, đông lắm", category, Urgency.URGENT)
        for place in PLACES
        for word in ("gang", "lớn", "cua")
    ]


def test_a_local_word_is_learnt(triage: Triage, shipped: list[Example]) -> None:
    text = "sau miếu lại bắc chảo gang kìa"
    said = read(triage.model, text).categories
    before = said["gambling"]
    assert max(said, key=lambda name: said[name]) != "gambling"
    learnt = learn(triage.model, shipped, slang())
    assert learnt.model is not None, learnt.fell
    assert learnt.held > 0
    assert learnt.after.category_first >= learnt.before.category_first
    after = read(learnt.model, text).categories
    assert max(after, key=lambda name: after[name]) == "gambling"
    assert after["gambling"] > 1.5 * before
    assert learnt.model.examples > triage.model.examples


def test_the_model_in_use_is_left_as_it_is(triage: Triage, shipped: list[Example]) -> None:
    text = "trộm chó ở xóm Chùa"
    before = read(triage.model, text)
    adjusted(triage.model, slang())
    assert read(triage.model, text) == before


def test_a_dozen_examples_are_too_few_to_judge_by(triage: Triage, shipped: list[Example]) -> None:
    learnt = learn(triage.model, shipped, slang()[:5])
    assert learnt.model is None
    assert learnt.reason == "few"


@pytest.mark.long
def test_corrections_that_make_it_worse_are_refused(triage: Triage, shipped: list[Example]) -> None:
    # Somebody presses random buttons: their corrections of known messages are wrong.
    kinds: list[Category] = [one for one in Category if one != Category.NOT_A_TIP]
    tips = [one for one in shipped if one.category in kinds]
    wrong = [replace(one, category=kinds[(kinds.index(one.category) + 7) % len(kinds)]) for one in tips[:90]]
    learnt = learn(triage.model, shipped, wrong)
    assert learnt.model is None
    assert learnt.reason == "worse"
    assert "category_first" in learnt.fell
    assert learnt.shipped_after.category_first < learnt.shipped_before.category_first


def test_marks_count_what_they_say(triage: Triage) -> None:
    rows = [
        Example("cháy nhà, có người kẹt bên trong", Category.FIRE_SAFETY, Urgency.EMERGENCY),
        Example("cho em hỏi thủ tục tạm trú cần giấy tờ gì ạ", Category.NOT_A_TIP, Urgency.NORMAL),
        Example("danh bai an tien o quan ca phe ngay nao cung co", Category.DRUGS, Urgency.NORMAL),
    ]
    seen = marks(triage.model, rows)
    assert (seen.tip_f1, seen.tips_kept, seen.category_first) == (1.0, 1.0, 0.5)
    assert (seen.emergency_recall, seen.emergency_precision) == (1.0, 1.0)
    assert seen.unmeasured == frozenset()
    nothing = marks(triage.model, [])
    assert replace(nothing, unmeasured=frozenset()) == Marks(1, 1, 1, 1, 1, 1)
    assert len(nothing.unmeasured) == 7


def test_a_mark_that_fell_is_named() -> None:
    good, bad = Marks(1, 1, 0.9, 1, 1, 1), Marks(1, 0.98, 0.895, 1, 1, 1)
    assert bad.worse_than(good) == ("tips_kept",)
    assert good.worse_than(bad) == ()
    assert replace(good, surprise=0.5).worse_than(good) == ("surprise",)


def test_more_false_alarms_count_as_worse_unless_more_emergencies_are_found() -> None:
    before = Marks(1, 1, 1, 1, 0.8, 0.9)
    assert Marks(1, 1, 1, 1, 0.8, 0.8).worse_than(before) == ("emergency_precision",)
    assert Marks(1, 1, 1, 1, 0.9, 0.8).worse_than(before) == ()


def test_what_an_officer_left_as_it_was_is_what_we_had_said(triage: Triage) -> None:
    fight = "hai nhóm cầm mã tấu chém nhau trước quán ốc"
    kind, urgency, thanks, place = completed(
        triage.model,
        [
            Correction(fight, urgency="normal"),
            Correction("cháy nhà, có người kẹt bên trong", category="other"),
            Correction("bán đất giá rẻ", category="not_a_tip", urgency="urgent"),
            Correction("mất xe ở chợ", category="theft_robbery", commune="07795"),
            Correction("đánh bạc", commune="07795"),
        ],
    )
    assert kind == Example(fight, Category.VIOLENCE, Urgency.NORMAL)
    assert (urgency.category, urgency.urgency) == (Category.OTHER, Urgency.EMERGENCY)
    assert thanks.urgency is Urgency.NORMAL
    assert place.category is Category.THEFT_ROBBERY
