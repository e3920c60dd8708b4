"""Where things are: every place of the country by code, by name, by point.

The content comes from one data file that `deploy/make_places.py` writes and an operator may replace or overlay.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final

from core.triage.borders import Borders
from core.triage.find_place import Finder
from core.triage.proposal import PlaceGuess, PlaceState
from core.triage.text import fold
from core.triage.units import Alias, BadPlaces, Commune, District, OldUnit, Province, Units, parts_of

__all__ = ["Alias", "BadPlaces", "Commune", "District", "Gazetteer", "OldUnit", "Province", "in_country"]

WIDE_MARGIN: Final = 2.0
"""A shared point is surely in the nearest centre's commune when the second is this many times as far away
(right for 96 points in 100 of those)."""

OFFERED: Final = 3
"""So many communes are offered for a shared point: the right one is among them for 96 points in 100."""

COARSE_M: Final = 1_500.0
"""With an accuracy radius above this (metres) a point is never sure."""


def _distance_km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Kilometres on a sphere, flat within a country's size (error below 1 %)."""
    across = math.radians(to_lon - lon) * math.cos(math.radians((lat + to_lat) / 2))
    return 6371.0 * math.hypot(math.radians(to_lat - lat), across)


class Gazetteer(Units):
    """All places. Made by `Gazetteer.load`; never changes (`with_aliases`, `with_borders` make another)."""

    def __init__(self, parts: tuple[Any, ...], aliases: Sequence[Alias] = (), borders: Borders | None = None) -> None:
        provinces, communes, districts, old, older, attribution = parts
        super().__init__(provinces, communes, districts, old, older, attribution, aliases)
        self._parts = parts
        self.borders = borders

    @classmethod
    def load(cls, data: bytes | str) -> Gazetteer:
        """Reads the data file's JSON text. Raises `BadPlaces`."""
        try:
            return cls(parts_of(json.loads(data)))
        except BadPlaces:
            raise
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as wrong:
            raise BadPlaces(f"the places file cannot be read: {type(wrong).__name__}: {wrong}") from wrong

    def with_aliases(self, aliases: Iterable[Alias]) -> Gazetteer:
        """The same places with more names. Raises `BadPlaces` for a commune that there is not."""
        more = tuple(aliases)
        for alias in more:
            for code in alias.communes:
                if code not in self.communes:
                    raise BadPlaces(f"the alias {alias.name!r} leads to {code}, which is no commune")
        return Gazetteer(self._parts, aliases=self.aliases + more, borders=self.borders)

    def with_borders(self, borders: Borders) -> Gazetteer:
        """The same places with polygons to find the commune of a point."""
        return Gazetteer(self._parts, aliases=self.aliases, borders=borders)

    def label(self, code: str) -> str:
        """What people call it: type, name, province for a commune; a province's name; the code itself when unknown."""
        if commune := self.communes.get(code):
            return f"{commune.kind} {commune.name}, {self.provinces[commune.province].name}"
        province = self.provinces.get(code)
        return f"{province.kind} {province.name}" if province else code

    def nearest(self, lat: float, lon: float, n: int = 3) -> list[tuple[str, float]]:
        """The `n` communes whose centres are nearest to a point (WGS 84 degrees), with kilometres, nearest first."""
        far = [(_distance_km(lat, lon, unit.lat, unit.lon), code) for code, unit in self.communes.items()]
        return [(code, km) for km, code in sorted(far)[:n]]

    def from_point(self, lat: float, lon: float, accuracy_m: float | None = None) -> PlaceGuess:
        """The commune of a shared point; `accuracy_m` is the phone's radius in metres.

        With polygons: sure when the whole circle is in one. Without: the nearest three centres, sure only on a wide
        margin. A point outside the country (or 0,0, or not a number) is no place.
        """
        if not in_country(lat, lon):
            return PlaceGuess()
        radius = accuracy_m if accuracy_m is not None and math.isfinite(accuracy_m) and accuracy_m > 0 else 0.0
        if self.borders is not None:
            inside = [code for code in self.borders.around(lat, lon, radius) if code in self.communes]
            if len(inside) == 1:
                return PlaceGuess(PlaceState.SURE, (inside[0],))
            if inside:
                return PlaceGuess(PlaceState.SEVERAL, tuple(inside[:5]))
        near = self.nearest(lat, lon, OFFERED)
        if not near or near[0][1] > 60:
            return PlaceGuess()
        if len(near) == 1:
            return PlaceGuess(PlaceState.SURE, (near[0][0],))
        first, second = near[0][1], near[1][1]
        if second >= WIDE_MARGIN * first + radius / 1000 and radius <= COARSE_M:
            return PlaceGuess(PlaceState.SURE, (near[0][0],))
        return PlaceGuess(PlaceState.SEVERAL, tuple(code for code, _ in near))

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self)

    def find(self, text: str, province: str | None = None, commune_hint: str | None = None) -> PlaceGuess:
        """The place that a message names: sure, several (best first), or none. Never raises.

        `province` is the bot's own (two digits), `commune_hint` a deep link's commune (five digits): the text wins.
        """
        return self._finder.find(text, province, commune_hint)

    def search(self, text: str, province: str | None = None, limit: int = 5) -> list[str]:
        """Codes of the communes whose name somebody typed when asked for it ("nếnh", "xa tan bien"), best first."""
        for words in (f"xa {text}" if len(fold(text).split()) <= 5 else text, text):
            guess = self.find(words, province)
            if guess.communes:
                return list(guess.communes[:limit])
        return []


def in_country(lat: float, lon: float) -> bool:
    """Whether a point can be in Viet Nam at all (mainland and the islands)."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return (8.0 <= lat <= 23.5 and 102.0 <= lon <= 110.5) or (7.0 <= lat <= 18.0 and 110.5 < lon <= 117.5)
