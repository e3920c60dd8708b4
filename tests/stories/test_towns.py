"""The stories are told on every channel that there is."""

from __future__ import annotations

from bot.app.channels import channels
from tests.stories.conftest import TOWNS


def test_every_channel_has_a_town_for_its_stories() -> None:
    assert {folder.name for folder in channels()} == set(TOWNS)
