"""The floor under the courier: a bare aiogram client that sends a list, as many at once as the courier does, and keeps
nothing. `python -m bench.bare_aiogram API TOKEN < LIST`; the list is JSON, [chat, text, [[[button, id], …], …]] each.
Prints how many seconds it took from the first to the last."""

from __future__ import annotations

import asyncio
import json
import sys
import time

import uvloop
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bench.sending import SentMessage
from bot.delivery.courier import AT_ONCE


async def send(api: str, token: str, messages: list[SentMessage]) -> float:
    """Send all; the seconds."""
    waiting = iter(messages)
    async with Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api))) as bot:

        async def sender() -> None:
            for chat, text, rows in waiting:
                buttons = [[InlineKeyboardButton(text=label, callback_data=id_) for label, id_ in row] for row in rows]
                await bot.send_message(chat, text, reply_markup=InlineKeyboardMarkup(inline_keyboard=buttons))

        started = time.perf_counter()
        await asyncio.gather(*(sender() for _ in range(AT_ONCE)))
        return time.perf_counter() - started


if __name__ == "__main__":
    print(uvloop.run(send(sys.argv[1], sys.argv[2], json.load(sys.stdin))))
