"""Somebody in a commune writes a plan by hand: every slip is told with its line and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.load import PLANS, Mistake, PlanMistake, load_plan, load_text

HEAD = """extends: base
code: test
title: Thử
source: thử
units:
  - {code: "07795", name: Nếnh}
"""
OBLIGATION = (
    'obligations:\n  - {key: q, title: Q, unit: "07795", due: {rule: end_of, every: month}, to: [committee], source: x'
)


def mistakes(text: str) -> list[Mistake]:
    with pytest.raises(PlanMistake) as told:
        load_text(text, "thu.yaml")
    return list(told.value.mistakes)


def only(text: str) -> Mistake:
    (one,) = mistakes(text)
    return one


def where(text: str, part: str) -> tuple[int, int]:
    """Line and column, counted from 1, where `part` stands in `text`."""
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def test_a_sound_plan_has_no_mistakes() -> None:
    assert load_text(HEAD + OBLIGATION + "}\n", "thu.yaml").obligations[0].key == "q"


@pytest.mark.parametrize(
    ("body", "at", "what", "remedy"),
    [
        ("campagns: []\n", "campagns", "not known", 'Did you mean "campaigns"?'),
        ("routing: {no_unti: province}\n", "no_unti", "not known", '"no_unit"'),
        ("categories:\n  - {category: drugz, handling: criminal, source: x}\n", "drugz", "no category", '"drugs"'),
        ("limits: {service: {answer: 3 ngày}}\n", "3 ngày", "no span of time", "12h"),
        ("limits: {service: {answer: 0d}}\n", "0d", "no span of time", "12h"),
        ("limits: {take: {urgent: {commander: 2h}}}\n", "province", "no later than", "shorter"),
        ("flood: {messages_a_minute: nhiều}\n", "nhiều", "no whole number", "digits"),
        ("flood: {messages_a_minute: 0}\n", "0}", "too small", "1 or more"),
        ("protection: {anonymous_at_first: yes}\n", "yes", "neither true nor false", "true"),
        ("routing: {difficult_units: ['07796']}\n", "'07796'", "no unit of this plan", "07795"),
        ("routing: {difficult_units: '07795'}\n", "'07795'}", "A list belongs here", "- "),
        ("remind: {before: [1, 3, 7]}\n", "[1, 3, 7]", "not in order", "[7, 3, 1]"),
        ("remind: {before: [7, 7]}\n", "[7, 7]", "not in order", "[7]"),
        ("groups:\n  - {id: a, name: A, model: camera, unit: '07795'}\n", "camera", "no group model", "camera-an-ninh"),
        ("groups:\n  - {id: Tổ 1, name: A, model: dan-van-kheo, unit: '07795'}\n", "Tổ 1", "no code", "small"),
        ("households:\n  - {key: h1, unit: '07795', group: x}\n", "x}", "no group of this plan", "Nothing is allowed"),
        ("hotlines:\n  - {key: police, number: 11a}\n", "11a", "no telephone number", "digits"),
        ("hotlines:\n  - {key: desk, number: '0204', names: {en: Desk}, source: x}\n", "{en", "missing", "vi: …"),
        ("routing: {no_unit: '07789'}\n", "'07789'", "no unit of today", "province"),
        ("limits: {criminal: {ask_before: 20d}}\n", "20d", "before the tip comes in", "shorter"),
        ("limits: {criminal: {report: 2d}}\n", "24h", 'ends before "report"', "in order"),
        ("limits: {criminal: {decide: 6d}}\n", "6d", 'ends before "hand_file"', "in order"),
        ("group_models:\n  - {key: x-61, name: A, source: x}\n".replace("61", "9" * 60), "x-99", "too long", "60"),
        ("  - {code: '7795', name: N}\n", "'7795'", "no unit's code", "five of a commune"),
        ("  - {code: '07789', name: T}\n", "'07789'", "no unit 07789 today", "merged"),
        ("activities:\n  - {kind: patrol, name: T, asks: [peple]}\n", "peple", "nothing to ask", '"people"'),
        ("activities:\n  - {kind: patrl, asks: [people]}\n", "patrl", "new kind without a name", '"patrol"'),
        ("activities:\n  - {kind: Dọn, name: T}\n", "Dọn", "no code", "small"),
        ("activities:\n  - {kind: x-25, name: T}\n".replace("25", "2" * 23), "x-22", "too long", "24"),
        ("activities:\n  - {kind: don, names: {en: T}}\n", "{en", "Vietnamese name is missing", "vi: …"),
        ("activities:\n  - {kind: don, name: T, words: [chợ]}\n", "chợ", "too short", "2 words"),
        ("activities:\n  - {kind: don, name: T, words: [kt nhà trọ]}\n", "kt", '"lodging_check" already', "other"),
        ("activities:\n  - {kind: patrol, words: [đi tuần tra, phát loa]}\n", "phát", '"awareness" already', "other"),
        ("activities:\n  - {kind: don, name: T, words: [bắt trộm chó]}\n", "bắt", "would not be logged", "crime"),
        ("activities:\n  - {kind: a, name: A, words: [dọn kênh]}\n  - {kind: b, name: B, words: [don-kenh]}\n",
         "don-kenh", '"a" already', "other"),
        ("indicators:\n  - {key: i, title: I, target: 75, comparison: at_least, source: x}\n", "75,", "100 %", "75 %"),
        ("indicators:\n  - {key: i, title: I, target: 7/0, comparison: at_most, source: x}\n", "7/0", "target", "2/"),
    ],
)  # fmt: skip
def test_one_slip_is_told_at_its_own_place_with_a_remedy(body: str, at: str, what: str, remedy: str) -> None:
    text = HEAD + body
    one = only(text)
    assert what in one.what
    assert remedy in one.remedy
    if at in body:  # else the value that is wrong stands in the plan below
        assert (one.line, one.column) == where(text, at)
        assert one.file == "thu.yaml"
    else:
        assert one.file.endswith("base.yaml")


@pytest.mark.parametrize(
    ("due", "at", "what", "remedy"),
    [
        ("{rule: yearly, before: 31/2, start: 1/1, end: 1/2}", "31/2", "no 31/2", "month's length"),
        ("{rule: yearly, before: 29/2, start: 1/1, end: 1/2}", "29/2", "no 29/2 in every year", "28/2"),
        ("{rule: yearly, before: 3/13, start: 1/1, end: 1/2}", "3/13", "no 3/13", "13/3"),
        ("{rule: yearly, before: 13-3, start: 1/1, end: 1/2}", "13-3", "no day of the year", "day/month"),
        ("{rule: yearly, before: 13/3, start: 15/12, end: 12/3}", "15/12", "ends before it starts", "years_back: 1"),
        ("{rule: once, before: 2025-02-30}", "2025-02-30", "no day 2025-02-30", "length"),
        ("{rule: once, before: mai}", "mai", "no date", "25/2/2025"),
        ("{rule: before_day, every: quarter, day: 31}", "31", "not in every month", "2 to 28"),
        ("{rule: end_of, every: quater}", "quater", "no every", '"quarter"'),
        ("{rule: end-of, every: quarter}", "end-of", "no rule", '"end_of"'),
        ("{every: quarter}", "{every", '"rule" is missing', "end_of"),
        ("{rule: end_of}", "{rule", '"every" is missing', "every: …"),
    ],
)
def test_an_impossible_due_day_is_told(due: str, at: str, what: str, remedy: str) -> None:
    text = f'{HEAD}obligations:\n  - {{key: q, title: Q, unit: "07795", to: [committee], source: x, due: {due}}}\n'
    one = only(text)
    assert (one.line, one.column) == where(text, at)
    assert what in one.what
    assert remedy in one.remedy


@pytest.mark.parametrize(
    ("at", "what"),
    [
        ("{rule: lunar, day: 31, month: 1}", "no lunar day 31"),
        ("{rule: lunar, day: 1, month: 13}", "no lunar month 13"),
        ("{rule: season, start: 1/7, end: 30/6, every_days: 7}", "ends before it starts"),
        ("{rule: season, start: 1/7, end: 30/9, every_days: 0}", "never end"),
        ("{rule: each_year, day: 1/7, days_before: 400}", "too early"),
    ],
)
def test_an_impossible_sending_day_is_told(at: str, what: str) -> None:
    text = f"{HEAD}campaigns:\n  - {{key: c, title: C, texts: {{vi: x}}, source: x, at: {at}}}\n"
    assert what in only(text).what


def test_a_campaign_needs_short_vietnamese_words_and_a_known_language() -> None:
    def text(words: str) -> str:
        at = "{rule: each_year, day: 1/7}"
        return f"{HEAD}campaigns:\n  - {{key: c, title: C, source: x, at: {at}, texts: {words}}}\n"

    assert "Vietnamese text is missing" in only(text("{en: x}")).what
    assert "too many" in only(text(f"{{vi: {'x' * 1501}}}")).what
    assert "no language" in only(text("{vi: x, zz: y}")).what


def test_a_campaign_names_no_hotline_but_the_four() -> None:
    text = HEAD + "campaigns:\n  - {key: c, title: C, source: x, at: {rule: each_year, day: 1/7}, texts: {vi: '%s'}}\n"
    one = only(text % "cháy gọi {frie}")
    assert '"{frie}" names no hotline' in one.what and one.remedy == 'Did you mean "fire"?'
    load_text(text % "cháy gọi {fire}, trẻ em gọi {children}", "thu.yaml")


def test_a_role_that_does_not_exist_is_told_and_a_misspelt_one_is_guessed() -> None:
    one = only(HEAD + OBLIGATION.replace("committee", "comittee") + "}\n")
    assert one.remedy == 'Did you mean "committee"?'
    assert "Nobody is reminded" in only(HEAD + OBLIGATION.replace("[committee]", "[]") + "}\n").what


def test_a_household_lies_in_its_groups_commune() -> None:
    text = (
        HEAD
        + "  - {code: '07777', name: Việt Yên}\n"
        + "groups:\n  - {id: a, name: A, model: camera-an-ninh, unit: '07795'}\n"
        + "households:\n  - {key: h, unit: '07777', group: a}\n"
    )
    assert 'The group "a" is in unit 07795' in only(text).what


def test_what_is_computed_as_a_share_has_a_share_for_its_target() -> None:
    figure = "{key: i, title: I, target: 3, comparison: at_least, scale: count, measure: groups_active, source: x}"
    assert only(f"{HEAD}indicators:\n  - {figure}\n").remedy == "Write `scale: share`"


@pytest.mark.parametrize(
    ("start", "lacking"),
    [
        ("  - {category: drugs", "drugs"),
        ("  - {kind: patrol", "patrol"),
        ("  - {key: fire,", "fire"),
        ("    urgent:", "urgent"),
    ],
)
def test_no_kind_of_tip_or_activity_no_urgency_and_no_hotline_may_be_left_out(start: str, lacking: str) -> None:
    lines = (PLANS / "base.yaml").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith(start))
    one = only(text)
    assert f'"{lacking}" is missing' in one.what
    assert "Add" in one.remedy


def test_the_same_id_twice_is_told_with_the_line_of_the_first() -> None:
    group = "  - {id: a, name: A, model: camera-an-ninh, unit: '07795'}\n"
    one = only(HEAD + "groups:\n" + group + group)
    assert (one.line, one.column) == (9, 5)
    assert "twice (first in line 8)" in one.what


def test_the_same_name_twice_is_told() -> None:
    one = only(HEAD + "title: Khác\n")
    assert one.line == 7
    assert '"title" stands twice (first in line 3)' in one.what


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines() -> None:
    text = (
        HEAD.replace("title", "titel")
        + "routing: {no_unit: tỉnh}\n"
        + "groups:\n  - {id: a, model: camera, unit: '1'}\n"
        + OBLIGATION.replace("07795", "07796").replace("month", "week")
        + ", remind: {before: [1, 2], first_after: 1, then_every: 1, at_most: 1}}\n"
    )
    told = mistakes(text)
    assert [one.line for one in told] == [3, 7, 9, 9, 9, 11, 11, 11]
    for part in ("titel", "tỉnh", "{id", "camera", "'1'", "07796", "week", "[1, 2]"):
        line, column = where(text, part)
        assert any(one.line == line and abs(one.column - column) <= 1 for one in told), part


def test_one_mistake_is_reported_once() -> None:
    # The group's id is misspelt: that the household's group is unknown follows from it and is not told again.
    text = (
        HEAD
        + "groups:\n  - {idd: a, name: A, model: camera-an-ninh, unit: '07795'}\n"
        + "households:\n  - {key: h, unit: '07795', group: a}\n"
    )
    assert only(text).remedy == 'Did you mean "id"?'


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("code: a\n  title: b\n", 2, "quotes"),
        ("code: a\n\ttitle: b\n", 2, "blanks"),
        ("code: [a\ntitle: b\n", 2, "quotes"),
        ('code: "a\n', 2, "quotes"),
        ("a: &x 1\nb: *x\n", 2, "in full"),
        ("code: a\x07\n", 1, "again"),
        ("", 1, "code"),
        ("- a\n- b\n", 1, "code"),
        ("[" * 60, 1, "indents"),
        ("a: " + "[" * 60 + "]" * 60, 1, "indents"),
        ("? [a]\n: b\nextends: base\n", 1, "one word"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int, remedy: str) -> None:
    assert any(one.line == line and remedy in one.remedy for one in mistakes(text))


def test_yaml_tags_are_never_executed() -> None:
    text = HEAD.replace("title: Thử", "title: !!python/object/apply:os.getcwd []")
    assert "single value" in only(text).what


def test_a_file_that_is_missing_or_not_utf8_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanMistake, match="cannot be read"):
        load_plan(tmp_path / "none.yaml")
    bad = tmp_path / "bad.yaml"
    bad.write_bytes("title: Thử".encode("utf-16"))
    with pytest.raises(PlanMistake, match="UTF-8"):
        load_plan(bad)


def test_what_a_plan_extends_must_exist_and_the_rest_is_checked_all_the_same() -> None:
    told = mistakes(HEAD.replace("base", "bse") + "campagns: []\n")
    assert [(one.line, one.remedy) for one in told] == [
        (1, 'Did you mean "base"?'),
        (7, 'Did you mean "campaigns"?'),
    ]


def test_plans_that_extend_each_other_in_a_circle_are_told(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        text = HEAD.replace("base", other)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PlanMistake, match="circle"):
        load_plan(tmp_path / "a.yaml")


def test_a_plan_has_a_code_and_title_of_its_own() -> None:
    told = mistakes("extends: base\n")
    assert [one.what for one in told] == ['"code" is missing', '"source" is missing', '"title" is missing']


TEXTS = st.sampled_from([path.read_text(encoding="utf-8") for path in sorted(PLANS.glob("*.yaml"))])


@given(text=TEXTS, at=st.floats(0, 1), cut=st.integers(0, 30), put=st.text(":-{}[]\"'#&*!|>% \n\tax1", max_size=6))
def test_a_spoilt_file_is_either_a_plan_or_told_with_lines_and_never_breaks(
    text: str, at: float, cut: int, put: str
) -> None:
    start = int(at * len(text))
    spoilt = text[:start] + put + text[start + cut :]
    try:
        load_text(spoilt, "x.yaml")
    except PlanMistake as mistake:
        assert all(one.line >= 1 and one.column >= 1 and one.what and one.remedy for one in mistake.mistakes)
