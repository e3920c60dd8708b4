"""Does a tip cost more when many are stored? The same intake on a thousand and on a million, in turns."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from pathlib import Path

from bench.load import Taken, send_all
from bench.prefill import prefill
from bench.stage import OFFICER, Ours, rows, tell
from tests.doubles.telegram import TelegramDouble

FEW, MANY = 1_000, 1_000_000
SENDERS = 64
ROUNDS = 3
TIPS = 500
WARM = 200
FIRST = 3_000_000
"""Numbers of updates that the prefilled ones do not use."""


async def stored(telegram: TelegramDouble) -> None:
    """Tips per second on both, and what the bigger file weighs."""
    async with contextlib.AsyncExitStack() as stack:
        houses: dict[int, Ours] = {}
        really: dict[int, int] = {}
        took: dict[int, float] = {}
        for tips in (FEW, MANY):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            context = houses[tips] = Ours(folder, telegram.url, telegram.token)
            payload = await context.invitation()  # makes the tables as well
            started = time.perf_counter()
            really[tips] = await asyncio.to_thread(prefill, context.file, tips)
            took[tips] = time.perf_counter() - started
            await stack.enter_async_context(context.server("web"))
            await context.join(payload, OFFICER)
            await send_all(context.port, range(FIRST, FIRST + WARM), SENDERS)
        taken = {tips: Taken() for tips in houses}
        for turn in range(ROUNDS):
            first = FIRST + WARM + turn * TIPS
            for tips, context in houses.items():
                taken[tips] += await send_all(context.port, range(first, first + TIPS), SENDERS)
        kept = rows(houses[MANY].file, "SELECT count(*) FROM tip")[0][0]
        tell(
            "stored",
            senders=SENDERS,
            tips=ROUNDS * TIPS,
            database="sqlite",
            stored_few=really[FEW],
            stored_many=really[MANY],
            per_second_few=taken[FEW].per_second,
            per_second_many=taken[MANY].per_second,
            cost_ratio=taken[FEW].per_second / taken[MANY].per_second,
            file_mb=_megabytes(houses[MANY].file),
            prefill_s=took[MANY],
            lost=really[MANY] + WARM + len(taken[MANY].acknowledged) - kept,
        )


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1e6
