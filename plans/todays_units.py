"""The codes of today's provinces and communes, to find a mistyped one in a plan."""

from __future__ import annotations

from functools import cache

from core.triage.gazetteer import Gazetteer
from plans.triage import GAZETTEER, unpacked


@cache
def todays_units() -> frozenset[str]:
    """Every two-digit province code and five-digit commune code. Raises `OSError` when the shipped places are gone."""
    places = Gazetteer.load(unpacked(GAZETTEER))
    return frozenset((*places.provinces, *places.communes))
