"""The operator's papers name what there is."""

from __future__ import annotations

import re
from pathlib import Path

from bot.doctor import ELSEWHERE
from bot.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"(?m)^#?(TINBAO_\w+)=", (DEPLOY / "env.example").read_text(encoding="utf-8"))
    assert sorted(named) == sorted({f"TINBAO_{name.upper()}" for name in Settings.model_fields} | ELSEWHERE)
