"""Messages per second: the courier, from rows that wait in the outbox, against a bare aiogram client on the same
double. The courier also looks for them, opens them, puts them into words and marks each as sent."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import orjson
from sqlalchemy import Connection

from bench.stage import COMMUNE, Ours, rows, tell
from bot.delivery.courier import AT_ONCE
from bot.telegram import CHANNEL as TELEGRAM
from core.ids import TipId, Unit
from core.messages import ChatId, Language
from core.receipts import receipt
from core.replies import Reply
from core.triage.proposal import Category, Urgency
from core.views import TipView
from locales.words import render
from storage import contacts
from storage.database import open_database
from storage.keys import open_vault
from storage.outbox import Lane, Recipient, Why, put
from storage.tables import SENT
from storage.vault import parse_keys
from tests.doubles.telegram import TelegramDouble

CHATS: Final = 250
MESSAGES: Final = 1_000
ROUNDS: Final = 3
LOOK_S: Final = 0.1

SentMessage = tuple[str, str, list[list[tuple[str, str]]]]
"""Chat, text, rows of (button, id)."""


async def sending(telegram: TelegramDouble) -> None:
    """Sends per second of both, in turns."""
    chats = [str(telegram.person(f"Chi {number}", met=True).id) for number in range(CHATS)]
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(folder, telegram.url, telegram.token)
        await ours.invitation()  # makes the tables and the pepper
        mine = bare = 0.0
        async with ours.server("courier"):
            for turn in range(-1, ROUNDS):  # the first one warms up
                replies = [_reply(number) for number in range(MESSAGES)]
                took = await _courier(ours, chats, replies, turn)
                floor = await _bare(telegram, [_message(chats, *one) for one in enumerate(replies)])
                mine, bare = (mine + took, bare + floor) if turn >= 0 else (0.0, 0.0)
    messages = MESSAGES * ROUNDS
    tell(
        "sending",
        messages=messages,
        chats=CHATS,
        at_once=AT_ONCE,
        database="sqlite",
        per_second=messages / mine,
        bare_per_second=messages / bare,
        of_bare=bare / mine,
    )


async def _courier(ours: Ours, chats: Sequence[str], replies: Sequence[Reply], turn: int) -> float:
    """Puts the replies into the outbox; the seconds from the first that was sent to the last."""
    database = open_database(f"sqlite:///{ours.file}")
    now = datetime.now(UTC)
    try:
        vault = await database.write(lambda db: open_vault(db, parse_keys(ours.key)))

        def lay(db: Connection) -> None:
            for number, reply in enumerate(replies):
                chat = ChatId(chats[number % len(chats)])
                known = contacts.meet(db, vault, TELEGRAM, chat, now=now)
                to = Recipient(known.id, known.channel.value, known.language)
                put(db, vault, to, reply, reason=f"bench:{turn}:{number}", lane=Lane.ANSWER, now=now, why=Why.STEP)

        await database.write(lay)
    finally:
        await database.close()
    question = (
        "SELECT count(*), (julianday(max(sent_at)) - julianday(min(sent_at))) * 86400 FROM outbox"
        f" WHERE state = {SENT} AND reason LIKE ?"
    )
    for _ in range(int(120 / LOOK_S)):
        await asyncio.sleep(LOOK_S)
        sent, seconds = rows(ours.file, question, f"bench:{turn}:%")[0]
        if sent == len(replies):
            return float(seconds)
    raise TimeoutError(f"the courier sent {sent} of {len(replies)}")


async def _bare(telegram: TelegramDouble, messages: list[SentMessage]) -> float:
    asked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.bare_aiogram", telegram.url, telegram.token,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    return float((await asked.communicate(orjson.dumps(messages)))[0])


def _reply(number: int) -> Reply:
    """A receipt, the message that is sent most."""
    view = TipView(
        id=TipId(number),
        code=f"TB-{number:04d}-0000",
        category=Category.THEFT_ROBBERY,
        urgency=Urgency.NORMAL,
        commune=Unit(COMMUNE),
        commune_name="Nenh",
        received_at=datetime.now(UTC),
        call="113",
        sure=True,
        place_known=True,
        has_text=True,
    )
    return receipt(view)


def _message(chats: Sequence[str], number: int, reply: Reply) -> SentMessage:
    """The same message, put into words beforehand."""
    buttons = [[(render(choice.label, Language.VI), choice.id) for choice in row] for row in reply.rows]
    return chats[number % len(chats)], "\n".join(render(words, Language.VI) for words in reply.lines), buttons
