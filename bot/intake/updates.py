"""Start to receive a platform's updates, by webhook or by polling."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from bot.channel.folder import Host
from bot.channel.settings import Mode, WrongSetting

log = structlog.get_logger()


def check_address(mode: Mode, public_url: str, setting: str) -> None:
    """Raises `ValueError`, naming `setting`, when `mode` is webhook and the platform cannot reach `public_url`."""
    if mode == "webhook" and not public_url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ValueError(f"{setting}=webhook needs TINBAO_PUBLIC_URL, an https address")


def start_updates(
    host: Host,
    mode: Mode,
    *,
    check: Callable[[], None],
    set_up: Callable[[], Awaitable[object]],
    poll: Callable[[], Awaitable[object]],
) -> None:
    """Set a platform up for `mode` and, with polling, poll until the process stops. Does nothing in a process without
    the role `web`. It runs as a loop of its own, so that a platform that is down does not stop the start.

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
