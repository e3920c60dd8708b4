"""A town for every story, on both databases; and, for stories that are told by `channels("telegram", "web", …)`, one
where everybody has nothing but the web chat, or nothing but Zalo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.town import Town
from tests.stories.town import town as running
from tests.stories.web_story import web_town
from tests.stories.zalo_story import zalo_bot_town, zalo_oa_town

TOWNS = {"web": web_town, "zalo_oa": zalo_oa_town, "zalo_bot": zalo_bot_town}


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    config.addinivalue_line("markers", "channels(*names): the channels that a story is told on; Telegram if not said")


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Telegram and the web on both databases; the others on SQLite, for nothing of them differs by database but what
    those tell already."""
    marker = metafunc.definition.get_closest_marker("channels")
    if "town" in metafunc.fixturenames and marker is not None and marker.args != ("telegram",):
        both, one = ("sqlite", "postgresql"), ("sqlite",)
        told = {"telegram": both, "web": both}
        places = [(kind, channel) for channel in marker.args for kind in told.get(channel, one)]
        # A mark, for only a mark takes precedence over what a fixture says of itself.
        metafunc.definition.add_marker(pytest.mark.parametrize(("database_url", "channel"), places, indirect=True))


@pytest.fixture
def channel(request: pytest.FixtureRequest) -> str:
    """Which channel a story is told on."""
    return str(getattr(request, "param", "telegram"))


@pytest.fixture
async def town(database_url: str, key: str, tmp_path: Path, channel: str) -> AsyncIterator[Town]:
    """The whole system, running."""
    async with TOWNS.get(channel, running)(database_url, key, tmp_path) as here:
        yield here
