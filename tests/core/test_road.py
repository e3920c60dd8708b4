"""The page for newcomers names files and functions that there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "road-of-a-tip.md").read_text(encoding="utf-8")
STATIONS = re.findall(r"`([\w/]+\.py)(?::([\w.]+))?`", PAGE)


def test_the_road_has_its_stations_in_order() -> None:
    assert [int(number) for number in re.findall(r"(?m)^(\d+)\. ", PAGE)] == list(range(1, 20))
    assert len(STATIONS) >= 40


@pytest.mark.parametrize(("file", "name"), sorted(set(STATIONS)))
def test_what_a_station_names_is_there(file: str, name: str) -> None:
    path = ROOT / file
    assert path.exists()
    body: list[ast.stmt] = ast.parse(path.read_text(encoding="utf-8")).body
    for part in name.split(".") if name else ():
        named = [node for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        found = [node for node in named if node.name == part]
        assert found, f"{file} has no {name}"
        body = found[0].body
