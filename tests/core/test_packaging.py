"""The package is complete, so that a wheel runs like the checkout; and the tests do not depend on the machine's
speed."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from hypothesis import settings
from setuptools import find_packages

from core.errors import ROOMS as OURS
from core.errors import where
from core.replies import reply_from_json

ROOT = Path(__file__).parents[2]
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
ROOMS = sorted({file.parent.name for file in ROOT.glob("*/__init__.py")} - {"bench", "tests"})


def test_every_room_is_installed_whole_and_nothing_else() -> None:
    find = TOOLS["setuptools"]["packages"]["find"]
    there = {
        ".".join(file.parent.relative_to(ROOT).parts) for room in ROOMS for file in (ROOT / room).rglob("__init__.py")
    }
    assert set(find_packages(str(ROOT), include=find["include"])) == there


def test_an_error_is_placed_in_our_own_code_also_when_a_library_raised_it() -> None:
    try:
        reply_from_json({"lines": [["no-such-key", {}]]})
    except ValueError as error:
        place = where(error)
    file, line = place.split(":")
    assert file == "core/say.py"
    assert "Say(key)" in (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert where(None) == where(ValueError("never raised")) == ""
    assert set(ROOMS) <= OURS


def test_every_tool_looks_at_every_room() -> None:
    assert sorted(TOOLS["importlinter"]["root_packages"]) == ROOMS
    assert sorted(TOOLS["coverage"]["run"]["source"]) == ROOMS
    assert sorted(TOOLS["mutants"]["rooms"]) == ROOMS
    assert sorted(TOOLS["mypy"]["files"]) == sorted([*ROOMS, "bench", "tests"])


def test_the_picture_of_the_rooms_shows_the_rooms_and_wings_and_arrows_that_there_are() -> None:
    drawing = runpy.run_path(str(ROOT / "deploy" / "make_architecture.py"))
    code, picture = drawing["facts"](), drawing["drawn"]()
    assert picture.wings == code.wings, "draw it anew: make picture"
    assert set(picture.arrows) == set(code.arrows), "draw it anew: make picture"


def test_a_wheel_holds_every_file_of_every_room(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for paper in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / paper, source)
    files = {str(file.relative_to(source)) for room in ROOMS for file in (source / room).rglob("*") if file.is_file()}
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, f"--wheel-dir={tmp_path}", str(source)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert files - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_no_property_has_a_limit_of_time() -> None:
    assert settings.default is not None and settings.default.deadline is None
    limited = [file for file in (ROOT / "tests").rglob("*.py") if re.search(r"deadline=(?!None)", _code(file))]
    assert limited == []


def test_a_wait_in_the_tests_is_bounded_by_the_shared_limit_and_nothing_shorter() -> None:
    """A limit that is written as a number may be too short on a busy machine."""
    number = re.compile(r"(?:asyncio\.timeout|patience)\(\d|wait_for\(.*, \d|\bwithin_s(?:: float )?\s*=\s*\d")
    assert [file for file in (ROOT / "tests").rglob("*.py") if number.search(_code(file))] == []


def _code(file: Path) -> str:
    return "" if file == Path(__file__) else file.read_text(encoding="utf-8")
