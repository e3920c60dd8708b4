"""What goes to a person's other chat: in order, once, and never after something newer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, select, update

from bot.telegram import CHANNEL as TELEGRAM
from bot.web import CHANNEL as WEB
from core.ids import ContactId, OutboxId
from core.messages import ChatId, Language
from core.replies import Reply, say
from core.say import Say
from storage import cards, contacts, linked_contacts, reroute
from storage.database import Database
from storage.outbox import About, Lane, Recipient, Subject, Why, have_card, put
from storage.tables import DROPPED, MOVED, OVERTAKEN, SENT, WAITING, outbox
from storage.vault import Vault
from tests.conftest import NOW

ABOUT = About(Subject.CASE, 1)


def two_chats(db: Connection, vault: Vault) -> tuple[Recipient, Recipient]:
    """One person's chats, on Telegram and on the web."""
    mine = [
        Recipient(contacts.meet(db, vault, channel, ChatId("7"), now=NOW).id, channel.value, Language.VI)
        for channel in (TELEGRAM, WEB)
    ]
    linked_contacts.link(db, mine[0].id, mine[1].id)
    return mine[0], mine[1]


def a_card(
    db: Connection, vault: Vault, to: Recipient, text: str, lane: Lane = Lane.ALERT, after_s: int = 0
) -> OutboxId:
    """A card in a slot, made so many seconds later."""
    reply = Reply(lines=(say(Say.AS_IS, text=text),), slot="case:1")
    now = NOW + timedelta(seconds=after_s)
    made = put(db, vault, to, reply, reason=text, lane=lane, now=now, why=Why.CARD, about=ABOUT)
    assert made is not None
    return made


def states(db: Connection, chat: ContactId) -> dict[str, int]:
    """What became of a chat's messages, by reason."""
    rows = db.execute(select(outbox.c.reason, outbox.c.state).where(outbox.c.contact_id == chat))
    return {row.reason: row.state for row in rows}


async def test_a_card_that_came_to_be_urgent_is_not_overwritten_by_what_it_was_before(
    database: Database, vault: Vault
) -> None:
    def job(db: Connection) -> dict[str, int]:
        telegram, web = two_chats(db, vault)
        before = a_card(db, vault, telegram, "as it was")
        now = a_card(db, vault, telegram, "as it is", Lane.EMERGENCY, after_s=60)
        for outbox_id in (now, before):  # the urgent first, as from a channel that stopped with much in it
            message = reroute.queued(db, outbox_id)
            assert message is not None and reroute.move(db, message)
        assert states(db, telegram.id) == {"as it was": MOVED, "as it is": MOVED}
        return states(db, web.id)

    assert await database.write(job) == {"as it is": WAITING, "as it was": OVERTAKEN}


async def test_what_a_stopped_channel_holds_goes_elsewhere_and_what_answers_a_press_does_not(
    database: Database, vault: Vault
) -> None:
    def job(db: Connection) -> None:
        telegram, web = two_chats(db, vault)
        a_card(db, vault, telegram, "card")
        toast = Reply(press="1")
        put(db, vault, telegram, toast, reason="toast", lane=Lane.PRESS, now=NOW, why=Why.REPLY)
        assert reroute.move_channel(db, "telegram") == 1
        assert states(db, web.id) == {"card": WAITING}
        assert states(db, telegram.id) == {"card": MOVED, "toast": WAITING}
        assert reroute.move_channel(db, "telegram") == 0

    await database.write(job)


async def test_only_who_has_or_will_have_a_card_counts_as_told(database: Database, vault: Vault) -> None:
    def job(db: Connection) -> None:
        telegram, _ = two_chats(db, vault)
        number = a_card(db, vault, telegram, "card")
        for state, has_it in ((WAITING, True), (SENT, True), (OVERTAKEN, True), (MOVED, False), (DROPPED, False)):
            db.execute(update(outbox).where(outbox.c.id == number).values(state=state))
            assert bool(have_card(db, ABOUT)) is has_it
            assert cards.had_card(db, ABOUT) == {telegram.id}
        assert have_card(db, About(Subject.CASE, 1, round=1)) == []

    await database.write(job)
