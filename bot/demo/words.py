"""The demo's Vietnamese sentences: people's names, what they say, what they must receive."""

from __future__ import annotations

import yaml

from plans.load import PLANS


def demo_words() -> dict[str, str]:
    """The sentences of plans/demo-script.yaml by key."""
    words: dict[str, str] = yaml.safe_load((PLANS / "demo-script.yaml").read_text(encoding="utf-8"))
    return words
