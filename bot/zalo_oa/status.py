"""`tinbao zalo status`: how the tokens of the Official Account stand. Shows times, never a token."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Final

from bot.app.settings import Settings, WrongSetting
from bot.zalo_oa.tokens import account_of
from core.vietnam import VIETNAM
from storage import keys, tokens
from storage.database import open_database
from storage.tokens import REAUTHORISE, REFRESH_LASTS, TokenStatus
from storage.vault import parse_keys

CONSENT: Final = (
    "Consent again: as an administrator of the account, get a new refresh token in the developer console, put it into "
    "TINBAO_ZALO_OA_REFRESH_TOKEN and restart."
)


def status_lines(settings: Settings) -> list[str]:
    """Lines for the operator. Raises `WrongSetting`, `WrongKey` or `Unavailable`, each with words for him."""
    return asyncio.run(read_status(settings, datetime.now(UTC)))


async def read_status(settings: Settings, now: datetime) -> list[str]:
    """The same inside a running loop, as of `now` (aware)."""
    if not settings.zalo_oa_app_id:
        return ["There is no Official Account: TINBAO_ZALO_OA_APP_ID is empty."]
    secret = parse_keys(settings.secret_key.get_secret_value())
    try:
        database = open_database(settings.database)
    except ValueError as error:
        raise WrongSetting(str(error)) from None
    account = account_of(settings.zalo_oa_app_id)
    try:
        vault = await database.write(lambda db: keys.open_vault(db, secret))
        return told(await database.read(lambda db: tokens.status(db, vault, account, now)), settings)
    finally:
        await database.close()


def told(status: TokenStatus, settings: Settings) -> list[str]:
    """The status in words."""
    lines = [f"Official Account of app {settings.zalo_oa_app_id}"]
    if settings.zalo_oa_id:
        lines[0] += f", OA {settings.zalo_oa_id}"
    if not status.known:
        seeded = bool(settings.zalo_oa_refresh_token.get_secret_value())
        return [
            *lines,
            "No tokens yet. They are fetched at the next start." if seeded else f"WRONG: no tokens. {CONSENT}",
        ]
    lines.append(f"Access token: {'lives until' if status.alive else 'is over since'} {_time(status.access_until)}")
    lines.append(f"Refresh token: got on {_time(status.refreshed_at)}, is lost when not used by {_last_day(status)}")
    if status.attempt_at is not None:
        lines.append(f"A refresh was begun at {_time(status.attempt_at)} and its end is not known; it is tried again.")
    if status.trouble == REAUTHORISE:
        lines.append(f"WRONG: Zalo takes the refresh token no more. {CONSENT}")
    elif status.trouble:
        look = "Look at the app in the developer console; if it is well there:"
        lines.append(f"WRONG: the last refresh failed ({status.trouble}). {look} {CONSENT}")
    elif status.old:
        lines.append("WRONG: the refresh token is about to die. Is Tin Báo running? It uses the token by itself.")
    return lines


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at is not None else "never"


def _last_day(status: TokenStatus) -> str:
    return f"{(status.refreshed_at + REFRESH_LASTS).astimezone(VIETNAM):%d/%m/%Y}" if status.refreshed_at else "?"
