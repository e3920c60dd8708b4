"""A town for every story, on both databases; and, for stories that are told by `channels("telegram", "web", …)`, one
where everybody has nothing but the web chat, or nothing but Zalo. `channels("every")` names all that there are: each
file `<name>_story.py` brings its `TOWNS` along."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.stories.town import Town
from tests.stories.town import town as running

Towns = dict[str, Callable[[str, str, Path], AbstractAsyncContextManager[Town]]]


def _towns() -> Towns:
    found: Towns = {"telegram": running}
    for file in sorted(Path(__file__).parent.glob("*_story.py")):
        found |= importlib.import_module(f"tests.stories.{file.stem}").TOWNS
    return found


TOWNS = _towns()
"""By channel: opens a town on (database, key, folder)."""


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    config.addinivalue_line(
        "markers", 'channels(*names): the channels that a story is told on, or "every"; Telegram if not said'
    )


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Telegram and the web on both databases; the others on SQLite, for nothing of them differs by database but what
    those tell already."""
    marker = metafunc.definition.get_closest_marker("channels")
    if "town" in metafunc.fixturenames and marker is not None and marker.args != ("telegram",):
        both, one = ("sqlite", "postgresql"), ("sqlite",)
        told = {"telegram": both, "web": both}
        named = TOWNS if marker.args == ("every",) else marker.args
        places = [(kind, channel) for channel in named for kind in told.get(channel, one)]
        # A mark, for only a mark takes precedence over what a fixture says of itself.
        metafunc.definition.add_marker(pytest.mark.parametrize(("database_url", "channel"), places, indirect=True))


@pytest.fixture
def channel(request: pytest.FixtureRequest) -> str:
    """Which channel a story is told on."""
    return str(getattr(request, "param", "telegram"))


@pytest.fixture
async def town(database_url: str, key: str, tmp_path: Path, channel: str) -> AsyncIterator[Town]:
    """The whole system, running."""
    async with TOWNS[channel](database_url, key, tmp_path) as here:
        yield here
