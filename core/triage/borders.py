"""Which commune's polygon holds a point, when an operator supplied polygons. Ray casting with a box test first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Ring = tuple[tuple[float, float], ...]
"""Corners as (longitude, latitude), WGS 84 degrees, as GeoJSON writes them."""


@dataclass(frozen=True, slots=True)
class Border:
    """One polygon: the outer ring first, then its holes, and the box around it (west, south, east, north)."""

    code: str
    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]


class Borders:
    """All polygons."""

    def __init__(self, borders: Iterable[Border]) -> None:
        self._borders = tuple(borders)

    @classmethod
    def from_geojson(cls, data: Mapping[str, Any]) -> Borders:
        """From a FeatureCollection of (Multi)Polygons whose feature id or property `code` is the commune's code.

        Raises `ValueError` with the number of the feature that is wrong.
        """
        found: list[Border] = []
        for number, feature in enumerate(data.get("features", ()), start=1):
            try:
                code = str(feature.get("id") or feature["properties"]["code"])
                shape = feature["geometry"]
                many = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
                found.extend(_border(code, polygon) for polygon in many)
            except (KeyError, TypeError, ValueError, IndexError, AttributeError) as wrong:
                raise ValueError(f"feature {number} of the borders file cannot be read: {wrong!r}") from wrong
        return cls(found)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all communes that have a polygon."""
        return frozenset(border.code for border in self._borders)

    def around(self, lat: float, lon: float, radius_m: float) -> list[str]:
        """The communes that a circle touches (its centre and eight points of its edge), the centre's first."""
        points = [(lat, lon)]
        if radius_m > 0:
            high = radius_m / 111_320
            wide = high / max(0.2, math.cos(math.radians(lat)))
            for step in range(8):
                turn = step * math.pi / 4
                points.append((lat + high * math.sin(turn), lon + wide * math.cos(turn)))
        found: dict[str, None] = {}
        for north, east in points:
            for border in self._borders:
                if border.code not in found and _holds(border, north, east):
                    found[border.code] = None
        return list(found)


def _border(code: str, polygon: Sequence[Sequence[Sequence[float]]]) -> Border:
    rings = tuple(tuple((float(corner[0]), float(corner[1])) for corner in ring) for ring in polygon)
    east = [corner[0] for corner in rings[0]]
    north = [corner[1] for corner in rings[0]]
    return Border(code, rings, (min(east), min(north), max(east), max(north)))


def _holds(border: Border, lat: float, lon: float) -> bool:
    west, south, east, north = border.box
    if not (west <= lon <= east and south <= lat <= north):
        return False
    # Inside the outer ring and in no hole: an odd number of crossings over all rings.
    return sum(_crossings(ring, lat, lon) for ring in border.rings) % 2 == 1


def _crossings(ring: Ring, lat: float, lon: float) -> int:
    count = 0
    before = ring[-1]
    for corner in ring:
        if (corner[1] > lat) != (before[1] > lat):
            at = (before[0] - corner[0]) * (lat - corner[1]) / (before[1] - corner[1]) + corner[0]
            count += lon < at
        before = corner
    return count
