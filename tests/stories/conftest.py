"""A town for every story, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.town import Town
from tests.stories.town import town as running


@pytest.fixture
async def town(database_url: str, key: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The whole system, running."""
    async with running(database_url, key, tmp_path) as here:
        yield here
