"""The 400 messages that were written as residents type them, through the Telegram webhook to the officers' chats."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from storage.tables import case, inbox, outbox
from tests.patience import A_CROWD, PATIENCE_S
from tests.stories.town import PROVINCE, Town, card

MESSAGES = Path(__file__).parents[1] / "data" / "tips_dev.jsonl"


@pytest.mark.long
async def test_all_are_stored_and_each_alert_is_delivered_once(town: Town) -> None:
    officer, desk = await town.police("An"), await town.police("Duty desk", PROVINCE)
    messages = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    before = await town.runtime.database.read(lambda db: kept(db)[0])
    people = [town.telegram.person(f"Ba {number}") for number in range(len(messages))]
    for person, message in zip(people, messages, strict=True):
        person.says(message["text"])
    await town.telegram.all_taken(A_CROWD * PATIENCE_S)
    stored, cards, broken = await town.runtime.database.read(kept)
    assert stored - before == len(messages) == 400 and broken == 0

    def shown() -> Counter[str]:
        codes = [seen.text.split("TB-")[1][:9] for chat in (officer, desk) for seen in chat.inbox if card(seen)]
        return Counter(codes)

    await town.telegram.until(lambda: shown().total() >= cards, within_s=A_CROWD * PATIENCE_S)
    assert set(shown().values()) == {1}, "each alert once"
    tips = await town.tips()
    assert len(tips) == await town.runtime.database.read(cases) == cards == len(shown())
    assert {tip["text"] for tip in tips} <= {message["text"].strip() for message in messages}
    for person in people:
        assert len(person.inbox) >= 1, "everybody is answered"


def kept(db: Connection) -> tuple[int, int, int]:
    """(messages taken in, cards put into the outbox, messages that broke)."""
    taken = db.execute(select(func.count()).select_from(inbox)).scalar_one()
    put = db.execute(select(func.count()).where(outbox.c.reason.like("case:%:card:%"))).scalar_one()
    broken = db.execute(select(func.count()).where(inbox.c.state != "done")).scalar_one()
    return taken, put, broken


def cases(db: Connection) -> int:
    """How many cases there are."""
    number: int = db.execute(select(func.count()).select_from(case)).scalar_one()
    return number
