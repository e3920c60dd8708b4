"""Webhook request → committed: ours, the floor under it, and a plain bot. They take turns, so noise affects all."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.load import FIRST_PERSON, Taken, send_all
from bench.stage import OFFICER, TABLES, Ours, Server, free_port, rows, rows_of_tips, tell
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.chats import Chat

SENDERS = 64
ROUNDS = 4
TIPS = 750
SLOW_TIPS = 150
WARM = 200
ANSWERED = 400
LOOK_S = 0.02

Load = Callable[[range], Awaitable[Taken]]


async def intake(telegram: TelegramDouble) -> None:
    """Tips per second, and whether the rows are all there afterwards."""
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        ours = Ours(folder, telegram.url, telegram.token)
        payload = await ours.invitation()
        floor, peer, quiet = free_port(), free_port(), free_port()
        await stack.enter_async_context(ours.server("web"))
        await ours.join(payload, OFFICER)
        before = rows_of_tips(ours.file)
        await stack.enter_async_context(Server(floor, "bench.floor", str(floor), folder))
        await stack.enter_async_context(plain_bot(peer, _new(folder, "peer"), telegram))
        await stack.enter_async_context(plain_bot(quiet, _new(folder, "quiet"), telegram, "quiet"))
        for number in range(SLOW_TIPS * (ROUNDS + 1)):
            known(telegram, number)
        loads: dict[str, tuple[int, Load]] = {
            "ours": (TIPS, lambda numbers: send_all(ours.port, numbers, SENDERS)),
            "floor": (TIPS, lambda numbers: send_all(floor, numbers, SENDERS)),
            "peer": (SLOW_TIPS, lambda numbers: stored_by_peer(peer, Path(folder) / "peer" / "peer.db", numbers)),
            "quiet": (SLOW_TIPS, lambda numbers: stored_by_peer(quiet, Path(folder) / "quiet" / "peer.db", numbers)),
        }
        taken = {name: Taken() for name in loads}
        acknowledged = 0
        for turn in range(ROUNDS + 1):
            for name, (tips, load) in loads.items():
                one = await load(range(turn * tips, (turn + 1) * tips))
                acknowledged += len(one.acknowledged) if name == "ours" else 0
                if turn:  # the first one warms up
                    taken[name] += one
        kept = rows(ours.file, "SELECT count(*) FROM tip")[0][0]
        rate = {name: one.per_second for name, one in taken.items()}
        sent = TIPS * (ROUNDS + 1)
        tell(
            "intake",
            senders=SENDERS,
            tips=TIPS * ROUNDS,
            database="sqlite",
            per_second=rate["ours"],
            floor_per_second=rate["floor"],
            of_floor=rate["ours"] / rate["floor"],
            peer_per_second=rate["peer"],
            times_peer=rate["ours"] / rate["peer"],
            peer_storing_only_per_second=rate["quiet"],
            times_peer_storing_only=rate["ours"] / rate["quiet"],
            rows_per_tip=(rows_of_tips(ours.file) - before) / sent,
            floor_rows_per_tip=rows_of_tips(Path(folder) / "floor.db") / sent,
            tables=len(TABLES),
            refused=taken["ours"].refused,
            lost=acknowledged - kept,
        )


def _new(folder: str, name: str) -> str:
    made = Path(folder) / name
    made.mkdir()
    return str(made)


async def answered(telegram: TelegramDouble) -> None:
    """From the first request until the last reporter has their answer at the double: all of ours, and the plain bot as
    it really is, which answers each message before it looks at the next."""
    for number in range(WARM + ANSWERED):
        known(telegram, number)
    with tempfile.TemporaryDirectory() as folder:
        ours, port = Ours(folder, telegram.url, telegram.token), free_port()
        payload = await ours.invitation()
        async with ours.server(), plain_bot(port, folder, telegram):
            officer = telegram.person("An")
            officer.starts(payload)
            await officer.hears(within_s=20)
            for numbers in (range(WARM), range(WARM, WARM + ANSWERED)):
                mine = await _until_answered(telegram, ours.port, numbers)
                peer = await _until_answered(telegram, port, numbers)
    tell(
        "answered",
        senders=SENDERS,
        tips=ANSWERED,
        database="sqlite",
        per_second=mine.per_second,
        with_cards=True,
        peer_per_second=peer.per_second,
        times_peer=mine.per_second / peer.per_second,
    )


async def _until_answered(telegram: TelegramDouble, port: int, numbers: range) -> Taken:
    before = len(telegram.calls)
    waiting = {str(FIRST_PERSON + number) for number in numbers}
    looked = before

    def all_there() -> bool:
        nonlocal looked
        for call in telegram.calls[looked:]:
            if call.method == "sendmessage":
                waiting.discard(str(call.values["chat_id"]))
        looked = len(telegram.calls)
        return not waiting

    started = time.perf_counter()
    taken = await send_all(port, numbers, SENDERS)
    await telegram.until(all_there, within_s=120)
    taken.seconds = time.perf_counter() - started
    return taken


def plain_bot(port: int, folder: str, telegram: TelegramDouble, *more: str) -> Server:
    """The plain bot as a process."""
    return Server(port, "bench.peer_ptb", str(port), folder, telegram.url, telegram.token, *more)


async def stored_by_peer(port: int, file: Path, numbers: range) -> Taken:
    """The same for the plain bot, which acknowledges first and stores later: it is done when the last row is there."""
    started = time.perf_counter()
    taken = await send_all(port, numbers, SENDERS)
    for _ in range(int(120 / LOOK_S)):
        if rows(file, "SELECT count(*) FROM tip")[0][0] >= numbers.stop:
            break
        await asyncio.sleep(LOOK_S)
    taken.seconds = time.perf_counter() - started
    return taken


def known(telegram: TelegramDouble, number: int) -> None:
    """Let the double know a resident of the load, so that the bot may write to them."""
    chat = FIRST_PERSON + number
    telegram.chats[chat] = Chat(id=chat, type="private", about={"first_name": f"Ba {number}"}, bot="member")
