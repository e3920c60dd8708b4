"""A light load generator: many residents at once, each on a connection of his own, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

PATH = "/webhook/telegram"
SECRET = "a-secret-of-the-bench"
WORDS = "đêm qua bị trộm mất xe máy ở nhà số {n} tổ dân phố Ninh Khánh phường Nếnh"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a load came to: acknowledged updates, seconds, and how many were not answered with 200."""

    acknowledged: int
    seconds: float
    refused: int

    @property
    def per_second(self) -> float:
        return self.acknowledged / self.seconds


def update(number: int, text: str = "") -> dict[str, Any]:
    """A text message of a resident who writes for the first time (invented people)."""
    person = {"id": 5_000_000 + number, "is_bot": False, "first_name": f"Ba {number}", "language_code": "vi"}
    message = {
        "message_id": number,
        "date": int(time.time()),
        "from": person,
        "chat": {"id": person["id"], "type": "private", "first_name": person["first_name"]},
        "text": text or WORDS.format(n=number),
    }
    return {"update_id": 100_000 + number, "message": message}


async def send_all(port: int, updates: list[dict[str, Any]], senders: int) -> Taken:
    """Send updates as fast as they are answered, by so many senders at once."""
    waiting = iter(updates)
    refused = 0
    acknowledged = 0

    async def sender() -> None:
        nonlocal refused, acknowledged
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for one in waiting:
            if await post(reader, writer, one) == 200:
                acknowledged += 1
            else:
                refused += 1
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(senders)))
    return Taken(acknowledged, time.perf_counter() - started, refused)


async def post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, one: dict[str, Any]) -> int:
    """One webhook request on an open connection; the status that came back."""
    body = orjson.dumps(one)
    writer.write(
        f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n\r\n".encode()
        + body
    )
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-le")), 0
    )
    if length:
        await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


def numbers(first: int) -> Iterator[int]:
    """Numbers for residents that nobody has used before."""
    while True:
        yield first
        first += 1
