"""The house is built whole: every room that holds code is installed, so that a wheel runs like the checkout."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "console", "core", "handlers", "locales", "plans", "scheduler", "storage", "web")


def test_every_room_is_listed_to_be_installed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    there = {
        ".".join(file.parent.relative_to(ROOT).parts) for room in ROOMS for file in (ROOT / room).rglob("__init__.py")
    }
    assert set(listed) == there
