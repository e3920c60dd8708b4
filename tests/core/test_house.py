"""The house is built whole: every room that holds code is installed, so that a wheel runs like the checkout."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from hypothesis import settings

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "console", "core", "handlers", "locales", "plans", "scheduler", "storage")


def test_every_room_is_listed_to_be_installed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    there = {
        ".".join(file.parent.relative_to(ROOT).parts) for room in ROOMS for file in (ROOT / room).rglob("__init__.py")
    }
    assert set(listed) == there


def test_no_property_has_a_limit_of_time() -> None:
    assert settings.default is not None and settings.default.deadline is None
    limited = [file for file in (ROOT / "tests").rglob("*.py") if re.search(r"deadline=(?!None)", _code(file))]
    assert limited == []


def test_a_wait_in_the_tests_is_bounded_by_patience_and_nothing_shorter() -> None:
    """A limit that is written as a number is one that a busy machine breaks."""
    number = re.compile(r"(?:asyncio\.timeout|patience)\(\d|wait_for\(.*, \d|\bwithin_s(?:: float )?\s*=\s*\d")
    assert [file for file in (ROOT / "tests").rglob("*.py") if number.search(_code(file))] == []


def _code(file: Path) -> str:
    return "" if file == Path(__file__) else file.read_text(encoding="utf-8")
