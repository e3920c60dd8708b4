"""What follows when a message cannot be delivered or a chat is gone: the person's next chat gets the message, and a
card goes to the next readers.

What a message is about is read from its row (`why`, `about`), never from its reason or the text of an error."""

from __future__ import annotations

import structlog

from core.access import PROVINCE_LEVEL, SYSTEM, Role
from core.case import Change
from core.ids import CaseId, ContactId, OutboxId, QuestionId, Unit
from core.messages import ChatId
from core.states import Action
from handlers import alert, ask_police
from handlers import cases as door
from handlers.work import Work
from storage import cards, cases, contacts, linked_contacts, reroute
from storage.outbox import About, Recipient, Subject, have_card

log = structlog.get_logger()

_READERS = (Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)


def undelivered(work: Work, outbox_id: OutboxId, error: str, *, gone: bool) -> None:
    """Handle a message that can never be delivered to its chat; `error` says why, for the operator. `gone`: no other
    message can be delivered there either."""
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
    """Handle a chat that takes no messages any more. Waiting messages go to the person's next chat. Cards that cannot
    go there, and cards of the chat that still need a reader, go to other readers."""
    contacts.set_reachable(work.db, contact_id, reachable=False)
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
    """Handle a chat that has a new address. If the new address is known as a chat already, waiting messages go to that
    chat."""
    vault = work.context.vault
    channel = contacts.by_id(work.db, contact_id).channel
    known = contacts.find(work.db, vault, channel, to)
    if known is None:
        contacts.readdress(work.db, vault, contact_id, channel, to)
    elif known.id != contact_id:
        reroute.move_all_to(work.db, contact_id, Recipient(known.id, known.channel.value, known.language))
        chat_gone(work, contact_id)


def without_reader(work: Work, about: About, lost: ContactId) -> None:
    """Send a card that cannot be read in the chat `lost` to the next readers, unless somebody else has it. Each chat
    gets it once."""
    if have_card(work.db, about):
        return
    match about.subject:
        case Subject.CASE:
            _case_to_next(work, about, lost)
        case Subject.QUESTION:
            log.error("police_chat_gone", question=about.id)
            ask_police.ask_others(work, QuestionId(about.id), cards.had_card(work.db, about))
        case _:
            return  # only cases and questions have cards


def _case_to_next(work: Work, about: About, lost: ContactId) -> None:
    case = cases.by_id(work.db, CaseId(about.id), hold=True)
    if case is None or not case.waits_for_taker or case.routed != about.round:
        return
    log.error("police_chat_gone", case=case.id, unit=case.unit)
    had = cards.had_card(work.db, about)
    own = [chat for chat in linked_contacts.others(work.db, lost) if chat.id not in had][:1]
    to = own or _readers_of(work, case.unit, had)
    if not to:
        level = max(case.level, PROVINCE_LEVEL)
        case = door.apply(work, SYSTEM, case, Action.ESCALATE, Change(level=level), quiet=True)
        to = _readers_of(work, case.province, had)
    if not to:
        log.error("nobody_to_alert", case=case.id, unit=case.unit)
    alert.send_card(work, case, to)


def _readers_of(work: Work, unit: Unit, had: frozenset[ContactId]) -> list[Recipient]:
    return [chat for chat in cases.police_of(work.db, unit, *_READERS) if chat.id not in had]
