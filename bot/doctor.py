"""`tinbao doctor`: looks at everything that can be looked at, and says what to do about what is wrong."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from bot.house import Built, build
from bot.settings import Settings, WrongSetting
from core.access import Role
from plans.mistakes import PlanMistake
from storage import cases, inbox
from storage.database import Unavailable
from storage.tables import WAITING, contact, outbox
from storage.tables import inbox as inbox_table
from storage.vault import WrongKey

LITTLE_SPACE = 500_000_000
"""Bytes on the disk below which an operator should act."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `fine` False: `words` say what to do."""

    fine: bool
    words: str


async def examine(settings: Settings, echo: Callable[[str], object]) -> int:
    """Print a line for each finding; the exit status is 1 when something is wrong."""
    findings: list[Finding] = []
    try:
        built = await build(settings)
    except (WrongKey, WrongSetting, PlanMistake, Unavailable) as trouble:
        findings.append(Finding(False, str(trouble)))
    else:
        try:
            findings += _settings(settings)
            findings += await built.database.read(lambda db: _rows(db, built))
            findings += await _channels(settings)
        finally:
            await built.close()
    for finding in findings:
        echo(("ok    " if finding.fine else "WRONG ") + finding.words)
    return 0 if all(finding.fine for finding in findings) else 1


def _settings(settings: Settings) -> list[Finding]:
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else ".").free
    out = [
        Finding(True, "the key opens the database, and its tables are up to date"),
        Finding(
            free > LITTLE_SPACE,
            f"{free // 1_000_000} MB free on the disk" + ("" if free > LITTLE_SPACE else ": free some space"),
        ),
    ]
    if not (settings.province or settings.commune):
        out.append(Finding(False, "set TINBAO_PROVINCE or TINBAO_COMMUNE: tips without a place go nowhere"))
    if settings.public_url and not settings.public_url.startswith("https://"):
        out.append(
            Finding(False, "TINBAO_PUBLIC_URL is not https: platforms refuse it, and the chat can be listened to")
        )
    return out


def _rows(db: Connection, built: Built) -> list[Finding]:
    house = built.house
    unit = house.commune or house.province
    out: list[Finding] = []
    if unit:
        police = cases.police_of(db, unit, Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)
        remedy = "" if police else f": `tinbao invite --role officer --unit {unit}`"
        out.append(Finding(bool(police), f"{len(police)} police chats in {house.places.label(unit)}{remedy}"))
    failed = db.execute(select(func.count()).where(inbox_table.c.state.in_((inbox.FAILED, inbox.BROKEN)))).scalar_one()
    out.append(Finding(failed == 0, f"{failed} messages wait for a person" + (": `tinbao replay`" if failed else "")))
    waiting = db.execute(select(func.count()).where(outbox.c.state == WAITING, outbox.c.tries > 3)).scalar_one()
    out.append(Finding(waiting == 0, f"{waiting} messages could not be sent for a while"))
    gone = db.execute(select(func.count()).where(contact.c.reachable.is_(False))).scalar_one()
    out.append(Finding(True, f"{gone} chats have shut us out"))
    return out


async def _channels(settings: Settings) -> list[Finding]:
    if not settings.telegram_token.get_secret_value():
        return [Finding(True, "Telegram is not set up; the web chat is served")]
    from bot.telegram.send import TelegramPort

    try:
        port = TelegramPort(settings.telegram_token.get_secret_value(), settings.telegram_api)
        try:
            await asyncio.wait_for(port.get_me(), 10)
        finally:
            await port.close()
    except Exception as error:
        return [Finding(False, f"Telegram does not take the token: {type(error).__name__}; see TINBAO_TELEGRAM_TOKEN")]
    return [Finding(True, f"Telegram knows the bot as @{port.username}")]
