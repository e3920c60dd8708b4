"""`tinbao zalo status`: the status of the Official Account's tokens. Shows times, never a token."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.channel.finding import Finding, OpenedDatabase
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.tokens import account_of
from core.vietnam import VIETNAM
from storage import tokens
from storage.tokens import REAUTHORISE, REFRESH_LASTS, TokenStatus

CONSENT: Final = (
    "Consent again: as an administrator of the account, get a new refresh token in the developer console, put it into "
    "TINBAO_ZALO_OA_REFRESH_TOKEN and restart."
)


async def read_status(settings: ZaloOaSettings, opened: OpenedDatabase) -> list[Finding]:
    """Findings about the tokens in the database. Raises `Unavailable`."""
    if not settings.zalo_oa_app_id:
        return [Finding(True, "There is no Official Account: TINBAO_ZALO_OA_APP_ID is empty.")]
    account, vault, now = account_of(settings.zalo_oa_app_id), opened.vault, opened.now
    return told(await opened.database.read(lambda db: tokens.status(db, vault, account, now)), settings)


def told(status: TokenStatus, settings: ZaloOaSettings) -> list[Finding]:
    """A token status in words."""
    name = f"Official Account of app {settings.zalo_oa_app_id}"
    if settings.zalo_oa_id:
        name += f", OA {settings.zalo_oa_id}"
    if not status.known:
        none_yet = Finding(True, "No tokens yet. They are fetched at the next start.")
        return [Finding(True, name), none_yet if settings.seed else Finding(False, f"no tokens. {CONSENT}")]
    lines = [
        name,
        f"Access token: {'lives until' if status.alive else 'is over since'} {_time(status.access_until)}",
        f"Refresh token: got on {_time(status.refreshed_at)}, is lost when not used by {_last_day(status)}",
    ]
    if status.attempt_at is not None:
        lines.append(f"A refresh was begun at {_time(status.attempt_at)} and its end is not known; it is tried again.")
    return [Finding(True, line) for line in lines] + _trouble(status)


def _trouble(status: TokenStatus) -> list[Finding]:
    if status.trouble == REAUTHORISE:
        return [Finding(False, f"Zalo takes the refresh token no more. {CONSENT}")]
    if status.trouble:
        look = "Look at the app in the developer console; if it is well there:"
        return [Finding(False, f"the last refresh failed ({status.trouble}). {look} {CONSENT}")]
    if status.old:
        words = "the refresh token is about to die. Is Tin Báo running? It uses the token by itself."
        return [Finding(False, words)]
    return []


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at is not None else "never"


def _last_day(status: TokenStatus) -> str:
    return f"{(status.refreshed_at + REFRESH_LASTS).astimezone(VIETNAM):%d/%m/%Y}" if status.refreshed_at else "?"
