"""`kill -9` at any instant: no acknowledged message is lost, none makes two tips, no alert is dropped.

A real `tinbao run` is killed again and again under load, on both databases; Telegram brings again what was not
acknowledged, as the real one does."""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.doubles.telegram import TelegramDouble
from tests.patience import A_CROWD, PATIENCE_S
from tests.stories.town import NENH, PROVINCE, card, says

KILLS = 6
TIPS = 150
ROOT = Path(__file__).parents[2]


class Process:
    """A `tinbao run` that can be killed and started again."""

    def __init__(self, telegram: TelegramDouble, database_url: str, key: str, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        # It is killed before it could write down what it ran, and measuring makes it slow: coverage stays out of it.
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")} | {
            "PYTHONPATH": str(ROOT),
            "TINBAO_DATABASE_URL": database_url,
            "TINBAO_DATA_DIR": str(folder),
            "TINBAO_SECRET_KEY": key,
            "TINBAO_COMMUNE": NENH,
            "TINBAO_PROVINCE": PROVINCE,
            "TINBAO_TELEGRAM_TOKEN": telegram.token,
            "TINBAO_TELEGRAM_API": telegram.url,
            "TINBAO_TELEGRAM_MODE": "webhook",
            "TINBAO_TELEGRAM_SECRET": "a-secret-of-the-story",
            "TINBAO_PORT": str(port),
            "TINBAO_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TINBAO_LOG": "critical",
        }
        self.telegram = telegram
        self.running: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; returns when it has told Telegram where it is."""
        before = len(self.telegram.calls_of("setwebhook"))
        self.running = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=self.env, cwd=ROOT)
        await self.telegram.called("setwebhook", before + 1, A_CROWD * PATIENCE_S)

    async def kill(self) -> None:
        """Send SIGKILL."""
        if self.running is not None:
            self.running.kill()
            await self.running.wait()
            self.running = None

    async def command(self, *words: str) -> str:
        """Run a command of the operator to its end; what it printed."""
        asked = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, env=self.env, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await asked.communicate()
        assert asked.returncode == 0
        return out.decode()


@pytest.mark.long
async def test_nothing_is_lost_and_nothing_doubled_when_the_process_is_killed_under_load(
    database_url: str, key: str, tmp_path: Path
) -> None:
    chance = random.Random(20261121)
    async with TelegramDouble() as telegram:
        telegram.updates.retry_pause_s, telegram.updates.most_tries = 0.1, 10_000  # as patient as the real one
        process = Process(telegram, database_url, key, tmp_path)
        try:
            payload = (await process.command("invite", "--role", "officer", "--unit", NENH)).splitlines()[0]
            await process.start()
            officer = telegram.person("An")
            officer.starts(payload)
            await officer.hears(says("đã vào"))
            people = [telegram.person(f"Ba {number}") for number in range(TIPS)]
            words = [f"đêm qua bị trộm mất xe máy ở nhà số {number} phường Nếnh" for number in range(TIPS)]
            for number in range(KILLS):
                share = range(number * TIPS // KILLS, (number + 1) * TIPS // KILLS)
                for which in share:
                    people[which].says(words[which])
                # Killed when some of these have been answered and others are under way.
                answered = len(telegram.calls_of("sendmessage")) + chance.randrange(1, len(share))
                await telegram.called("sendmessage", answered, A_CROWD * PATIENCE_S)
                await process.kill()
                await process.start()
            await telegram.all_taken(A_CROWD * PATIENCE_S)
            for person in people:
                await person.hears(says("Đã nhận tin báo"), A_CROWD * PATIENCE_S)
            await telegram.until(
                lambda: all(any(word in seen.text for seen in officer.inbox) for word in words),
                A_CROWD * PATIENCE_S,
            )
            tips = [json.loads(line) for line in (await process.command("tips", "list", "--json")).splitlines()]
            assert Counter(tip["text"] for tip in tips) == Counter(words)
            cards = Counter(word for seen in officer.inbox if card(seen) for word in words if word in seen.text)
            assert set(cards) == set(words), "no alert was dropped"
            # What was being sent at a kill may come twice; that is chosen over losing it. Nothing else may.
            assert sum(count - 1 for count in cards.values()) <= KILLS * 2
            assert "rows hold" in await process.command("audit", "verify")
        finally:
            await process.kill()
