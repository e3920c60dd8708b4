"""Telegram and our port to it, for every test of that channel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

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
