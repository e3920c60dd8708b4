"""`tinbao doctor`: looks at everything that can be looked at, and says what to do about what is wrong."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from rapidfuzz import fuzz, process
from sqlalchemy import Connection, func, select

from bot.app.build import Runtime, build_runtime
from bot.app.channels import channels
from bot.app.settings import Settings, WrongSetting, known_settings
from bot.channel.finding import Finding, OpenedDatabase
from core.access import Role
from plans.mistakes import PlanMistake
from storage import cases, inbox, keys, set_aside
from storage.jobs import Unavailable
from storage.tables import WAITING, contact, outbox
from storage.tables import inbox as inbox_table
from storage.vault import WrongKey

LITTLE_SPACE = 500_000_000
"""Bytes on the disk below which an operator should act."""
ELSEWHERE = frozenset({"TINBAO_LOG"})
"""Settings that are read before the others."""


async def examine(settings: Settings, echo: Callable[[str], object]) -> int:
    """Print a line for each finding; the exit status is 1 when something is wrong."""
    findings = [Finding(False, words) for words in unknown_settings()]
    try:
        runtime = await build_runtime(settings)
    except (WrongKey, WrongSetting, PlanMistake, Unavailable) as trouble:
        findings += [Finding(False, str(trouble)), *await _channels(settings, None)]
    else:
        try:
            findings += await _house(settings, runtime)
        finally:
            await runtime.close()
    for finding in dict.fromkeys(findings):
        echo(("ok    " if finding.fine else "WRONG ") + finding.words)
    return 0 if all(finding.fine for finding in findings) else 1


def unknown_settings() -> list[str]:
    """Names that look like our settings and are none: a slip of the pen silently leaves a setting at its default."""
    known = {f"TINBAO_{name.upper()}" for name in known_settings()} | ELSEWHERE
    file = Path(".env")
    lines = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    given = {name.upper() for name in os.environ if name.upper().startswith("TINBAO_")}
    given |= {name.upper() for name in re.findall(r"(?mi)^\s*(?:export\s+)?(TINBAO_\w+)\s*=", lines)}
    return [f"{name} is no setting, {_meant(name, known)}" for name in sorted(given - known)]


def _meant(name: str, known: set[str]) -> str:
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=80)
    return f"did you mean {found[0]}?" if found else "take it out"


async def _house(settings: Settings, runtime: Runtime) -> list[Finding]:
    opened: OpenedDatabase | None = OpenedDatabase(runtime.database, runtime.context.vault, datetime.now(UTC))
    try:
        await runtime.database.write(keys.prove_writable)
        found = _settings(settings, runtime) + await runtime.database.read(lambda db: _rows(db, runtime))
    except Unavailable as trouble:
        found, opened = [Finding(False, str(trouble))], None
    return found + await _channels(settings, opened)


async def _channels(settings: Settings, opened: OpenedDatabase | None) -> list[Finding]:
    """What each channel's folder says. Without the database only what can be said without it."""
    found = _same_tokens(settings)
    for channel in channels():
        found += await channel.examine(settings, opened)
    return found


def _same_tokens(settings: Settings) -> list[Finding]:
    """A token that stands in two settings was pasted into the wrong one."""
    tokens: dict[str, str] = {}
    out = []
    for channel in channels():
        mine = settings.of(channel.settings)
        for name in type(mine).model_fields:
            value = getattr(mine, name)
            if not name.endswith("_token") or not isinstance(value, SecretStr) or not value.get_secret_value():
                continue
            same = tokens.setdefault(value.get_secret_value(), name)
            if same != name:
                two = f"TINBAO_{name.upper()} and TINBAO_{same.upper()} are the same"
                out.append(Finding(False, f"{two}: each bot has its own"))
    return out


def _settings(settings: Settings, runtime: Runtime) -> list[Finding]:
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else ".").free
    out = [
        Finding(True, "the key opens the database, its tables are up to date, and it can be written"),
        Finding(
            free > LITTLE_SPACE,
            f"{free // 1_000_000} MB free on the disk" + ("" if free > LITTLE_SPACE else ": free some space"),
        ),
    ]
    context = runtime.context
    if settings.province and context.places.label(settings.province) == settings.province:
        out.append(Finding(False, f"TINBAO_PROVINCE: there is no province {settings.province} today"))
    elif settings.province and settings.commune and context.places.province_of(settings.commune) != settings.province:
        lies = context.places.province_of(settings.commune)
        out.append(
            Finding(False, f"TINBAO_PROVINCE is {settings.province}, but the commune lies in {lies}: leave it empty")
        )
    if not (settings.province or settings.commune):
        out.append(Finding(False, "set TINBAO_PROVINCE or TINBAO_COMMUNE: tips without a place go nowhere"))
    if settings.public_url and not settings.public_url.startswith("https://"):
        out.append(
            Finding(False, "TINBAO_PUBLIC_URL is not https: platforms refuse it, and the chat can be listened to")
        )
    return out


def _rows(db: Connection, runtime: Runtime) -> list[Finding]:
    context = runtime.context
    unit = context.commune or context.province
    out: list[Finding] = []
    if unit:
        police = cases.police_of(db, unit, Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)
        remedy = "" if police else f": `tinbao invite --role officer --unit {unit}`"
        out.append(Finding(bool(police), f"{len(police)} police chats in {context.places.label(unit)}{remedy}"))
    failed = db.execute(select(func.count()).where(inbox_table.c.state == inbox.FAILED)).scalar_one()
    remedy = ": run `tinbao replay` after an upgrade that mends it" if failed else ""
    out.append(Finding(failed == 0, f"{failed} messages broke a step and are kept{remedy}"))
    unread = db.execute(select(func.count()).where(inbox_table.c.state == inbox.BROKEN)).scalar_one()
    if unread:
        out.append(Finding(True, f"{unread} messages could not be read and are kept, sealed; tell the maintainers"))
    aside = set_aside.counted(db)
    remedy = "; they are tried again after an upgrade, or now by `tinbao replay`" if aside.messages else ""
    out.append(Finding(aside.messages == 0, f"{aside.messages} messages to be sent broke us and are set aside{remedy}"))
    remedy = "; they are tried again at least every hour: tell the maintainers what the log calls `timer_failed`"
    out.append(
        Finding(aside.timers == 0, f"{aside.timers} timers broke us and are set aside{remedy if aside.timers else ''}")
    )
    waiting = db.execute(select(func.count()).where(outbox.c.state == WAITING, outbox.c.tries > 3)).scalar_one()
    remedy = ": is the platform reachable, and does `tinbao run` run with the role courier?" if waiting else ""
    out.append(Finding(waiting == 0, f"{waiting} messages could not be sent for a while{remedy}"))
    gone = db.execute(select(func.count()).where(contact.c.reachable.is_(False))).scalar_one()
    out.append(Finding(True, f"{gone} chats have shut us out"))
    return out
