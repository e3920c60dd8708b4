"""`tinbao doctor`: check settings, key, database, disk and channels, and say how to fix what is wrong."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from rapidfuzz import fuzz, process
from sqlalchemy import Connection

from bot.app.build import Runtime, build_runtime
from bot.app.channels import channels
from bot.app.settings import Settings, WrongSetting, known_settings
from bot.channel.finding import Finding, OpenedDatabase
from core.access import Role
from plans.mistakes import PlanMistake
from storage import cases, keys, set_aside
from storage.health import health
from storage.jobs import Unavailable
from storage.vault import WrongKey

LITTLE_SPACE = 500_000_000
"""Free bytes on the disk below which an operator should act."""
ELSEWHERE = frozenset({"TINBAO_LOG"})
"""Environment variables that are read outside of `Settings`."""


async def examine(settings: Settings, echo: Callable[[str], object]) -> int:
    """Print a line for each finding; return the exit status, 1 when something is wrong."""
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
    """Environment variables with our prefix that are no settings: a misspelt name leaves its setting at the default."""
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
    """Each channel's findings; without a database only those that do not need it."""
    found = _same_tokens(settings)
    for channel in channels():
        found += await channel.examine(settings, opened)
    return found


def _same_tokens(settings: Settings) -> list[Finding]:
    """Findings about a token that is in two settings, so in the wrong one."""
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
    counted = health(db)
    failed = counted.failed
    remedy = ": run `tinbao replay` after an upgrade that mends it" if failed else ""
    out.append(Finding(failed == 0, f"{failed} messages broke a step and are kept{remedy}"))
    if counted.unread:
        words = f"{counted.unread} messages could not be read and are kept, sealed; tell the maintainers"
        out.append(Finding(True, words))
    aside = set_aside.counted(db)
    remedy = "; they are tried again after an upgrade, or now by `tinbao replay`" if aside.messages else ""
    out.append(Finding(aside.messages == 0, f"{aside.messages} messages to be sent broke us and are set aside{remedy}"))
    remedy = "; they are tried again at least every hour: tell the maintainers what the log calls `timer_failed`"
    out.append(
        Finding(aside.timers == 0, f"{aside.timers} timers broke us and are set aside{remedy if aside.timers else ''}")
    )
    waiting = counted.stuck
    remedy = ": is the platform reachable, and does `tinbao run` run with the role courier?" if waiting else ""
    out.append(Finding(waiting == 0, f"{waiting} messages could not be sent for a while{remedy}"))
    out.append(Finding(True, f"{counted.shut_out} chats have shut us out"))
    return out
