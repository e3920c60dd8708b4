"""What follows when a message cannot be delivered, or a chat is gone: the person's next chat gets it, and what must be
read by somebody is put before the next readers.

What a message is about stands in its row (`why`, `about`), never in its reason or in the text of an error."""

from __future__ import annotations

from typing import Any

import structlog

from core.access import PROVINCE_LEVEL, Role
from core.ids import ContactId, OutboxId, QuestionId
from core.messages import ChatId
from core.states import State, waits_for_taker
from handlers import alert, ask_police
from handlers.work import Work
from storage import cards, cases, contacts, linked_contacts, reroute
from storage.outbox import About, Recipient, Subject, have_card

log = structlog.get_logger()

_READERS = (Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)


def undelivered(work: Work, outbox_id: OutboxId, error: str, *, gone: bool) -> None:
    """A message will never be delivered to its chat; `error` says why, for the operator. `gone`: nor will any other."""
    message = reroute.queued(work.db, outbox_id)
    if message is None:
        return
    if gone:
        chat_gone(work, message.contact_id)
    elif not reroute.move(work.db, message):
        reroute.give_up(work.db, outbox_id, error)
        if message.card is not None:
            without_reader(work, message.card, message.contact_id)


def chat_gone(work: Work, contact_id: ContactId) -> None:
    """Nothing can be delivered to a chat any more. What waits for it goes to the person's next chat. Every card that
    went nowhere, and every card that the chat was shown and that still waits for somebody, is put before others."""
    contacts.change(work.db, contact_id, reachable=False)
    linked_contacts.lost(work.db, contact_id)
    left: list[About] = []
    for message in reroute.waiting_for(work.db, contact_id):
        if not reroute.move(work.db, message):
            reroute.give_up(work.db, message.id, reroute.UNREACHABLE)
            if message.card is not None:
                left.append(message.card)
    for about in dict.fromkeys([*left, *cards.still_wanted(work.db, contact_id)]):
        without_reader(work, about, contact_id)


def chat_moved(work: Work, contact_id: ContactId, to: ChatId) -> None:
    """A chat goes on under another address. Where we know that one as a chat of its own, all that waits goes there."""
    vault = work.context.vault
    channel = contacts.by_id(work.db, contact_id).channel
    known = contacts.find(work.db, vault, channel, to)
    if known is None:
        contacts.readdress(work.db, vault, contact_id, channel, to)
    elif known.id != contact_id:
        reroute.move_all_to(work.db, contact_id, Recipient(known.id, known.channel.value, known.language))
        chat_gone(work, contact_id)


def without_reader(work: Work, about: About, lost: ContactId) -> None:
    """A card cannot be read in the chat `lost`: unless somebody else has it, the next readers get it. Each chat gets
    it once."""
    if have_card(work.db, about):
        return
    match about.subject:
        case Subject.CASE:
            _case_to_next(work, about, lost)
        case Subject.QUESTION:
            log.error("police_chat_gone", question=about.id)
            ask_police.ask_others(work, QuestionId(about.id), cards.had_card(work.db, about))
        case _:
            return  # nothing else is put before anybody as a card


def _case_to_next(work: Work, about: About, lost: ContactId) -> None:
    row = cases.by_id(work.db, about.id)
    if row is None or not waits_for_taker(State(row.state)) or row.routed != about.round:
        return
    log.error("police_chat_gone", case=row.id, unit=row.unit)
    had = cards.had_card(work.db, about)
    own = [chat for chat in linked_contacts.others(work.db, lost) if chat.id not in had][:1]
    to = own or _readers_of(work, row.unit, had)
    if not to:
        row = _to_province(work, row)
        to = _readers_of(work, row.province, had)
    if not to:
        log.error("nobody_to_alert", case=row.id, unit=row.unit)
    alert.send_card(work, row, to)


def _readers_of(work: Work, unit: str, had: frozenset[ContactId]) -> list[Recipient]:
    return [chat for chat in cases.police_of(work.db, unit, *_READERS) if chat.id not in had]


def _to_province(work: Work, row: Any) -> Any:
    """One level up. The clock of taking goes on from there. The case as it then stands."""
    cases.change(work.db, row.id, level=max(row.level, PROVINCE_LEVEL))
    row = cases.by_id(work.db, row.id)
    alert.start_clock(work, row)
    return row
