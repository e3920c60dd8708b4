"""How a platform's updates come in: it brings them (webhook), or we go on asking for them (polling)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from bot.channel.folder import Host
from bot.channel.settings import Mode, WrongSetting

log = structlog.get_logger()


def start_updates(
    host: Host,
    mode: Mode,
    *,
    check: Callable[[], None],
    set_up: Callable[[], Awaitable[object]],
    poll: Callable[[], Awaitable[object]],
) -> None:
    """Tell a platform how we want its updates and, with `mode` polling, go on asking until the process stops; where
    this process has the role. All beside everything else: a platform that is down must not stop the start.

    Raises `WrongSetting` with the words of the `ValueError` that `check` raises."""
    if "web" not in host.roles:
        return
    if mode == "webhook" and not host.settings.public_url:
        log.warning("webhook_not_registered", why="TINBAO_PUBLIC_URL is empty: register the webhook by hand")
        return
    try:
        check()
    except ValueError as error:
        raise WrongSetting(str(error)) from None

    async def go() -> None:
        await set_up()
        await (poll() if mode == "polling" else host.stop.wait())

    host.start_loop(go())
