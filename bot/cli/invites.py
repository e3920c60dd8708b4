"""`tinbao invite`: make a one-time invite."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.app.build import Runtime
from bot.app.channels import channels
from bot.app.settings import WrongSetting
from bot.cli.echo import Echo
from bot.cli.units import check_unit, unit_of_group
from core.access import Duty, Role
from core.ids import GroupId, Unit
from handlers import join
from handlers.work import Work


async def make_invite(runtime: Runtime, role: Role, unit: str, group: str, echo: Echo) -> int:
    """Print an invite and the links that carry it; return the exit status."""
    context = runtime.context
    wanted = [channel for channel in channels() if channel.wanted(runtime.settings)]
    for channel in wanted:
        if why := channel.unusable(runtime.settings):
            raise WrongSetting(why)
    if role is Role.LEADER:
        known = await runtime.database.read(lambda db: unit_of_group(db, group))
        if known is None:
            raise WrongSetting(f"--group: there is no group {group!r}; load its plan first (`tinbao plan load FILE`)")
        unit = unit or known
    else:
        unit = unit or context.commune or context.province
        check_unit(runtime, unit)
    now, duty = datetime.now(UTC), Duty(role, Unit(unit), GroupId(group))
    payload = await runtime.database.write(lambda db: join.make_invite(Work(db=db, context=context, now=now), duty))
    echo(payload)
    for channel in wanted:
        for line in await channel.links(runtime.settings, payload, group=role is not Role.LEADER):
            echo(line)
    return 0
