"""`python -m bench`: JSON lines, each a measurement with its conditions, all from one run on this machine."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import socket
import sys
import tempfile
import time
from pathlib import Path

from bench.load import SECRET, Taken, send_all, update
from storage.vault import new_key
from tests.doubles.telegram import TelegramDouble

SENDERS = 64
TIPS = 3_000
STEADY_PER_S = 20
STEADY_S = 20
OFFICERS = 4
CONDITIONS = {"python": platform.python_version(), "cores": os.cpu_count(), "machine": platform.machine()}


class Server:
    """A server process on a free port, ended by its own handle."""

    def __init__(self, *command: str, **env: str) -> None:
        self.command, self.env = command, os.environ | env

    async def __aenter__(self) -> Server:
        self.process = await asyncio.create_subprocess_exec(sys.executable, *self.command, env=self.env)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.process.terminate()
        await self.process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def listening(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nobody listens on {port}")


def ours(port: int, folder: str, telegram: TelegramDouble, key: str) -> dict[str, str]:
    """The settings of a `tinbao run` for the bench."""
    return {
        "TINBAO_DATA_DIR": folder,
        "TINBAO_DATABASE_URL": f"sqlite:///{folder}/ours.db",
        "TINBAO_SECRET_KEY": key,
        "TINBAO_COMMUNE": "07795",
        "TINBAO_TELEGRAM_TOKEN": telegram.token,
        "TINBAO_TELEGRAM_API": telegram.url,
        "TINBAO_TELEGRAM_MODE": "webhook",
        "TINBAO_TELEGRAM_SECRET": SECRET,
        "TINBAO_PORT": str(port),
        "TINBAO_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TINBAO_LOG": "critical",
    }


async def command(env: dict[str, str], *words: str) -> str:
    """Run an operator's command; what it printed."""
    asked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, env=os.environ | env, stdout=asyncio.subprocess.PIPE
    )
    return (await asked.communicate())[0].decode()


async def intake(telegram: TelegramDouble) -> None:
    """Webhook request → committed, against the floor."""
    results: dict[str, Taken] = {}
    lost = -1
    for name in ("ours", "floor"):
        port = free_port()
        with tempfile.TemporaryDirectory() as folder:
            env = ours(port, folder, telegram, new_key())
            words = (
                ("-m", "bot", "run", "--roles", "web") if name == "ours" else ("-m", "bench.floor", str(port), folder)
            )
            async with Server(*words, **env):
                await listening(port)
                await send_all(port, [update(number) for number in range(200)], SENDERS)  # warm
                results[name] = await send_all(port, [update(number) for number in range(200, 200 + TIPS)], SENDERS)
                if name == "ours":
                    kept = len((await command(env, "tips", "list", "--json")).splitlines())
                    lost = 200 + results[name].acknowledged - kept
    tell(
        "intake",
        senders=SENDERS,
        tips=TIPS,
        database="sqlite",
        per_second=results["ours"].per_second,
        floor_per_second=results["floor"].per_second,
        of_floor=results["ours"].per_second / results["floor"].per_second,
        refused=results["ours"].refused,
        lost=lost,
    )


async def latency(telegram: TelegramDouble) -> None:
    """From the post of a tip to its card at the double, at a steady pace, everything in one process."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        env = ours(port, folder, telegram, new_key())
        payloads = [
            (await command(env, "invite", "--role", "officer", "--unit", "07795")).split()[0] for _ in range(OFFICERS)
        ]
        async with Server("-m", "bot", "run", **env):
            await telegram.called("setwebhook", len(telegram.calls_of("setwebhook")) + 1, within_s=30)
            officers = [telegram.person(f"An {number}") for number in range(OFFICERS)]
            for officer, payload in zip(officers, payloads, strict=True):
                officer.starts(payload)
                await officer.hears(within_s=20)
            sent: dict[int, float] = {}
            before = len(telegram.calls)
            started = time.monotonic()
            tasks = []
            for number in range(STEADY_PER_S * STEADY_S):
                await asyncio.sleep(max(0.0, started + number / STEADY_PER_S - time.monotonic()))
                sent[number] = time.monotonic()
                tasks.append(asyncio.create_task(send_all(port, [update(90_000 + number)], 1)))
            await asyncio.gather(*tasks)
            await telegram.until(lambda: _cards(telegram, before, officers[0].id) >= len(sent), within_s=60)
            waits = sorted(_waits(telegram, before, officers[0].id, sent))
            tell(
                "alert_latency",
                tips=len(waits),
                per_second=STEADY_PER_S,
                officers=OFFICERS,
                database="sqlite",
                p50_s=waits[len(waits) // 2],
                p99_s=waits[int(len(waits) * 0.99)],
                slowest_s=waits[-1],
            )


def _cards(telegram: TelegramDouble, before: int, chat: int) -> int:
    return len(_waits(telegram, before, chat, {}))


def _waits(telegram: TelegramDouble, before: int, chat: int, sent: dict[int, float]) -> list[float]:
    waits: dict[int, float] = {}
    for call in telegram.calls[before:]:
        if (
            call.method == "sendmessage"
            and int(call.values.get("chat_id", 0)) == chat
            and "nhà số" in call.values["text"]
        ):
            number = int(call.values["text"].split("nhà số ")[1].split()[0]) - 90_000
            waits.setdefault(number, call.at - sent.get(number, 0.0))
    return list(waits.values())


def tell(name: str, **figures: float | str) -> None:
    """One JSON line."""
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in figures.items()}
    print(json.dumps({"bench": name, **rounded, **CONDITIONS}), flush=True)


async def main() -> None:
    """All measurements, one after the other."""
    os.chdir(Path(__file__).parent.parent)
    async with TelegramDouble() as telegram:
        await intake(telegram)
        await latency(telegram)


if __name__ == "__main__":
    asyncio.run(main())
