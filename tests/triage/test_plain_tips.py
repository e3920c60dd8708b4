"""Short words, as people type them in haste, that say plainly what happened: none of them is sent away as no tip."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.triage.text import fold
from core.triage.understand import Triage

PLAIN = (Path(__file__).parents[1] / "data" / "plain_tips.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("words", PLAIN)
def test_a_few_plain_words_are_a_tip(triage: Triage, words: str) -> None:
    for typed in (words, fold(words), words.upper(), f"{words}."):
        assert triage.propose(typed, province="24", commune="07795").is_tip, typed
