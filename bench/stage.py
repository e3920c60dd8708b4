"""What every measurement needs: server processes on loopback, an operator's commands, and a line for the result."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Any

from bench.load import SECRET, send_one, update
from storage.vault import new_key

CONDITIONS = {"python": platform.python_version(), "cores": os.cpu_count(), "machine": platform.machine()}
COMMUNE = "07795"
OFFICER = 90_000_000
"""The officers' ids begin here, far from the residents'."""
BOT = 700001
"""The bot's id in the double's token."""
TABLES = (
    "contact", "conversation", "inbox", "police_case", "tip", "tip_part", "outbox", "audit", "timer",
)  # fmt: skip
"""The tables that a new tip of a new reporter writes a row into."""


class Server:
    """A Python module that serves on a port, ended by its own handle."""

    def __init__(self, port: int, *command: str, **env: str) -> None:
        self.port, self.command, self.env = port, command, os.environ | env

    async def __aenter__(self) -> Server:
        self.process = await asyncio.create_subprocess_exec(sys.executable, "-m", *self.command, env=self.env)
        await listening(self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.wait()

    async def kill(self) -> None:
        """Sends SIGKILL: the process finishes nothing."""
        self.process.kill()
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


class Ours:
    """A deployment in a folder of its own: its settings, its commands, its file."""

    def __init__(self, folder: str, api: str, token: str) -> None:
        self.port = free_port()
        self.file = Path(folder) / "ours.db"
        self.key = new_key()
        self.env = {
            "TINBAO_DATA_DIR": folder,
            "TINBAO_DATABASE_URL": f"sqlite:///{self.file}",
            "TINBAO_SECRET_KEY": self.key,
            "TINBAO_COMMUNE": COMMUNE,
            "TINBAO_TELEGRAM_TOKEN": token,
            "TINBAO_TELEGRAM_API": api,
            "TINBAO_TELEGRAM_MODE": "webhook",
            "TINBAO_TELEGRAM_SECRET": SECRET,
            "TINBAO_PORT": str(self.port),
            "TINBAO_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "TINBAO_LOG": "critical",
        }

    def server(self, *roles: str) -> Server:
        """`tinbao run` with these roles; all when none is named."""
        chosen = ("--roles", ",".join(roles)) if roles else ()
        return Server(self.port, "bot", "run", *chosen, **self.env)

    async def command(self, *words: str) -> str:
        """Run an operator's command; what it printed."""
        asked = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, env=os.environ | self.env, stdout=asyncio.subprocess.PIPE
        )
        return (await asked.communicate())[0].decode()

    async def invitation(self) -> str:
        """What an officer of the commune types after /start."""
        return (await self.command("invite", "--role", "officer", "--unit", COMMUNE)).split()[0]

    async def join(self, payload: str, number: int) -> None:
        """An officer uses their invite, through the same webhook as residents (the server must run)."""
        if await send_one(self.port, update(number, f"/start {payload}")) != 200:
            raise RuntimeError("the officer was not let in")


def rows(file: Path, question: str, *values: Any) -> list[Any]:
    """Ask a SQLite file of a server's, beside it."""
    db = sqlite3.connect(file)
    try:
        return db.execute(question, values).fetchall()
    finally:
        db.close()


def rows_of_tips(file: Path) -> int:
    """How many rows stand in the tables that a tip writes into."""
    return sum(rows(file, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES)


def tell(name: str, **figures: float | str) -> None:
    """One JSON line."""
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in figures.items()}
    busy = {"load_average": round(os.getloadavg()[0], 2)} if hasattr(os, "getloadavg") else {}
    print(json.dumps({"bench": name, **rounded, **CONDITIONS, **busy}), flush=True)
