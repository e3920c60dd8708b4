"""Which unit gets a tip. The rules are data of the plan; there is always a unit.

A tip that accuses an official goes one level up, past the unit that might be accused (VY-2024 and HD-2025: no cover-up;
every tip is handled by the competent body). Where no commune is known, the deployment's own commune gets it; where
there is none, the unit that the plan names, or else the province's duty desk.
"""

from __future__ import annotations

from collections.abc import Callable
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
    province_of: Callable[[str], str],
    home_commune: str,
    home_province: str,
    no_unit: str,
    one_level_up: frozenset[Category],
    past_the_unit: bool = False,
) -> Route:
    """The unit for a tip. `commune` is "" when unknown; `province_of` gives a commune's province. `no_unit` is the unit
    that the plan names for tips without a commune, "" for the province's desk. `past_the_unit`: the tip accuses those
    who would get it, and the plan says that such a one goes up."""
    unit = Unit(commune or home_commune or no_unit or home_province)
    province = Unit(province_of(unit)) if len(unit) == 5 else unit
    if past_the_unit or category in one_level_up:
        return Route(province, province)
    return Route(unit, province)
