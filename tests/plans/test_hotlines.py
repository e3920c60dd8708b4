"""The numbers to call stand in the plan and nowhere else: not in a catalog, a page, an answer or a campaign."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from core.hotlines import Hotlines
from core.messages import Language
from core.replies import say
from core.say import Say
from core.triage.proposal import Category
from locales.words import render
from plans.load import PLANS, load_default, load_text

HOME: Final = Path(__file__).parents[2]
NUMBERS: Final = [line.number for line in load_default().hotlines]
BARE: Final = re.compile(rf"(?<![\w/])({'|'.join(NUMBERS)})(?![\w/])")
SAID: Final = [
    *(HOME / "locales").glob("*/*.ftl"),
    *(HOME / "bot" / "web").rglob("*.html"),
    *(HOME / "bot" / "web").rglob("*.js"),
    *(path for path in PLANS.glob("*.yaml") if path.stem not in ("base", "demo-script")),
]
"""Whatever people read. `base.yaml` is where the numbers stand, and the demo's script says what it expects to hear."""
OWN: Final = """
extends: base
code: own
title: A commune with numbers of its own
source: the test
hotlines:
  - {key: police, number: "0204113113"}
  - {key: fire, number: "0204114114", names: {vi: đội chữa cháy phường}}
  - {key: desk, number: "0204999999", names: {vi: trực ban phường Nếnh}, source: the test}
"""


@pytest.fixture
def own() -> Hotlines:
    return Hotlines(load_text(OWN, "own.yaml").hotlines)


@pytest.mark.parametrize("path", SAID, ids=lambda path: str(path.relative_to(HOME)))
def test_no_sentence_holds_a_bare_emergency_number(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.lstrip().startswith("#") and BARE.search(line)] == []


def test_a_commune_changes_one_field_of_a_number_and_adds_one(own: Hotlines) -> None:
    assert own.arguments(Language.VI) == {
        "police": "0204113113",
        "fire": "0204114114",
        "ambulance": "115",
        "children": "111",
        "numbers": "0204113113 công an · 0204114114 đội chữa cháy phường · 115 cấp cứu · 111 trẻ em · "
        "0204999999 trực ban phường Nếnh",
    }
    english = own.arguments(Language.EN)["numbers"]
    assert "0204114114 fire and rescue" in english, "the names of the other language stay"
    assert "0204999999 trực ban phường Nếnh" in english, "Vietnamese where there is no English name"


def test_each_kind_of_emergency_has_its_number(own: Hotlines) -> None:
    numbers = {category: own.to_call(category) for category in Category}
    assert numbers.pop(Category.FIRE_SAFETY) == "0204114114"
    assert numbers.pop(Category.TRAFFIC) == "115"
    assert set(numbers.values()) == {"0204113113"}


@pytest.mark.parametrize("language", list(Language))
def test_a_sentence_says_the_numbers_that_it_is_given(language: Language, own: Hotlines) -> None:
    numbers = own.arguments(language)
    assert "0204113113" in render(say(Say.SLOW_DOWN), language, numbers)
    assert numbers["numbers"] in render(say(Say.HELP_NUMBERS), language, numbers)
    passed_on = render(say(Say.QUESTION_PASSED_ON, unit="phường Nếnh"), language, numbers)
    assert "phường Nếnh" in passed_on and "0204113113" in passed_on


def test_a_text_of_the_plan_is_filled_in_and_other_braces_stay(own: Hotlines) -> None:
    assert own.filled_in("cháy gọi {fire}; {họ tên}; {desk}") == "cháy gọi 0204114114; {họ tên}; {desk}"
