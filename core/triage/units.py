"""The administrative units: provinces and communes of today, communes and districts of before July 2025, local aliases.

Everything is keyed by code (province two digits, commune five), because names and types change and codes do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from core.triage.text import fold


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
class NameReading:
    """One meaning of a name: `at` is a commune's or province's code, or a place in the list of its kind."""

    reads: Reads
    name: str
    kind: str
    communes: tuple[str, ...]
    province: str
    district: int = -1
    old_province: str = ""


class Units:
    """All units and what each name may mean. Never changes."""

    def __init__(
        self,
        provinces: Iterable[Province],
        communes: Iterable[Commune],
        districts: Sequence[District],
        old: Sequence[OldUnit],
        older: Sequence[tuple[str, str, tuple[int, ...]]] = (),
        attribution: Sequence[str] = (),
        aliases: Sequence[Alias] = (),
    ) -> None:
        self.provinces = {unit.code: unit for unit in provinces}
        self.communes = {unit.code: unit for unit in communes}
        self.districts = districts
        self.old = old
        self.older = older
        self.attribution = tuple(attribution)
        self.aliases = tuple(aliases)

    @cached_property
    def names(self) -> dict[str, tuple[NameReading, ...]]:
        """Folded name -> everything it may mean."""
        found: dict[str, list[NameReading]] = {}
        for reading in _readings(self):
            for key in _keys(reading.name):
                found.setdefault(key, []).append(reading)
        return {key: tuple(readings) for key, readings in found.items()}


def _keys(name: str) -> list[str]:
    """The folded forms under which a name is found ("Xuân Hương - Đà Lạt" also as its first part)."""
    whole = fold(name)
    return [whole, *(fold(part) for part in name.split(" - ")[:1] if " - " in name)]


def _readings(places: Units) -> Iterable[NameReading]:
    """Everything that has a name."""
    for unit in places.communes.values():
        yield NameReading(Reads.NEW, unit.name, unit.kind, (unit.code,), unit.province)
    for old in places.old:
        district = places.districts[old.district]
        yield NameReading(
            Reads.OLD, old.name, old.kind, old.communes, district.province, old.district, district.old_province
        )
    for at, district in enumerate(places.districts):
        yield NameReading(
            Reads.DISTRICT, district.name, district.kind, district.communes, district.province, at,
            district.old_province,
        )  # fmt: skip
    for name, old_province, parts in places.older:
        for at in parts:
            into = places.districts[at]
            yield NameReading(Reads.DISTRICT, name, "quận", into.communes, into.province, at, old_province)
    provinces = {(district.old_province, district.province) for district in places.districts}
    provinces |= {(unit.name, unit.code) for unit in places.provinces.values()}
    for name, code in sorted(provinces):
        yield NameReading(Reads.PROVINCE, name, "tỉnh", (), code, -1, name)
    for alias in places.aliases:
        province = places.communes[alias.communes[0]].province
        yield NameReading(Reads.ALIAS, alias.name, "", alias.communes, province)


def parts_of(data: dict[str, Any]) -> tuple[Any, ...]:
    """The data file's JSON values as the arguments of `Units`. Raises `BadPlaces`, or what bad values raise."""
    communes = [Commune(*row) for row in data["communes"]]
    known = {unit.code for unit in communes}
    provinces = [Province(*row) for row in data["provinces"]]
    codes = {unit.code for unit in provinces}
    for unit in communes:
        if unit.province not in codes:
            raise BadPlaces(f"the commune {unit.code} is in {unit.province}, which is not a province")
    old = [OldUnit(name, kind, at, tuple(leads)) for name, kind, at, *leads in data["old"]]
    on_land: list[dict[str, None]] = [{} for _ in data["districts"]]
    for unit_ in old:
        for code in unit_.communes:
            if code not in known:
                raise BadPlaces(f"{unit_.name} leads to {code}, which is no commune")
            on_land[unit_.district][code] = None
    districts = [
        District(name, kind, before, now, tuple(land))
        for (name, kind, before, now), land in zip(data["districts"], on_land, strict=True)
    ]
    older = [(name, province, tuple(parts)) for name, province, *parts in data.get("older", ())]
    return provinces, communes, districts, old, older, data["attribution"]
