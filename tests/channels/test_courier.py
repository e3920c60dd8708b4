"""What the courier sends and what it does not. No message waits behind one that is not to be sent any more, or that
crashes our own code."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from bot.app.build import Runtime, build_runtime
from bot.app.settings import read_settings
from bot.channel import LaterFor, Moved, TooFast
from bot.delivery.courier import Courier
from bot.delivery.send_queue import SendQueue
from bot.web import CHANNEL as WEB
from core.access import Role
from core.ids import ContactId, OutboxId
from core.messages import ChatId
from core.replies import Reply, reply_to_json, say
from core.say import Say
from handlers import own_fault
from storage import contacts, media, set_aside
from storage.outbox import Lane
from storage.sending import Waiting
from storage.tables import BROKEN, DROPPED, MOVED, OVERTAKEN, SENT, duty, outbox
from tests.channels.courier_platform import Platform, lay, sending
from tests.conftest import NOW

messages = st.builds(
    Waiting,
    id=st.integers(1, 60).map(OutboxId),
    contact_id=st.integers(1, 4).map(ContactId),
    lane=st.sampled_from([0, 2, 3, 5]),
    slot=st.sampled_from(["", "case:1", "case:2"]),
    is_group=st.just(False),
)


@given(st.lists(messages, unique_by=lambda one: one.id), st.sets(st.integers(1, 60).map(OutboxId), max_size=5))
def test_of_a_card_only_the_newest_is_in_hand_and_nothing_else_is_left_out(
    found: list[Waiting], under_way: set[OutboxId]
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


@pytest.fixture
async def runtime(key: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    """The runtime without its loops, on SQLite."""
    made = await build_runtime(read_settings(_env_file=None, data_dir=tmp_path, secret_key=key, commune="07795"))
    yield made
    await made.close()


async def becomes(runtime: Runtime, outbox_id: OutboxId, state: int) -> None:
    """Set the state of a message, as another process would."""
    change = update(outbox).where(outbox.c.id == outbox_id).values(state=state)
    await runtime.database.write(lambda db: db.execute(change))


async def state_of(runtime: Runtime, outbox_id: OutboxId) -> tuple[int, str | None]:
    """(state, error) of a message."""
    question = select(outbox.c.state, outbox.c.error).where(outbox.c.id == outbox_id)
    row = await runtime.database.read(lambda db: db.execute(question).one())
    return row.state, row.error


async def an_operator(runtime: Runtime) -> None:
    """Insert an operator with a web chat."""

    def job(db: Connection) -> None:
        known = contacts.meet(db, runtime.context.vault, WEB, ChatId("operator"), now=NOW)
        db.execute(duty.insert().values(contact_id=known.id, role=Role.OPERATOR.value, on_duty=True, since=NOW))

    await runtime.database.write(job)


async def alarms(runtime: Runtime) -> list[str]:
    """The reasons of the operators' alarms, in order."""
    told = select(outbox.c.reason).where(outbox.c.channel == "web").order_by(outbox.c.id)
    return list(await runtime.database.read(lambda db: db.execute(told).scalars().all()))


@pytest.mark.parametrize("became", [DROPPED, MOVED, OVERTAKEN, BROKEN])
async def test_an_alert_does_not_wait_behind_one_that_is_not_to_be_sent_any_more(
    runtime: Runtime, became: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[Courier.__module__], "LOOK_AGAIN_S", 3600.0)  # who waits for the next look hangs
    platform = Platform()
    platform.gate.clear()
    _, second, _ = await lay(runtime, "one", "two", "three")
    async with sending(runtime, platform):
        await platform.until(lambda: platform.asked == ["one"])
        await becomes(runtime, second, became)
        platform.gate.set()
        await platform.until(lambda: len(platform.sent) == 2)
    assert platform.texts == ["one", "three"]


async def test_an_older_card_never_goes_out_after_a_newer_one(runtime: Runtime) -> None:
    platform = Platform(fails=lambda text: LaterFor(NOW + timedelta(hours=1)) if text == "as it was" else None)
    (older,) = await lay(runtime, "as it was", slot="case:1")
    async with sending(runtime, platform):
        await platform.until(lambda: platform.asked == ["as it was"])
        await lay(runtime, "as it is", slot="case:1", fresh=False)
        await platform.until(lambda: platform.texts == ["as it is"])
    platform.fails = lambda _: None
    async with sending(runtime, platform, NOW + timedelta(hours=2)):
        await lay(runtime, "something else")
        await platform.until(lambda: "something else" in platform.texts)
    assert platform.texts == ["as it is", "something else"]
    assert await state_of(runtime, older) == (OVERTAKEN, "LaterFor")


UNKNOWN = {"lines": [["a-key-of-an-older-version", {}]]}
WITHOUT_ARGUMENTS = reply_to_json(Reply(lines=(say(Say.CARD_CODE),)))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (UNKNOWN, "ValueError at core/say.py:"),
        (WITHOUT_ARGUMENTS, "MissingWords at locales/words.py:"),
        (["no reply at all"], "AttributeError at core/replies.py:"),
    ],
)
async def test_what_we_cannot_put_into_words_is_set_aside_alone_and_no_platform_is_blamed(
    runtime: Runtime, words: object, told: str
) -> None:
    await an_operator(runtime)
    first, second, _ = await lay(runtime, "odd", "odd too", "good")
    sealed = runtime.context.vault.seal(orjson.dumps(words).decode())
    broken = update(outbox).where(outbox.c.id.in_((first, second))).values(sealed_reply=sealed)
    await runtime.database.write(lambda db: db.execute(broken))
    platform = Platform()
    async with sending(runtime, platform) as courier:
        await platform.until(lambda: platform.texts == ["good"])
        assert courier._trouble._failing_since is None, "it is nobody's fault but ours"
    for outbox_id in (first, second):
        state, error = await state_of(runtime, outbox_id)
        assert (state, str(error).startswith(told)) == (BROKEN, True), error
    (alarm,) = await alarms(runtime)
    assert told.split(" at ")[1] in alarm, "operators hear where, once an hour"
    assert await runtime.database.read(set_aside.counted) == set_aside.Counts(2, 0)


async def test_a_fault_of_our_own_code_on_the_way_out_holds_up_nobody(runtime: Runtime) -> None:
    platform = Platform(fails=lambda text: IndexError(text) if text == "odd" else None)
    (odd,) = await lay(runtime, "odd")
    await lay(runtime, "next in the same chat")
    await lay(runtime, "in another chat", chat="8")
    async with sending(runtime, platform):
        await platform.until(lambda: len(platform.sent) == 2)
    assert sorted(platform.texts) == ["in another chat", "next in the same chat"]
    assert platform.asked.count("odd") == 1
    state, error = await state_of(runtime, odd)
    assert state == BROKEN
    assert error is not None and error.startswith("IndexError at ") and "odd" not in error, "no words of anybody"


@pytest.mark.parametrize("error", [ConnectionError("line"), TimeoutError("slow"), OSError("disk"), TooFast(0)])
async def test_what_passes_by_itself_is_tried_again_and_not_set_aside(runtime: Runtime, error: Exception) -> None:
    left = [error]
    platform = Platform(fails=lambda _: left.pop() if left else None)
    (outbox_id,) = await lay(runtime, "words")
    async with sending(runtime, platform):
        await platform.until(lambda: platform.asked == ["words"])
    async with sending(runtime, platform, NOW + timedelta(minutes=1)):
        await platform.until(lambda: platform.texts == ["words"])
    assert (await state_of(runtime, outbox_id))[0] == SENT


async def upgraded(runtime: Runtime, program: str) -> set_aside.Counts:
    """A process that sends starts with this program."""
    context = runtime.context
    return await runtime.database.write(lambda db: own_fault.after_upgrade(db, context, "courier", program, NOW))


async def test_what_was_set_aside_goes_out_after_an_upgrade_and_not_before(runtime: Runtime) -> None:
    assert await upgraded(runtime, "old") == set_aside.Counts(0, 0)
    platform = Platform(fails=lambda text: IndexError() if text.startswith("odd") else None)
    await lay(runtime, "odd")
    (card,) = await lay(runtime, "odd card", slot="case:1", chat="8")
    async with sending(runtime, platform):
        await platform.until(lambda: len(platform.asked) == 2)
        await lay(runtime, "card", slot="case:1", chat="8")
        await platform.until(lambda: platform.texts == ["card"])
    assert await upgraded(runtime, "old") == set_aside.Counts(0, 0)
    assert (await state_of(runtime, card))[0] == OVERTAKEN, "the newer card says it all"
    assert await upgraded(runtime, "new") == set_aside.Counts(1, 0)
    platform.fails = lambda _: None
    async with sending(runtime, platform):
        await platform.until(lambda: platform.texts == ["card", "odd"])
    assert await upgraded(runtime, "newer") == set_aside.Counts(0, 0)


async def test_a_chat_that_moved_on_and_on_is_not_asked_without_end(runtime: Runtime) -> None:
    platform = Platform(fails=lambda _: Moved(ChatId(str(len(platform.asked) % 2 + 100))))
    await lay(runtime, "words")
    await lay(runtime, "last", chat="9", lane=Lane.ANSWER)
    async with sending(runtime, platform):
        await platform.until(lambda: len(platform.asked) >= 3)
        await lay(runtime, "more", chat="10")
        await platform.until(lambda: "more" in platform.asked)
    assert platform.asked.count("words") == 2


async def test_a_file_that_is_not_there_any_more_does_not_take_the_words_with_it(runtime: Runtime) -> None:
    vault = runtime.context.vault
    stored = await asyncio.to_thread(runtime.media_store.put, b"\xff\xd8\xff", "image/jpeg")
    file = await runtime.database.write(lambda db: media.add_stored(db, vault, "photo", stored, NOW))
    (outbox_id,) = await lay(runtime, "words")
    reply = Reply(lines=(say(Say.AS_IS, text="words"),), attachments=(file,))
    with_file = (
        update(outbox).where(outbox.c.id == outbox_id).values(sealed_reply=vault.seal_json(reply_to_json(reply)))
    )
    await runtime.database.write(lambda db: db.execute(with_file))
    runtime.media_store.remove(stored.file)
    platform = Platform()
    async with sending(runtime, platform):
        await platform.until(lambda: len(platform.sent) == 1)
    assert platform.texts == ["words\n📎 Có 1 tệp kèm theo không gửi tới đây được."]
