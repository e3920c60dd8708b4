"""The house is built whole: every room that holds code is installed, so that a wheel runs like the checkout."""

from __future__ import annotations

import tomllib
from pathlib import Path

from core.errors import ROOMS as OURS
from core.errors import where
from core.replies import reply_from_json

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "console", "core", "handlers", "locales", "plans", "scheduler", "storage")


def test_every_room_is_listed_to_be_installed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    there = {
        ".".join(file.parent.relative_to(ROOT).parts) for room in ROOMS for file in (ROOT / room).rglob("__init__.py")
    }
    assert set(listed) == there


def test_an_error_is_placed_in_our_own_code_also_when_a_library_raised_it() -> None:
    try:
        reply_from_json({"lines": [["no-such-key", {}]]})
    except ValueError as error:
        place = where(error)
    file, line = place.split(":")
    assert file == "core/replies.py"
    assert "Say(key)" in (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert where(None) == where(ValueError("never raised")) == ""
    assert set(ROOMS) <= OURS
