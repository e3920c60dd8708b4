"""`python -m bench`: JSON lines, each a measurement with its conditions, all from one run on this machine.

`python -m bench intake latency` runs only these."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from bench.intake import answered, intake
from bench.killed import killed
from bench.latency import latency
from bench.sending import sending
from bench.stored import stored
from tests.doubles.telegram import TelegramDouble

ALL = {
    "intake": intake,
    "answered": answered,
    "latency": latency,
    "sending": sending,
    "killed": killed,
    "stored": stored,
}


async def main(names: list[str]) -> None:
    """The measurements, one after the other."""
    os.chdir(Path(__file__).parent.parent)
    for name in names or ALL:
        async with TelegramDouble() as telegram:
            await ALL[name](telegram)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
