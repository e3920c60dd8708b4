"""`tinbao invite`: a one-time invite, and the links that carry it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.app.build import Runtime
from bot.app.settings import WrongSetting
from bot.cli.echo import Echo
from bot.cli.units import check_unit, unit_of_group
from core.access import Duty, Role
from core.ids import GroupId, Unit
from handlers import join
from handlers.work import Work


async def make_invite(runtime: Runtime, role: Role, unit: str, group: str, echo: Echo) -> int:
    """Print an invite, and the links that carry it."""
    context = runtime.context
    if runtime.settings.telegram_token.get_secret_value():
        _good_token(runtime)
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
    if runtime.settings.telegram_token.get_secret_value():
        name = await _bot_name(runtime, echo)
        if name:
            echo(f"https://t.me/{name}?start={payload}")
            if role is not Role.LEADER:
                echo(f"https://t.me/{name}?startgroup={payload}")
    if runtime.settings.public_url:
        echo(f"{runtime.settings.public_url}/chat?start={payload}")
    return 0


def _good_token(runtime: Runtime) -> None:
    from aiogram.utils.token import TokenValidationError, validate_token

    try:
        validate_token(runtime.settings.telegram_token.get_secret_value())
    except TokenValidationError:
        raise WrongSetting("TINBAO_TELEGRAM_TOKEN has the wrong shape: it looks like 123456:letters") from None


async def _bot_name(runtime: Runtime, echo: Echo) -> str:
    from bot.telegram.send import TelegramPort

    settings = runtime.settings
    port = TelegramPort(settings.telegram_token.get_secret_value(), settings.telegram_api)
    try:
        await asyncio.wait_for(port.get_me(), 3)
    except Exception as error:  # the payload is printed already; only the link is missing
        echo(f"(no link: Telegram does not answer, {type(error).__name__})")
    finally:
        await port.close()
    return port.username
