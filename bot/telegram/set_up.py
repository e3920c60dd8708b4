"""Set the bot up at the start: its webhook, and the commands of the "/" button."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.channel.settings import Mode
from bot.delivery.backoff import until_done
from bot.intake.updates import check_address
from bot.telegram.routes import PATH
from bot.telegram.send import TelegramPort
from core.messages import Language
from locales.words import text

log = structlog.get_logger()

PRIVATE: Final = ("help", "mine", "code", "language")
GROUP: Final = ("log", "activities", "month", "cases", "duty")
"""The commands shown in a group: only those of duties, because tips are not accepted there."""


def check_secret(mode: Mode, secret: str, public_url: str) -> None:
    """Raises `ValueError` when a webhook is wanted without a secret of Telegram's alphabet, or without a public URL."""
    check_address(mode, public_url, "TINBAO_TELEGRAM_MODE")
    if mode == "polling":
        return
    if not 1 <= len(secret) <= 256 or not secret.isascii() or not secret.replace("_", "").replace("-", "").isalnum():
        raise ValueError("TINBAO_TELEGRAM_SECRET: 1 to 256 of A-Z a-z 0-9 _ -")


async def set_up(
    port: TelegramPort,
    *,
    mode: Mode,
    public_url: str,
    secret: str,
    stop: asyncio.Event,
    first_pause_s: float = 1.0,
) -> None:
    """Read the bot's name, set or delete the webhook, set the commands. Each is retried until it succeeds or `stop` is
    set, so run it concurrently with everything else. Raises `ValueError` for settings that cannot work."""
    check_secret(mode, secret, public_url)

    async def updates_come() -> None:
        if mode == "webhook":
            await port.set_webhook(public_url.rstrip("/") + PATH, secret)
        else:
            await port.delete_webhook()

    await until_done("getMe", port.get_me, stop, first_pause_s)
    await until_done("setWebhook" if mode == "webhook" else "deleteWebhook", updates_come, stop, first_pause_s)
    await _set_commands(port)


def commands(groups: bool, language: Language) -> list[tuple[str, str]]:
    """(name, description) of the commands that are shown, in the catalog's words."""
    return [
        (text(f"telegram-{name}-command", language), text(f"telegram-{name}-about", language))
        for name in (GROUP if groups else PRIVATE)
    ]


async def _set_commands(port: TelegramPort) -> None:
    """Set the commands in Vietnamese for everybody and in English for English apps. A failure is only logged."""
    for groups in (False, True):
        for language, code in ((Language.VI, ""), (Language.EN, Language.EN.value)):
            try:
                await port.set_commands(commands(groups, language), groups=groups, language=code)
            except Exception as error:
                log.warning("commands_not_set", error=type(error).__name__, groups=groups, language=language.value)
