"""The checks of `tinbao doctor` for Telegram. They make one request, which changes nothing."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.channel import AccountDead, Refused
from bot.channel.finding import Finding
from bot.telegram.send import TelegramPort
from bot.telegram.settings import TelegramSettings

ANSWER_S: Final = 10


async def examine(settings: TelegramSettings, public_url: str) -> list[Finding]:
    """Findings about the settings and about Telegram's answer."""
    if not settings.token:
        return [Finding(True, "Telegram is not set up; the web chat is served")]
    out = []
    if settings.telegram_mode == "webhook" and not public_url:
        words = "TINBAO_TELEGRAM_MODE is webhook, which needs TINBAO_PUBLIC_URL; or set it to polling"
        out.append(Finding(False, words))
    return [*out, await _ask(settings)]


async def _ask(settings: TelegramSettings) -> Finding:
    try:
        port = TelegramPort(settings.token, settings.telegram_api)
    except ValueError as error:
        return Finding(False, f"TINBAO_TELEGRAM_TOKEN: {error}")
    try:
        await asyncio.wait_for(port.get_me(), ANSWER_S)
    except (OSError, TimeoutError):
        where = settings.telegram_api
        return Finding(False, f"Telegram cannot be reached at {where}: look at the network and at TINBAO_TELEGRAM_API")
    except AccountDead:
        return Finding(False, "Telegram does not know the token: ask @BotFather for it, set TINBAO_TELEGRAM_TOKEN")
    except Refused as error:
        return Finding(False, f"Telegram refuses to say who we are ({error}): look at TINBAO_TELEGRAM_API")
    finally:
        await port.close()
    return Finding(True, f"Telegram knows the bot as @{port.username}")
