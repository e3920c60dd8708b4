"""To whom a tip goes: every way, and never nowhere."""

from __future__ import annotations

import pytest

from core.ids import Unit
from core.routing import Route, route
from core.triage.proposal import Category

NENH, HOME, ELSEWHERE = Unit("07795"), Unit("07777"), Unit("26506")
PROVINCE, OTHER_PROVINCE, UNKNOWN = Unit("24"), Unit("75"), Unit("")
AT_HOME = Route(HOME, PROVINCE)


@pytest.mark.parametrize(
    ("commune", "home", "unit"),
    [
        (NENH, HOME, Route(NENH, PROVINCE)),
        (ELSEWHERE, HOME, Route(ELSEWHERE, OTHER_PROVINCE)),
        (UNKNOWN, HOME, AT_HOME),
        (UNKNOWN, UNKNOWN, Route(PROVINCE, PROVINCE)),
        (NENH, UNKNOWN, Route(NENH, PROVINCE)),
    ],
)
def test_a_tip_goes_to_its_commune_or_ours_or_the_province(commune: Unit, home: Unit, unit: Route) -> None:
    assert _route(Category.FRAUD, commune, home) == unit


def test_where_no_commune_is_served_the_plan_may_name_the_unit() -> None:
    assert _route(Category.FRAUD, UNKNOWN, UNKNOWN, no_unit=NENH) == Route(NENH, PROVINCE)
    assert _route(Category.FRAUD, UNKNOWN, HOME, no_unit=NENH) == AT_HOME
    assert _route(Category.CORRUPTION, UNKNOWN, UNKNOWN, no_unit=NENH) == Route(PROVINCE, PROVINCE)


@pytest.mark.parametrize(("commune", "above"), [(NENH, PROVINCE), (UNKNOWN, PROVINCE), (ELSEWHERE, OTHER_PROVINCE)])
def test_what_must_go_past_the_unit_goes_to_the_province_of_where_it_happened(commune: Unit, above: Unit) -> None:
    assert _route(Category.CORRUPTION, commune, HOME) == Route(above, above)
    assert _route(Category.FRAUD, commune, HOME, past_the_unit=True) == Route(above, above)


def _route(category: Category, commune: Unit, home: Unit, *, no_unit: str = "", past_the_unit: bool = False) -> Route:
    return route(
        category,
        commune,
        province_of=lambda unit: OTHER_PROVINCE if unit == ELSEWHERE else PROVINCE,
        home_commune=home,
        home_province=PROVINCE,
        one_level_up=frozenset({Category.CORRUPTION}),
        no_unit=no_unit,
        past_the_unit=past_the_unit,
    )
