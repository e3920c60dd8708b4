"""Set the bot up at the start: set the webhook, or delete it for polling."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.channel.settings import Mode
from bot.delivery.backoff import until_done
from bot.intake.updates import check_address
from bot.zalo_bot.routes import PATH
from bot.zalo_bot.send import ZaloBotPort

log = structlog.get_logger()

LOOKS: Final = 3
"""How often Zalo is asked to test the webhook. A URL that it could not reach is stored all the same."""


class NotReached(Exception):
    """Raised when Zalo stored the webhook's URL but could not reach it."""


def check_secret(mode: Mode, secret: str, public_url: str, token: str) -> None:
    """Raises `ValueError` when a webhook is wanted without a secret that Zalo takes, or without a public URL."""
    check_address(mode, public_url, "TINBAO_ZALO_BOT_MODE")
    if mode == "polling":
        return
    if not 8 <= len(secret) <= 256 or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise ValueError("TINBAO_ZALO_BOT_SECRET: 8 to 256 plain letters, digits and signs")
    if secret == token:
        raise ValueError("TINBAO_ZALO_BOT_SECRET must not be the bot's token")


async def set_up(
    port: ZaloBotPort,
    *,
    mode: Mode,
    public_url: str,
    secret: str,
    stop: asyncio.Event,
    first_pause_s: float = 1.0,
) -> None:
    """Read the bot's names, set or delete the webhook. Each is retried until it succeeds or `stop` is set, so run it
    concurrently with everything else."""
    looks = 0

    async def updates_come() -> None:
        nonlocal looks
        if mode == "polling":
            await port.client.delete_webhook()
            return
        looks += 1
        found = await port.client.set_webhook(public_url.rstrip("/") + PATH, secret)
        if found.ok:
            return
        log.warning("zalo_cannot_reach_us", status=found.status, outcome=found.outcome)
        if looks < LOOKS:
            raise NotReached
        log.critical(
            "zalo_cannot_reach_us",
            status=found.status,
            outcome=found.outcome,
            remedy="open TINBAO_PUBLIC_URL to Zalo's servers (a firewall may keep out a client named Java), restart",
        )

    await until_done("zalo getMe", port.get_me, stop, first_pause_s)
    await until_done(
        "zalo deleteWebhook" if mode == "polling" else "zalo setWebhook", updates_come, stop, first_pause_s
    )
