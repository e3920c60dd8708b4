"""What the courier has in hand: nobody waits behind a message that is not to be sent any more."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.app.build import Runtime, build_runtime
from bot.app.settings import read_settings
from bot.channel import Outgoing, Pace
from bot.delivery.courier import Courier
from bot.delivery.send_queue import SendQueue
from bot.telegram import CHANNEL as TELEGRAM
from core.messages import ChatId, Media
from core.replies import Reply, say
from core.say import Say
from handlers.deliver import Waiting
from storage import contacts
from storage.outbox import Lane, Recipient, Why, put
from storage.tables import DROPPED, outbox
from tests.conftest import NOW
from tests.patience import patiently

letters = st.builds(
    Waiting,
    id=st.integers(1, 60),
    contact_id=st.integers(1, 4),
    lane=st.sampled_from([0, 2, 3, 5]),
    slot=st.sampled_from(["", "case:1", "case:2"]),
    is_group=st.just(False),
)


@given(st.lists(letters, unique_by=lambda one: one.id), st.sets(st.integers(1, 60), max_size=5))
def test_of_a_card_only_the_newest_is_in_hand_and_nothing_else_is_left_out(
    found: list[Waiting], under_way: set[int]
) -> None:
    found = sorted(found, key=lambda one: (one.lane, one.id))
    hand = SendQueue()
    hand.put(found, under_way)
    kept = list(hand)
    free = [one for one in found if one.id not in under_way]
    assert {one.id for one in free if not one.slot} == {one.id for one in kept if not one.slot}
    for chat, slot in {(one.contact_id, one.slot) for one in free if one.slot}:
        same = [one.id for one in free if (one.contact_id, one.slot) == (chat, slot)]
        assert [one.id for one in kept if (one.contact_id, one.slot) == (chat, slot)] == [max(same)]


class Platform:
    """A platform that takes its time with the first message."""

    def __init__(self) -> None:
        self.account = "telegram:1"
        self.pace = Pace(overall_per_second=1000, per_chat_per_second=1000, chat_burst=1000, group_per_minute=60_000)
        self.sent: list[str] = []
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()
        self.came = asyncio.Condition()

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Take a message."""
        self.asked.set()
        await self.go_on.wait()
        async with self.came:
            self.sent.append(message.text)
            self.came.notify_all()
        return str(len(self.sent))

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Change a message."""

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Stop a button's spinning."""

    async def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """There are no files."""
        yield b""

    async def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture
async def runtime(key: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    """A house."""
    made = await build_runtime(read_settings(_env_file=None, data_dir=tmp_path, secret_key=key, commune="07795"))
    yield made
    await made.close()


async def test_an_alert_does_not_wait_behind_one_that_was_taken_back_meanwhile(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[Courier.__module__], "LOOK_AGAIN_S", 3600.0)  # who waits for the next look hangs
    vault, platform, stop = runtime.context.vault, Platform(), asyncio.Event()
    numbers: list[int] = []

    def lay(db: object) -> None:
        known = contacts.meet(db, vault, TELEGRAM, ChatId("7"), now=NOW)  # type: ignore[arg-type]  # a connection
        to = Recipient(known.id, "telegram", known.language)
        for words in ("one", "two", "three"):
            reply = Reply(lines=(say(Say.AS_IS, text=words),))
            numbers.append(put(db, vault, to, reply, reason=words, lane=Lane.ALERT, now=NOW, why=Why.NEWS) or 0)  # type: ignore[arg-type]  # the same

    await runtime.database.write(lay)
    courier = Courier("telegram", platform, runtime.database, runtime.context, runtime.media_store, lambda: NOW, "here")
    running = asyncio.create_task(courier.run(stop))
    await patiently(platform.asked.wait())
    taken_back = update(outbox).where(outbox.c.id == numbers[1]).values(state=DROPPED)
    await runtime.database.write(lambda db: db.execute(taken_back))
    platform.go_on.set()
    async with platform.came:
        await patiently(platform.came.wait_for(lambda: len(platform.sent) == 2))
    assert platform.sent == ["one", "three"]
    stop.set()
    await running
