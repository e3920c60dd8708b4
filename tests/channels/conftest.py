"""Telegram and our port to it, for every test of that channel; and what is logged, for tests that look."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from structlog.testing import capture_logs
from structlog.types import EventDict

from bot.telegram.send import TelegramPort
from tests.doubles.telegram import Person, TelegramDouble


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble() as double:
        yield double


@pytest.fixture
async def port(telegram: TelegramDouble) -> AsyncIterator[TelegramPort]:
    port = TelegramPort(telegram.token, telegram.url)
    yield port
    await port.close()


@pytest.fixture
def lan(telegram: TelegramDouble) -> Person:
    return telegram.person("Lan", met=True)


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    """All that is logged, also what the other tests keep quiet."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    with capture_logs() as logs:
        yield logs
    structlog.configure(**before)
