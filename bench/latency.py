"""From the post of a tip to its card at Telegram's double, at a steady pace, with everything in one process."""

from __future__ import annotations

import asyncio
import tempfile
import time

from bench.intake import known
from bench.load import send_one, update
from bench.stage import Ours, tell
from bench.words import MARK, different
from tests.doubles.telegram import TelegramDouble

PER_SECOND = 20
SECONDS = 20
OFFICERS = 4
FIRST = 90_000


async def latency(telegram: TelegramDouble) -> None:
    """p50 and p99 of what the first officer of four waits for; residents get their receipts meanwhile."""
    words = different(FIRST, PER_SECOND * SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(folder, telegram.url, telegram.token)
        payloads = [await ours.invitation() for _ in range(OFFICERS)]
        hooks = len(telegram.calls_of("setwebhook"))
        async with ours.server():
            await telegram.called("setwebhook", hooks + 1, within_s=30)
            officers = [telegram.person(f"An {number}") for number in range(OFFICERS)]
            for officer, payload in zip(officers, payloads, strict=True):
                officer.starts(payload)
                await officer.hears(within_s=20)
            before = len(telegram.calls)
            sent = await _steadily(telegram, ours.port, words)
            await telegram.until(lambda: len(_arrived(telegram, before, officers[0].id)) >= len(sent), within_s=60)
            arrived = _arrived(telegram, before, officers[0].id)
            waits = sorted(arrived[number] - at for number, at in sent.items())
            tell(
                "alert_latency",
                tips=len(waits),
                per_second=PER_SECOND,
                officers=OFFICERS,
                database="sqlite",
                p50_s=waits[len(waits) // 2],
                p99_s=waits[int(len(waits) * 0.99)],
                slowest_s=waits[-1],
                sent=sum(call.method == "sendmessage" for call in telegram.calls[before:]),
                edited=sum(call.method == "editmessagetext" for call in telegram.calls[before:]),
            )


async def _steadily(telegram: TelegramDouble, port: int, words: list[str]) -> dict[int, float]:
    """Post tips at the pace, late or not; when each was posted."""
    sent: dict[int, float] = {}
    posts: list[asyncio.Task[int]] = []
    started = time.monotonic()
    for turn, text in enumerate(words):
        await asyncio.sleep(max(0.0, started + turn / PER_SECOND - time.monotonic()))
        number = FIRST + turn
        known(telegram, number)
        sent[number] = time.monotonic()
        posts.append(asyncio.create_task(send_one(port, update(number, text))))
    if set(await asyncio.gather(*posts)) != {200}:
        raise RuntimeError("a tip was refused")
    return sent


def _arrived(telegram: TelegramDouble, before: int, chat: int) -> dict[int, float]:
    """When each tip's card reached a chat, by the tip's update id (which stands in its words)."""
    at: dict[int, float] = {}
    for call in telegram.calls[before:]:
        if call.method != "sendmessage" or str(call.values.get("chat_id")) != str(chat):
            continue
        _, _, after = call.values["text"].partition(MARK)
        if after:
            at.setdefault(int(after.split()[0]), call.at)
    return at
