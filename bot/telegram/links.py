"""Links that open the bot with a start payload."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.telegram.send import TelegramPort

ANSWER_S: Final = 3


async def links(port: TelegramPort, payload: str, *, group: bool) -> list[str]:
    """Lines with a link for a private chat and, with `group`, one that binds a group chat. When Telegram does not tell
    the bot's name in time, one line that says so: sending the payload alone works too. Closes `port`."""
    try:
        await asyncio.wait_for(port.get_me(), ANSWER_S)
    except Exception as error:
        return [f"(no link: Telegram does not answer, {type(error).__name__})"]
    finally:
        await port.close()
    if not port.username:
        return []
    address = f"https://t.me/{port.username}"
    return [f"{address}?start={payload}", *([f"{address}?startgroup={payload}"] if group else [])]
