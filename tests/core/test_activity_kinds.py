"""Kinds of work that a plan adds are read by its words; the system's own kinds are read as without them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activity import read_activity
from core.activity_kinds import SHIPPED, ActivityKind, OwnKind, kind_of, kinds_with, owner_of
from core.activity_names import kind_name
from core.messages import Language
from core.plan import ActivityRule
from core.vietnam import VIETNAM
from locales.words import render

NOW = datetime(2026, 3, 14, 16, 0, tzinfo=VIETNAM)
KITCHENS, RIVER, DITCH = OwnKind("bep-an"), OwnKind("tuan-tra-song"), OwnKind("kenh")
KINDS = kinds_with(
    {
        KITCHENS: ["kiểm tra bếp ăn", "kiểm tra an toàn thực phẩm"],
        RIVER: ["tuần tra sông"],
        DITCH: ["dọn kênh", "dọn kênh – mương!"],
        ActivityKind.MEETING: ["uống trà đàm đạo"],
    }
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("kiểm tra bếp ăn 5 cơ sở tối qua", KITCHENS),
        ("KIEM TRA BEP AN 5 co so", KITCHENS),
        ("tổ 3 kiểm tra an toàn thực phẩm 2 cơ sở", KITCHENS),
        ("kiểm tra bếp ăn", KITCHENS),
        ("tuần tra sông 3 người tối qua", RIVER),
        ("đi tuần tra sông 3 người tối qua", RIVER),
        ("đi tuần tra 3 người tối qua bờ sông", ActivityKind.PATROL),
        ("tuần tra 3 người, sau đó kiểm tra bếp ăn", ActivityKind.PATROL),
        ("kiểm tra bếp ăn sau đó tuần tra 3 người", KITCHENS),
        ("tổ tuần tra sông họp 5 người", ActivityKind.MEETING),
        ("kiểm tra nhà trọ 5 phòng tối qua", ActivityKind.LODGING_CHECK),
        ("dọn kênh mương 12 người sáng nay", DITCH),
        ("dọn kênh-mương 12 người sáng nay", DITCH),
        ("uống trà đàm đạo 5 người", ActivityKind.MEETING),
    ],
)
def test_a_line_is_the_kind_whose_words_come_first_and_say_most(line: str, kind: str) -> None:
    read = read_activity(line, NOW, kinds=KINDS)
    assert read is not None and read.kind == kind


def test_the_words_of_the_kind_are_not_left_over_and_the_longest_are_taken() -> None:
    read = read_activity("dọn kênh mương 12 người sáng nay cụm Mỏ Ngân", NOW, kinds=KINDS)
    assert read is not None
    assert (read.people, read.rest) == (12, "cụm Mỏ Ngân")


@pytest.mark.parametrize(
    "line",
    [
        "kiểm tra bếp ăn phát hiện đánh nhau, có 3 người bị thương",
        "đề nghị kiểm tra bếp ăn trường tiểu học",
        "mai kiểm tra bếp ăn 5 cơ sở, sáng mai 7h",
        "bao giờ kiểm tra bếp ăn?",
        "kiểm tra bếp ănn 5 cơ sở",
        "kiểm tra bếp, ăn 5 cơ sở",
        "dọn kênhmương",
    ],
)
def test_trouble_wishes_plans_questions_and_parts_of_words_stay_tips(line: str) -> None:
    assert read_activity(line, NOW, kinds=KINDS) is None


def test_without_the_plan_the_words_mean_nothing() -> None:
    assert read_activity("kiểm tra bếp ăn 5 cơ sở tối qua", NOW) is None


def test_the_plans_kinds_stand_before_other_work() -> None:
    *_, river, ditch, other = KINDS.offered
    assert (river, ditch, other) == (RIVER, DITCH, ActivityKind.OTHER)
    assert len(KINDS.offered) == len(set(KINDS.offered)) == len(ActivityKind) + 3
    assert kinds_with({ActivityKind.PATROL: []}) == SHIPPED


@pytest.mark.parametrize("kind", ActivityKind)
def test_a_code_is_the_systems_kind_or_an_own_one(kind: ActivityKind) -> None:
    assert kind_of(kind.value) is kind
    assert kind_of(f"{kind.value}-x") not in set(ActivityKind)


def test_words_have_an_owner_only_if_a_line_of_just_them_is_logged() -> None:
    assert owner_of("Kiểm tra nhà trọ") is ActivityKind.LODGING_CHECK
    assert owner_of("tuan tra") is ActivityKind.PATROL
    assert owner_of("tuần tra sông") is None


def test_a_kind_goes_by_its_names_then_its_name_then_the_catalogs_or_its_code() -> None:
    vi, en = Language.VI, Language.EN
    both = ActivityRule(kind=KITCHENS, name="Bếp", names={vi: "Kiểm tra bếp ăn", en: "Kitchen check"})
    only_vi = ActivityRule(kind=KITCHENS, names={vi: "Kiểm tra bếp ăn"})
    assert [render(kind_name(KITCHENS, both), one) for one in (vi, en)] == ["Kiểm tra bếp ăn", "Kitchen check"]
    assert render(kind_name(KITCHENS, only_vi), en) == "Kiểm tra bếp ăn"
    assert render(kind_name(KITCHENS, ActivityRule(kind=KITCHENS, name="Bếp")), en) == "Bếp"
    assert render(kind_name(ActivityKind.PATROL, None), vi) == "Tuần tra"
    assert render(kind_name(KITCHENS, None), vi) == "bep-an", "a kind that the plan once had"


_LOGGED = (
    "tổ",
    "đi",
    "tuần tra",
    "kiểm tra",
    "nhà trọ",
    "họp",
    "hòa giải thành",
    "3 người",
    "22h-1h",
    "tối qua",
    "ấp 4",
    ",",
)
_said = st.lists(st.sampled_from(_LOGGED), max_size=9).map(" ".join)


@given(_said)
def test_a_plans_words_change_nothing_in_lines_without_them(line: str) -> None:
    assert read_activity(line, NOW, kinds=KINDS) == read_activity(line, NOW)
