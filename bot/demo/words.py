"""The demo's sentences, which are Vietnamese: people's names, what they say, what they must hear."""

from __future__ import annotations

import yaml

from plans.load import PLANS


def demo_words() -> dict[str, str]:
    """The sentences of plans/demo-script.yaml by their names in the code."""
    words: dict[str, str] = yaml.safe_load((PLANS / "demo-script.yaml").read_text(encoding="utf-8"))
    return words
