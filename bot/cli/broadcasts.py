"""`tinbao broadcast` and `tinbao broadcasts`: awareness messages."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.app.build import Runtime
from bot.app.pictures import read_picture
from bot.app.settings import WrongSetting
from bot.cli.echo import Echo
from bot.cli.units import check_unit, unit_of_group
from core.messages import Language
from core.plan import Audience, CatchUp
from core.vietnam import VIETNAM
from handlers.campaign import plan_campaign
from handlers.reach import Reach, reach, results
from handlers.work import Work


async def set_broadcast(
    runtime: Runtime,
    echo: Echo,
    *,
    title: str,
    text: str,
    at: str,
    units: list[str],
    groups: list[str],
    picture: Path | None,
    skip_when_late: bool,
    preview: bool = False,
    now: datetime | None = None,
) -> int:
    """Schedule an awareness message, after printing whom it can reach and at what price. `preview`: print only. Returns
    the exit status."""
    now = now or datetime.now(UTC)
    when = now if at == "now" else _vietnamese_time(at)
    if not units and not groups:
        units = [runtime.context.commune] if runtime.context.commune else []
    if not units and not groups:
        raise WrongSetting("--unit or --group: whom is it for?")
    for unit in units:
        check_unit(runtime, unit)
    for group in groups:
        if await runtime.database.read(partial(unit_of_group, group=group)) is None:
            raise WrongSetting(f"--group: there is no group {group!r}; load its plan first (`tinbao plan load FILE`)")
    if when < now:
        raise WrongSetting(f"--at: {at} has passed; the time is Vietnamese time, and `now` sends it at once")
    audience = Audience(units=tuple(units), groups=tuple(groups))
    for line in told_reach(await runtime.database.read(lambda db: reach(db, audience, now))):
        echo(line)
    if preview:
        return 0
    stored = None
    if picture is not None:
        data = await asyncio.to_thread(read_picture, picture)
        stored = await asyncio.to_thread(runtime.media_store.put, data, "image/jpeg")
    campaign_id = await runtime.database.write(
        lambda db: plan_campaign(
            Work(db=db, context=runtime.context, now=now),
            key=f"operator:{now.isoformat()}",
            title=title,
            texts={Language.VI: text},
            at=when,
            audience=audience,
            late=CatchUp.SKIP if skip_when_late else CatchUp.SEND,
            picture=lambda: stored,
        )
    )
    echo(f"Message {campaign_id} goes out at {when.astimezone(VIETNAM):%H:%M %d/%m/%Y} (Vietnamese time).")
    return 0


def told_reach(parts: list[Reach]) -> list[str]:
    """Whom an awareness message can reach, one line for each app."""
    if not parts:
        return ["Nobody in this audience has a chat with us yet."]
    lines = []
    for part in parts:
        counts = {
            "free": part.free,
            "paid": part.paid,
            "by another app of theirs": part.other_chat,
            "not deliverable": part.not_deliverable,
        }
        lines.append(f"{part.channel}: " + ", ".join(f"{count} {kind}" for kind, count in counts.items() if count))
    return lines


async def list_broadcasts(runtime: Runtime, echo: Echo, most: int = 20) -> int:
    """Print the latest awareness messages and their results; return the exit status."""
    for one in await runtime.database.read(lambda db: results(db, most)):
        broadcast, came = one.broadcast, one.delivered
        when = f"{broadcast.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        echo(
            f"{when}  {broadcast.state:<8} {broadcast.title}: {came.sent} sent, {came.waiting} waiting, "
            f"{came.moved} moved to another app, {came.not_deliverable} not deliverable"
        )
    return 0


def _vietnamese_time(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        return when if when.tzinfo else when.replace(tzinfo=VIETNAM)
    except ValueError:
        raise WrongSetting(f"--at: {text!r} is no time; write it like 2026-12-01T08:00") from None
