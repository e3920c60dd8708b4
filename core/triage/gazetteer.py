"""Today's provinces and communes, the units before July 2025 that people still name, and which leads to which.

Everything is keyed by code (province two digits, commune five): names and types change, a code stays.
The content comes from one data file that `deploy/make_places.py` writes and an operator may replace.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from core.triage.borders import Borders
from core.triage.proposal import PlaceGuess, PlaceState
from core.triage.text import fold

WIDE_MARGIN: Final = 2.0
"""A shared point is surely in the nearest centre's commune when the second is this many times as far away
(right for 96 points in 100 of those)."""

OFFERED: Final = 3
"""So many communes are offered for a shared point: the right one is among them for 96 points in 100."""

COARSE_M: Final = 1_500.0
"""With an accuracy radius above this (metres) a point is never sure."""


class BadPlaces(ValueError):
    """The data file cannot be used. The text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Province:
    """One of today's provinces. `kind` is its type word (a label with a date)."""

    code: str
    name: str
    kind: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Commune:
    """One of today's communes; `province` is a code, the point its centre in WGS 84 degrees."""

    code: str
    name: str
    kind: str
    province: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class District:
    """A district of before July 2025, and the codes of today's communes on its land."""

    name: str
    kind: str
    old_province: str
    province: str
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OldUnit:
    """A commune of before July 2025. `communes` are its successors, the main one first."""

    name: str
    kind: str
    district: int
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A local name (market, industrial park, hamlet) for one or several communes."""

    name: str
    communes: tuple[str, ...]


class Reads(StrEnum):
    """What a name may be read as."""

    NEW = "new"
    OLD = "old"
    DISTRICT = "district"
    PROVINCE = "province"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a name: `at` is a commune's or province's code, or a place in the list of its kind."""

    reads: Reads
    name: str
    kind: str
    communes: tuple[str, ...]
    province: str
    district: int = -1
    old_province: str = ""


def _distance_km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Kilometres on a sphere, flat within a country's size (error below 1 %)."""
    across = math.radians(to_lon - lon) * math.cos(math.radians((lat + to_lat) / 2))
    return 6371.0 * math.hypot(math.radians(to_lat - lat), across)


class Gazetteer:
    """All places. Made by `Gazetteer.load`; never changes (`with_aliases`, `with_borders` make another)."""

    def __init__(
        self,
        provinces: Iterable[Province],
        communes: Iterable[Commune],
        districts: Sequence[District],
        old: Sequence[OldUnit],
        older: Sequence[tuple[str, str, tuple[int, ...]]] = (),
        attribution: Sequence[str] = (),
    ) -> None:
        self.provinces = {unit.code: unit for unit in provinces}
        self.communes = {unit.code: unit for unit in communes}
        self.districts = districts
        self.old = old
        self.older = older
        self.attribution = tuple(attribution)
        self.aliases: tuple[Alias, ...] = ()
        self.borders: Borders | None = None
        self._of: dict[str, list[str]] = {}
        for unit in self.communes.values():
            self._of.setdefault(unit.province, []).append(unit.code)

    @classmethod
    def load(cls, data: bytes | str) -> Gazetteer:
        """Reads the data file's JSON text. Raises `BadPlaces`."""
        try:
            return _from_json(json.loads(data))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as wrong:
            raise BadPlaces(f"the places file cannot be read: {type(wrong).__name__}: {wrong}") from wrong

    def with_aliases(self, aliases: Iterable[Alias]) -> Gazetteer:
        """The same places with more names. Raises `BadPlaces` for a commune that there is not."""
        more = tuple(aliases)
        for alias in more:
            for code in alias.communes:
                if code not in self.communes:
                    raise BadPlaces(f"the alias {alias.name!r} leads to {code}, which is no commune")
        return self._copy(self.aliases + more, self.borders)

    def with_borders(self, borders: Borders) -> Gazetteer:
        """The same places with polygons to tell where a point lies."""
        return self._copy(self.aliases, borders)

    def _copy(self, aliases: tuple[Alias, ...], borders: Borders | None) -> Gazetteer:
        other = Gazetteer(
            self.provinces.values(), self.communes.values(), self.districts, self.old, self.older, self.attribution
        )
        other.aliases = aliases
        other.borders = borders
        return other

    def province(self, code: str) -> Province:
        """One province. Raises `KeyError`."""
        return self.provinces[code]

    def commune(self, code: str) -> Commune:
        """One commune. Raises `KeyError`."""
        return self.communes[code]

    def communes_of(self, province: str) -> tuple[str, ...]:
        """The codes of a province's communes; empty for a code that there is not."""
        return tuple(self._of.get(province, ()))

    def label(self, code: str) -> str:
        """What people call it: type, name, province for a commune; a province's name; the code itself when unknown."""
        if commune := self.communes.get(code):
            return f"{commune.kind} {commune.name}, {self.provinces[commune.province].name}"
        province = self.provinces.get(code)
        return f"{province.kind} {province.name}" if province else code

    def formerly(self, code: str) -> tuple[str, ...]:
        """The old communes ("xã Tăng Tiến") that went, whole or in part, into a commune of today."""
        return tuple(f"{unit.kind} {unit.name}" for unit in self._became.get(code, ()))

    @cached_property
    def _became(self) -> dict[str, list[OldUnit]]:
        found: dict[str, list[OldUnit]] = {}
        for unit in self.old:
            for code in unit.communes:
                found.setdefault(code, []).append(unit)
        return found

    def nearest(self, lat: float, lon: float, n: int = 3) -> list[tuple[str, float]]:
        """The `n` communes whose centres are nearest to a point (WGS 84 degrees), with kilometres, nearest first."""
        far = [(_distance_km(lat, lon, unit.lat, unit.lon), code) for code, unit in self.communes.items()]
        return [(code, km) for km, code in sorted(far)[:n]]

    def from_point(self, lat: float, lon: float, accuracy_m: float | None = None) -> PlaceGuess:
        """The commune of a shared point; `accuracy_m` is the phone's radius in metres.

        With polygons: sure when the whole circle lies in one. Without: the nearest three centres, sure only on a wide
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
    def names(self) -> dict[str, tuple[Reading, ...]]:
        """Folded name -> everything it may mean."""
        found: dict[str, list[Reading]] = {}
        for reading in _readings(self):
            for key in _keys(reading.name):
                found.setdefault(key, []).append(reading)
        return {key: tuple(readings) for key, readings in found.items()}


def in_country(lat: float, lon: float) -> bool:
    """Whether a point can be in Viet Nam at all (mainland and the islands)."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return (8.0 <= lat <= 23.5 and 102.0 <= lon <= 110.5) or (7.0 <= lat <= 18.0 and 110.5 < lon <= 117.5)


def _keys(name: str) -> list[str]:
    """The folded forms under which a name is found ("Xuân Hương - Đà Lạt" also as its first part)."""
    whole = fold(name)
    return [whole, *(fold(part) for part in name.split(" - ")[:1] if " - " in name)]


def _readings(places: Gazetteer) -> Iterable[Reading]:
    """Everything that has a name."""
    for unit in places.communes.values():
        yield Reading(Reads.NEW, unit.name, unit.kind, (unit.code,), unit.province)
    for old in places.old:
        district = places.districts[old.district]
        yield Reading(
            Reads.OLD, old.name, old.kind, old.communes, district.province, old.district, district.old_province
        )
    for at, district in enumerate(places.districts):
        yield Reading(
            Reads.DISTRICT, district.name, district.kind, district.communes, district.province, at,
            district.old_province,
        )  # fmt: skip
    for name, old_province, parts in places.older:
        for at in parts:
            into = places.districts[at]
            yield Reading(Reads.DISTRICT, name, "quận", into.communes, into.province, at, old_province)
    provinces = {(district.old_province, district.province) for district in places.districts}
    provinces |= {(unit.name, unit.code) for unit in places.provinces.values()}
    for name, code in sorted(provinces):
        yield Reading(Reads.PROVINCE, name, "tỉnh", (), code, -1, name)
    for alias in places.aliases:
        province = places.communes[alias.communes[0]].province
        yield Reading(Reads.ALIAS, alias.name, "", alias.communes, province)


def _from_json(data: dict[str, Any]) -> Gazetteer:
    communes = [Commune(*row) for row in data["communes"]]
    known = {unit.code for unit in communes}
    provinces = [Province(*row) for row in data["provinces"]]
    codes = {unit.code for unit in provinces}
    for unit in communes:
        if unit.province not in codes:
            raise BadPlaces(f"the commune {unit.code} lies in {unit.province}, which is no province")
    old = [OldUnit(name, kind, at, tuple(leads)) for name, kind, at, *leads in data["old"]]
    on_land: list[dict[str, None]] = [{} for _ in data["districts"]]
    for unit_ in old:
        for code in unit_.communes:
            if code not in known:
                raise BadPlaces(f"{unit_.name} leads to {code}, which is no commune")
            on_land[unit_.district][code] = None
    districts = [District(*row, communes=tuple(land)) for row, land in zip(data["districts"], on_land, strict=True)]
    older = [(name, province, tuple(parts)) for name, province, *parts in data.get("older", ())]
    return Gazetteer(provinces, communes, districts, old, older, data["attribution"])


def renamed(places: Gazetteer, code: str, name: str, kind: str) -> Gazetteer:
    """The same places where one commune bears another name and type: the next resolution, before the file has it."""
    communes = {**places.communes, code: replace(places.communes[code], name=name, kind=kind)}
    other = Gazetteer(
        places.provinces.values(), communes.values(), places.districts, places.old, places.older, places.attribution
    )
    other.aliases, other.borders = places.aliases, places.borders
    return other
