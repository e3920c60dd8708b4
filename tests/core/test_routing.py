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
    ("commune", "its_province", "home", "unit"),
    [
        (NENH, PROVINCE, HOME, Route(NENH, PROVINCE)),
        (ELSEWHERE, OTHER_PROVINCE, HOME, Route(ELSEWHERE, OTHER_PROVINCE)),
        (UNKNOWN, UNKNOWN, HOME, AT_HOME),
        (UNKNOWN, UNKNOWN, UNKNOWN, Route(PROVINCE, PROVINCE)),
        (NENH, PROVINCE, UNKNOWN, Route(NENH, PROVINCE)),
    ],
)
def test_a_tip_goes_to_its_commune_or_ours_or_the_province(
    commune: Unit, its_province: Unit, home: Unit, unit: Route
) -> None:
    assert _route(Category.FRAUD, commune, its_province, home) == unit


@pytest.mark.parametrize(
    ("commune", "its_province"), [(NENH, PROVINCE), (UNKNOWN, UNKNOWN), (ELSEWHERE, OTHER_PROVINCE)]
)
def test_what_must_go_past_the_unit_goes_to_the_province_of_where_it_happened(
    commune: Unit, its_province: Unit
) -> None:
    above = its_province or PROVINCE
    assert _route(Category.CORRUPTION, commune, its_province, HOME) == Route(above, above)
    assert _route(Category.FRAUD, commune, its_province, HOME, past_the_unit=True) == Route(above, above)


def _route(category: Category, commune: Unit, its_province: Unit, home: Unit, **more: bool) -> Route:
    return route(
        category,
        commune,
        province_of_commune=its_province,
        home_commune=home,
        home_province=PROVINCE,
        one_level_up=frozenset({Category.CORRUPTION}),
        **more,
    )
