"""The checks of `tinbao doctor` for the Zalo bot. They make one request, which changes nothing."""

from __future__ import annotations

from typing import Final

from bot.channel import AccountDead
from bot.channel.finding import Finding, OpenedDatabase
from bot.zalo.doctor import budget, dead_line, hosts, soon
from bot.zalo_bot.client import BotClient
from bot.zalo_bot.errors import ShutOut, TooMany
from bot.zalo_bot.set_up import check_secret
from bot.zalo_bot.settings import ZaloBotSettings

_OURS: Final = "a-secret-of-our-own"
"""Stands for the webhook's secret where the operator set none; the generated one is always valid for Zalo."""


async def examine(settings: ZaloBotSettings, public_url: str, opened: OpenedDatabase | None) -> list[Finding]:
    """Findings about the settings, the month's messages, and Zalo's answer."""
    secret = settings.zalo_bot_secret.get_secret_value()
    if not settings.token:
        words = "TINBAO_ZALO_BOT_SECRET is set without TINBAO_ZALO_BOT_TOKEN: set both or neither"
        return [Finding(False, words)] if secret else []
    out = hosts(settings)
    try:
        check_secret(settings.zalo_bot_mode, secret or _OURS, public_url, settings.token)
    except ValueError as error:
        out.append(Finding(False, str(error)))
    if opened is not None:
        account, limit = f"zalo_bot:{settings.token.partition(':')[0]}", settings.zalo_bot_monthly_limit
        out += await opened.database.read(lambda db: budget(db, "Zalo bot", account, limit, opened.now))
    return [*out, await _ask(settings)]


async def _ask(settings: ZaloBotSettings) -> Finding:
    """Zalo's answer about the bot, as a finding."""
    try:
        client = BotClient(settings.token, settings.zalo_bot_api)
    except ValueError as error:
        return Finding(False, f"TINBAO_ZALO_BOT_TOKEN: {error}")
    try:
        names = await soon(client.get_me())
        return Finding(True, f"Zalo knows the bot{f' as {names[0]}' if names else ''}")
    except AccountDead:
        words = "Zalo does not know the bot's token: ask Zalo Bot Manager for it, set TINBAO_ZALO_BOT_TOKEN"
    except TooMany:
        words = "Zalo was asked too often for the bot, or its messages of this month are used up: try again later"
    except ShutOut:
        words = "Zalo shuts the bot out (403): look at the bot in Zalo Bot Manager, and try again later"
    except (OSError, TimeoutError) as error:
        words = dead_line(settings.zalo_bot_api, "TINBAO_ZALO_BOT_API", error)
    except Exception as error:  # any other error code of Zalo: the operator should see which
        words = f"Zalo refuses to say who the bot is ({error}): look at TINBAO_ZALO_BOT_API"
    finally:
        await client.close()
    return Finding(False, words)
