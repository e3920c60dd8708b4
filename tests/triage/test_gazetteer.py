"""The places themselves: the data file, points, local names."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.triage.borders import Borders
from core.triage.gazetteer import Alias, BadPlaces, Gazetteer
from core.triage.proposal import PlaceState
from plans.aliases import BadAliases, load_aliases
from plans.triage import GAZETTEER, BadFile, BadPolygons, load_gazetteer, unpacked


def test_there_are_thirty_four_provinces_and_three_thousand_three_hundred_and_twenty_one_communes(
    places: Gazetteer,
) -> None:
    assert len(places.provinces) == 34
    assert len(places.communes) == 3321
    assert {unit.province for unit in places.communes.values()} == set(places.provinces)
    assert len(places.old) > 10_000


def test_the_sources_are_named_in_the_file(places: Gazetteer) -> None:
    assert any("MIT" in line for line in places.attribution)
    assert any("BSD" in line for line in places.attribution)


def test_a_code_has_a_label_that_people_know(places: Gazetteer) -> None:
    assert places.label("07795") == "phường Nếnh, Bắc Ninh"
    assert places.label("80") == "tỉnh Tây Ninh"
    assert places.label("99999") == "99999"
    assert places.provinces["80"].name == "Tây Ninh"


def test_every_old_unit_leads_somewhere(places: Gazetteer) -> None:
    assert all(unit.communes and all(code in places.communes for code in unit.communes) for unit in places.old)


@pytest.mark.parametrize(
    "lat_lon", [(0.0, 0.0), (16.0, 90.0), (60.0, 105.0), (float("nan"), 106.0), (21.0, float("inf"))]
)
def test_a_point_in_the_sea_or_nowhere_is_no_place(places: Gazetteer, lat_lon: tuple[float, float]) -> None:
    assert places.from_point(*lat_lon).state is PlaceState.NONE


def test_a_point_far_out_at_sea_is_no_place_though_the_box_holds_it(places: Gazetteer) -> None:
    assert places.from_point(12.5, 113.5).communes == ()


def test_a_point_at_a_centre_is_sure_and_one_between_two_is_asked_about(places: Gazetteer) -> None:
    nenh = places.communes["07795"]
    assert places.from_point(nenh.lat, nenh.lon).communes == ("07795",)
    near = places.nearest(nenh.lat, nenh.lon, 2)[1][0]
    other = places.communes[near]
    between = places.from_point((nenh.lat + other.lat) / 2, (nenh.lon + other.lon) / 2)
    assert between.state is PlaceState.SEVERAL
    assert {"07795", near} <= set(between.communes)


def test_a_phone_that_does_not_know_where_it_is_is_asked(places: Gazetteer) -> None:
    nenh = places.communes["07795"]
    assert places.from_point(nenh.lat, nenh.lon, 20_000).state is PlaceState.SEVERAL


@settings(max_examples=80)
@given(st.floats(), st.floats(), st.none() | st.floats())
def test_no_point_breaks_it(places: Gazetteer, lat: float, lon: float, accuracy: float | None) -> None:
    assert len(places.from_point(lat, lon, accuracy).communes) <= 5


def test_nearest_come_nearest_first(places: Gazetteer) -> None:
    far = [km for _, km in places.nearest(21.27, 106.1, 5)]
    assert far == sorted(far) and len(far) == 5


def _square(code: str, west: float, east: float) -> dict[str, object]:
    ring = [[west, 21.0], [east, 21.0], [east, 21.2], [west, 21.2], [west, 21.0]]
    return {"type": "Feature", "id": code, "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {}}


def test_polygons_decide_where_an_operator_supplied_them(places: Gazetteer) -> None:
    borders = Borders.from_geojson({"features": [_square("07795", 106.0, 106.1), _square("07777", 106.1, 106.2)]})
    drawn = places.with_borders(borders)
    assert drawn.from_point(21.1, 106.05).communes == ("07795",)
    assert drawn.from_point(21.1, 106.05).state is PlaceState.SURE
    assert set(drawn.from_point(21.1, 106.099, 500).communes) == {"07795", "07777"}
    assert drawn.from_point(10.5, 106.0).communes, "outside all polygons the nearest centres still answer"


def test_a_broken_polygon_is_named_by_its_number() -> None:
    with pytest.raises(ValueError, match="feature 2"):
        Borders.from_geojson({"features": [_square("07795", 106.0, 106.1), {"id": "x", "geometry": None}]})


@pytest.mark.parametrize("data", ["", "[]", "{", "{}", '{"communes": [[1]]}', "null"])
def test_a_places_file_that_is_no_places_file_is_refused_in_words(data: str) -> None:
    with pytest.raises(BadPlaces, match="places file"):
        Gazetteer.load(data)


def test_a_places_file_with_a_broken_line_is_refused_in_words() -> None:
    data = json.loads(unpacked(GAZETTEER))
    data["old"][5][3] = "99999"
    with pytest.raises(BadPlaces, match="99999, which is no commune"):
        Gazetteer.load(json.dumps(data))


def test_a_local_name_is_understood_once_it_is_written_down(places: Gazetteer) -> None:
    assert places.find("đánh nhau ở ngã ba Cây Sung", "24").communes == ()
    more = places.with_aliases([Alias("ngã ba Cây Sung", ("07795",))])
    assert more.find("danh nhau o nga ba cay sung", "24").communes == ("07795",)
    with pytest.raises(BadPlaces, match="no commune"):
        places.with_aliases([Alias("đâu đó", ("00000",))])


def test_an_operators_own_aliases_come_on_top_of_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text('aliases:\n  - name: chợ Ba Cụm\n    communes: ["07795", "07777"]\n', encoding="utf-8")
    places = load_gazetteer([own])
    assert set(places.find("mất xe ở chợ Ba Cụm", "24").communes) == {"07795", "07777"}
    assert places.find("cháy ở KCN Quang Châu", "24").communes == ("07795",)


def test_several_overlays_and_a_file_of_polygons_are_read_together(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text('aliases:\n  - name: chợ Ba Cụm\n    commune: "07795"\n', encoding="utf-8")
    second.write_text('aliases:\n  - name: bến Năm Nhành\n    commune: "07777"\n', encoding="utf-8")
    drawn = tmp_path / "communes.geojson.gz"
    drawn.write_bytes(gzip.compress(json.dumps({"features": [_square("07795", 106.0, 106.1)]}).encode()))
    places = load_gazetteer([first, second], polygons=drawn)
    assert places.find("mất xe ở chợ Ba Cụm", "24").communes == ("07795",)
    assert places.find("cháy ở bến Năm Nhành", "24").communes == ("07777",)
    assert places.from_point(21.1, 106.05).communes == ("07795",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not json", "Expecting value"),
        (b"[]", "no GeoJSON"),
        (b'{"features": [{"id": "07795"}]}', "feature 1"),
        (json.dumps({"features": [_square("xyz", 1, 2)]}).encode(), "five-digit code"),
    ],
)
def test_a_file_of_polygons_that_is_none_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "drawn.json"
    file.write_bytes(content)
    with pytest.raises(BadPolygons, match=rf"drawn\.json: .*{words}"):
        load_gazetteer(polygons=file)


def test_a_damaged_packed_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "drawn.json.gz"
    file.write_bytes(b"\x1f\x8bnothing")
    with pytest.raises(BadFile, match=r"drawn\.json\.gz is damaged"):
        load_gazetteer(polygons=file)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("aliases:\n  - name: chợ\n    commune: '99999'\n", 3),
        ("aliases:\n  - name: chợ A\n    commune: '07795'\n  - commune: '07795'\n", 4),
        ("aliases:\n  - name: chợ A\n    code: '07795'\n", 3),
        ("names:\n  - x\n", 1),
        ("aliases:\n  - name: 'chợ A\n    commune: '07795'\n", 3),
        ("aliases:\n  - chợ A\n", 2),
        ("aliases: chợ A\n", 1),
        ("aliases:\n  - name: chợ A\n    communes: []\n", 3),
        ("- x\n", 1),
    ],
)
def test_a_wrong_line_among_the_aliases_is_named(places: Gazetteer, tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadAliases, match=rf"own\.yaml:{line}: "):
        load_aliases(file, places)


def test_an_empty_list_of_aliases_is_fine(places: Gazetteer, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    for text in ("", "aliases:\n", "aliases: []\n"):
        file.write_text(text, encoding="utf-8")
        assert load_aliases(file, places) == ()
