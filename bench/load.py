"""A light load generator: many residents at once, each on a connection of their own, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

PATH = "/webhook/telegram"
SECRET = "a-secret-of-the-bench"
WORDS = "đêm qua bị trộm mất xe máy ở nhà số {n} tổ dân phố Ninh Khánh phường Nếnh"
FIRST_PERSON = 5_000_000
FIRST_UPDATE = 100_000


@dataclass(slots=True)
class Taken:
    """What a load came to: the numbers of the updates that were answered with 200, how many were not, and seconds."""

    acknowledged: set[int] = field(default_factory=set)
    refused: int = 0
    seconds: float = 0.0

    def __iadd__(self, other: Taken) -> Taken:
        self.acknowledged |= other.acknowledged
        self.refused += other.refused
        self.seconds += other.seconds
        return self

    @property
    def per_second(self) -> float:
        return len(self.acknowledged) / self.seconds


def update(number: int, text: str = "") -> dict[str, Any]:
    """A text message of a resident who writes for the first time (invented people)."""
    person = {"id": FIRST_PERSON + number, "is_bot": False, "first_name": f"Ba {number}", "language_code": "vi"}
    message = {
        "message_id": number,
        "date": int(time.time()),
        "from": person,
        "chat": {"id": person["id"], "type": "private", "first_name": person["first_name"]},
        "text": text or WORDS.format(n=number),
    }
    return {"update_id": FIRST_UPDATE + number, "message": message}


async def send_all(
    port: int, numbers: Iterable[int], senders: int, *, acknowledged: Callable[[int], None] = lambda _: None
) -> Taken:
    """Send the updates of these numbers as fast as they are answered, by so many senders at once.

    A sender whose connection breaks stops: the server is gone. `acknowledged` is called with how many were answered
    with 200 so far."""
    waiting = iter(list(numbers))
    taken = Taken()

    async def sender() -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for number in waiting:
                if await post(reader, writer, update(number)) == 200:
                    taken.acknowledged.add(number)
                    acknowledged(len(taken.acknowledged))
                else:
                    taken.refused += 1
            writer.close()
        except (ConnectionError, asyncio.IncompleteReadError):
            return

    started = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(senders)))
    taken.seconds = time.perf_counter() - started
    return taken


async def send_one(port: int, one: dict[str, Any]) -> int:
    """One update on a connection of its own; the status that came back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await post(reader, writer, one)
    finally:
        writer.close()


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
