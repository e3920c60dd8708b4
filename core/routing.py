"""To whom a tip goes: from data, never nowhere.

A tip that accuses an official goes one level up, past the unit that might be accused (VY-2024 and HD-2025: no cover-up;
every tip is handled by the competent body). Where no commune is known, the deployment's own commune takes it, or else
the province's duty desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.ids import Unit
from core.triage.proposal import Category


@dataclass(frozen=True, slots=True)
class Route:
    """The unit (five digits a commune, two a province) and its province."""

    unit: Unit
    province: Unit


def route(
    category: Category,
    commune: str,
    *,
    province_of_commune: str,
    home_commune: str,
    home_province: str,
    one_level_up: frozenset[Category],
    past_the_unit: bool = False,
) -> Route:
    """The unit for a tip. `commune` is "" when unknown; `province_of_commune` is its province. `past_the_unit`: the tip
    accuses those who would get it, and the plan says that such a one goes up."""
    province = Unit(province_of_commune if commune else home_province)
    if past_the_unit or category in one_level_up:
        return Route(province, province)
    return Route(Unit(commune or home_commune) or province, province)
