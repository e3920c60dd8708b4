"""The plans that come with the system hold what their sources say, figure by figure."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest

from bot.cli.plans import check_plans
from core.activity_kinds import ActivityKind
from core.calendar import occurrences, send_days
from core.plan import EACH_COMMUNE, Comparison, Desk, Handling, Indicator, Measure, Obligation, Plan, Scale
from core.triage.proposal import Category, Urgency
from plans.load import PLANS, load_default, load_plan, load_text
from plans.triage import load_gazetteer

FILES = sorted(PLANS.glob("*.yaml"))
SOURCES = ("bp-2025", "tn-kl13", "vy-2024", "hd-2025", "tn-2024")


def plan(code: str) -> Plan:
    return load_plan(PLANS / f"{code}.yaml")


def figure(code: str, key: str) -> Indicator:
    return next(one for one in plan(code).indicators if one.key == key)


def owed(code: str, key: str) -> Obligation:
    return next(one for one in plan(code).obligations if one.key == key)


def due_days(code: str, key: str, year: int) -> list[tuple[date, date, date]]:
    found = occurrences(owed(code, key), date(year, 1, 1), date(year, 12, 31))
    return [(one.due_day, one.period_start, one.period_end) for one in found]


@pytest.mark.parametrize("code", [*SOURCES, "demo-nenh", "base"])
def test_every_plan_is_sound_and_named_as_its_file(code: str) -> None:
    assert plan(code).code == code


def test_all_five_want_every_tip_handled_and_four_want_nine_of_ten_resolved() -> None:
    for code in SOURCES:
        handled = figure(code, "tips-handled")
        assert handled.target == Fraction(1)
        assert (handled.comparison, handled.measure) == (Comparison.AT_LEAST, Measure.TIPS_HANDLED)
    for code in ("bp-2025", "tn-kl13", "hd-2025", "tn-2024"):
        resolved = figure(code, "tips-resolved")
        assert (resolved.target, resolved.comparison) == (Fraction(9, 10), Comparison.MORE_THAN)


@pytest.mark.parametrize(
    ("code", "key", "target", "comparison"),
    [
        ("bp-2025", "order-crimes", "-5/100", "at_most"),
        ("hd-2025", "order-crimes", "-5/100", "at_most"),
        ("tn-2024", "order-crimes", "-5/100", "at_most"),
        ("vy-2024", "order-crimes", "-10/100", "at_most"),
        ("bp-2025", "cases-cleared", "75/100", "more_than"),
        ("tn-kl13", "grave-cases-cleared", "90/100", "more_than"),
        ("vy-2024", "cases-cleared", "80/100", "at_least"),
        ("vy-2024", "grave-cases-cleared", "95/100", "at_least"),
        ("vy-2024", "households-reached", "1", "at_least"),
        ("tn-2024", "households-reached", "75/100", "at_least"),
        ("tn-2024", "staff-reached", "1", "at_least"),
        ("tn-2024", "groups-with-chat", "1", "at_least"),
        ("tn-2024", "groups-active", "2/3", "at_least"),
        ("vy-2024", "models-working", "1", "at_least"),
        ("bp-2025", "areas-transformed", "60/100", "at_least"),
        ("tn-kl13", "areas-transformed", "60/100", "at_least"),
        ("tn-2024", "areas-transformed", "60/100", "at_least"),
        ("hd-2025", "areas-transformed", "1", "at_least"),
        ("tn-kl13", "areas-stay-well", "85/100", "at_least"),
        ("hd-2025", "areas-stay-well", "1", "at_least"),
        ("vy-2024", "reoffending", "15/100", "less_than"),
        ("tn-2024", "reoffending", "15/100", "less_than"),
    ],
)
def test_a_target_is_the_sources(code: str, key: str, target: str, comparison: str) -> None:
    found = figure(code, key)
    assert (found.target, found.comparison) == (Fraction(target), comparison)
    assert found.source.lower().startswith(code[:2])


def test_five_per_cent_fewer_crimes_is_a_change_and_not_a_share() -> None:
    assert {figure(code, "order-crimes").scale for code in ("bp-2025", "hd-2025", "tn-2024")} == {Scale.CHANGE}


def test_viet_yens_four_reports_have_their_own_periods() -> None:
    start = date(2025, 12, 15)
    assert due_days("vy-2024", "quarter-1", 2026) == [(date(2026, 3, 12), start, date(2026, 3, 12))]
    assert due_days("vy-2024", "half-year", 2026) == [(date(2026, 6, 12), start, date(2026, 6, 12))]
    assert due_days("vy-2024", "quarter-3", 2026) == [(date(2026, 9, 12), date(2026, 6, 12), date(2026, 9, 12))]
    assert due_days("vy-2024", "year", 2026) == [(date(2026, 12, 12), start, date(2026, 12, 12))]


def test_viet_yen_reviews_the_transformation_each_month_quarter_and_half_year() -> None:
    counts = [len(due_days("vy-2024", f"review-{every}", 2026)) for every in ("month", "quarter", "half-year")]
    assert counts == [12, 4, 2]


def test_hai_duongs_commune_committees_meet_before_the_18th_of_a_quarters_last_month() -> None:
    assert [due for due, _, _ in due_days("hd-2025", "committee-meeting", 2025)] == [
        date(2025, month, 17) for month in (3, 6, 9, 12)
    ]
    assert owed("hd-2025", "committee-meeting").unit == EACH_COMMUNE


@pytest.mark.parametrize(
    ("code", "key", "last_good_day"),
    [
        ("hd-2025", "plan-2025", date(2025, 2, 24)),
        ("vy-2024", "plan-2024", date(2024, 3, 11)),
        ("tn-2024", "plan-2024", date(2024, 3, 28)),
    ],
)
def test_own_plans_are_sent_up_once(code: str, key: str, last_good_day: date) -> None:
    found = occurrences(owed(code, key), date(2020, 1, 1), date(2030, 12, 31))
    assert [one.due_day for one in found] == [last_good_day]


def test_campaign_days_are_the_sources_days() -> None:
    def days(code: str, key: str) -> list[date]:
        campaign = next(one for one in plan(code).campaigns if one.key == key)
        return send_days(campaign.at, date(2025, 1, 1), date(2025, 12, 31))

    assert days("hd-2025", "anti-trafficking-day") == [date(2025, 7, 30)]
    assert days("tn-2024", "national-security-day") == [date(2025, 8, 19)]
    peak = days("hd-2025", "anti-trafficking-peak")
    assert (peak[0], peak[-1] <= date(2025, 9, 30)) == (date(2025, 7, 1), True)
    assert days("tn-2024", "before-tet") == [date(2025, 1, 29) - timedelta(days=7)]


def test_bp_2025_gives_three_and_six_awards_with_at_most_two_leaders() -> None:
    awards = plan("bp-2025").awards
    assert awards is not None
    assert (awards.collectives, awards.individuals) == (3, 6)
    assert int(awards.individuals * awards.leaders_share) == 2


def test_todays_units_carry_the_old_names() -> None:
    units = {code: plan(code).units[0] for code in SOURCES}
    assert {code: unit.code for code, unit in units.items()} == {
        "bp-2025": "75",
        "tn-kl13": "80",
        "vy-2024": "07795",
        "hd-2025": "31",
        "tn-2024": "80",
    }
    assert any("Bình Phước" in name for name in units["bp-2025"].was)
    assert any("Tăng Tiến" in name for name in units["vy-2024"].was)


def test_a_unit_of_a_plan_is_called_as_it_is_today() -> None:
    places = load_gazetteer()
    for code in (*SOURCES, "demo-nenh"):
        for unit in plan(code).units:
            assert unit.name.split()[-1] in places.label(unit.code)


def test_the_legal_limits_are_the_laws() -> None:
    limits = load_default().limits
    assert (limits.criminal.report, limits.criminal.report_difficult) == (timedelta(hours=12), timedelta(hours=24))
    assert (limits.criminal.hand_file, limits.criminal.decide) == (timedelta(days=7), timedelta(days=20))
    assert (limits.criminal.extend_months, limits.criminal.extensions) == (2, 2)
    assert limits.criminal.ask_before == timedelta(days=5)
    assert (limits.denunciation.decide, limits.denunciation.extend) == (timedelta(days=30), timedelta(days=30))
    assert limits.denunciation.extensions == 2
    assert limits.service.answer == timedelta(days=3)
    emergency, normal = limits.take[Urgency.EMERGENCY], limits.take[Urgency.NORMAL]
    assert emergency.commander < normal.commander


def test_disorder_traffic_fire_safety_and_disputes_are_no_criminal_matters_and_corruption_goes_one_level_up() -> None:
    base = load_default()
    handling = {rule.category: rule.handling for rule in base.categories}
    for category in (Category.PUBLIC_DISORDER, Category.TRAFFIC, Category.FIRE_SAFETY, Category.DISPUTE):
        assert handling[category] is Handling.SERVICE
    assert handling[Category.DRUGS] is Handling.CRIMINAL
    assert [rule.category for rule in base.categories if rule.desk is Desk.PROVINCE] == [Category.CORRUPTION]
    assert base.routing.accuses_police is Desk.PROVINCE


def test_the_four_hotlines_and_all_seventeen_models_are_there() -> None:
    base = load_default()
    numbers = {"police": "113", "fire": "114", "ambulance": "115", "children": "111"}
    assert {hotline.key: hotline.number for hotline in base.hotlines} == numbers
    assert len(base.group_models) == 17


def test_the_base_asks_when_each_activity_was_and_leaves_its_name_to_the_catalogs() -> None:
    rules = {rule.kind: rule for rule in load_default().activities}
    assert set(rules) == set(ActivityKind)
    assert all("started_at" in rule.asks and not rule.name for rule in rules.values())
    assert rules[ActivityKind.PATROL].asks == ("started_at", "ended_at", "people", "place")
    assert rules[ActivityKind.MEDIATION].asks == ("started_at", "count", "result")


def test_the_demo_has_three_groups_twenty_households_and_one_message() -> None:
    demo = plan("demo-nenh")
    assert (len(demo.groups), len(demo.households), len(demo.campaigns)) == (3, 20, 1)
    assert {home.group for home in demo.households} == {group.id for group in demo.groups}
    assert demo.obligations == plan("vy-2024").obligations


def test_an_overlay_changes_one_field_and_keeps_the_rest() -> None:
    changed = load_text(
        "extends: vy-2024\ncode: own\ntitle: T\nsource: S\n"
        "limits: {take: {normal: {commander: 2h}}}\n"
        "categories:\n  - {category: environment, handling: criminal}\n"
        "obligations:\n  - {key: year, due: {rule: end_of, every: year}}\n"
        "group_models:\n  - {key: cau-lac-bo, name: Câu lạc bộ, source: xã}\n",
        "own.yaml",
    )
    vy = plan("vy-2024")
    assert changed.limits.take[Urgency.NORMAL].commander == timedelta(hours=2)
    assert changed.limits.take[Urgency.NORMAL].province == vy.limits.take[Urgency.NORMAL].province
    before, after = ({rule.category: rule for rule in one.categories}[Category.ENVIRONMENT] for one in (vy, changed))
    assert (after.handling, after.source) == (Handling.CRIMINAL, before.source)
    assert [one.key for one in changed.obligations] == [one.key for one in vy.obligations]
    assert len(changed.group_models) == len(vy.group_models) + 1


def test_a_household_stands_nowhere_with_a_persons_name() -> None:
    # Labels tell where, never who: no courtesy title, no name before a comma.
    for home in plan("demo-nenh").households:
        assert not {"ông", "bà", "anh", "chị"} & set(home.label.lower().split())


def test_plan_check_says_what_is_in_a_plan_and_what_is_due_next() -> None:
    out = StringIO()
    assert check_plans([PLANS / "vy-2024.yaml"], date(2026, 3, 1), out) == 0
    assert "8 obligations" in out.getvalue()
    assert "12/03/2026  Báo cáo kết quả quý I\n" in out.getvalue()


def test_plan_check_tells_every_mistake_and_goes_on_with_the_next_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("extends: base\ncode: bad\ntitle: T\nsource: S\ncampagns: []\nremind: {before: [1, 2]}\n", "utf-8")
    out = StringIO()
    assert check_plans([bad, PLANS / "base.yaml"], date(2026, 3, 1), out) == 1
    assert f"{bad}:5:1:" in out.getvalue()
    assert f"{bad}:6:18:" in out.getvalue()
    assert f"{bad}: 2 mistakes" in out.getvalue()
    assert "base.yaml: fine" in out.getvalue()
