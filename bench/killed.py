"""`kill -9` in the middle of a load: what was acknowledged and is not there, and what is there twice once the platform
has brought again what was not acknowledged. Ours, and the plain bot."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.intake import SENDERS, known, plain_bot
from bench.load import FIRST_UPDATE, send_all
from bench.stage import BOT, Ours, Server, free_port, rows, tell
from tests.doubles.telegram import TelegramDouble

TIPS = 600
KILL_AFTER = 300
LOOK_S = 0.1
QUIET = 10


async def killed(telegram: TelegramDouble) -> None:
    """One kill each, after so many were acknowledged."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(folder, telegram.url, telegram.token)
        await ours.invitation()  # makes the tables
        await _kill("ours", lambda: ours.server("web"), lambda: _kept_by_us(ours.file))
    for number in range(TIPS):
        known(telegram, number)
    await _kill_peer(telegram, "peer")
    await _kill_peer(telegram, "peer, storing only", "quiet")


async def _kill_peer(telegram: TelegramDouble, whose: str, *more: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        port, file = free_port(), Path(folder) / "peer.db"
        await _kill(whose, lambda: plain_bot(port, folder, telegram, *more), lambda: _kept_by_peer(file))


async def _kill(whose: str, start: Callable[[], Server], kept: Callable[[], Counter[int]]) -> None:
    """Load, kill, look; start again, bring what was not acknowledged, look again."""
    async with start() as server:
        enough = asyncio.Event()

        def count(acknowledged: int) -> None:
            if acknowledged >= KILL_AFTER:
                enough.set()

        load = asyncio.create_task(send_all(server.port, range(TIPS), SENDERS, acknowledged=count))
        await asyncio.wait_for(enough.wait(), 60)
        await server.kill()
        taken = await load
    there = kept()
    async with start() as server:
        await send_all(server.port, [number for number in range(TIPS) if number not in taken.acknowledged], SENDERS)
        after = await _settled(kept)
    tell(
        "killed",
        whose=whose,
        senders=SENDERS,
        acknowledged=len(taken.acknowledged),
        stored=len(there),
        lost=len(taken.acknowledged - set(there)),
        doubled_after_redelivery=sum(1 for times in after.values() if times > 1),
        missing_after_redelivery=TIPS - len(after),
    )


async def _settled(kept: Callable[[], Counter[int]]) -> Counter[int]:
    """The rows once no more come: the plain bot stores after it has acknowledged."""
    last, quiet = kept(), 0
    while quiet < QUIET:
        await asyncio.sleep(LOOK_S)
        now = kept()
        quiet = quiet + 1 if now == last else 0
        last = now
    return last


def _kept_by_us(file: Path) -> Counter[int]:
    keys = rows(file, "SELECT message_key FROM tip")
    return Counter(int(key.removeprefix(f"{BOT}:")) - FIRST_UPDATE for (key,) in keys)


def _kept_by_peer(file: Path) -> Counter[int]:
    return Counter(number - FIRST_UPDATE for (number,) in rows(file, "SELECT update_id FROM tip"))
