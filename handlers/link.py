"""Link one person's chats on several apps with a one-time code, so that no single app is needed to reach them. The
person chooses the preferred chat; each of their chats is told of a new link and can undo it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.access import Actor
from core.channels import channel_name
from core.codes import RECEIPT_BYTES, link_code
from core.errors import NotFound, Refusal
from core.ids import ContactId
from core.messages import Channel
from core.replies import Choice, Reply, say
from core.say import Say
from handlers.show_tips import WRONG_CODES, WRONG_WITHIN, TooManyGuesses
from handlers.work import Work
from storage import audit, contacts, guesses, link_codes, linked_contacts
from storage.outbox import Recipient, Why

VALID: Final = timedelta(minutes=15)
MOST: Final = 4
"""Linked chats that one person may have at most."""


class LinkUnknown(Refusal):
    """Raised when the link would give one person more chats than allowed. The words are the same as for an unknown
    code."""

    key = Say.LINK_CODE_UNKNOWN


class NotLinked(Refusal):
    """Raised when the chat is not linked."""

    key = Say.NOT_LINKED


@dataclass(frozen=True, slots=True)
class Linked:
    """The channel of the chat that made the code, and all chats that belong to the person now."""

    other: Channel
    chats: tuple[tuple[ContactId, Channel], ...]


def make_link(work: Work, by: Actor) -> str:
    """Make a one-time code, to be sent from the person's other app within a quarter of an hour."""
    code = link_code(work.context.random(RECEIPT_BYTES))
    link_codes.add(work.db, work.context.vault, code, by.own_chat, now=work.now, until=work.now + VALID)
    return code


def use_link(work: Work, by: Actor, code: str) -> Linked | None:
    """Link the actor's chat with the chat that made the code, which is told of it. None when there is no such code, it
    was used, or it is too old. Such tries are counted, so that nobody finds a code by guessing.

    Raises `TooManyGuesses` or `LinkUnknown`."""
    db, me = work.db, by.own_chat
    if guesses.wrong(db, me, work.now - WRONG_WITHIN) >= WRONG_CODES:
        raise TooManyGuesses
    used = link_codes.use(db, work.context.vault, code, me, work.now)
    if used is None:
        guesses.note(db, me, work.now)
        return None
    if len(by.chats | linked_contacts.chats_of(db, used.made_by)) > MOST:
        raise LinkUnknown
    person = linked_contacts.link(db, used.made_by, me)
    audit.note(db, work.context.vault, chain="", case_id=None, actor=me, act="linked", now=work.now)
    here, there = contacts.by_id(db, me), contacts.by_id(db, used.made_by)
    told = Reply(
        lines=(say(Say.LINKED_HERE, channel=channel_name(here.channel)),),
        rows=((Choice("m:unlink", say(Say.BUTTON_UNLINK)),),),
    )
    to = Recipient(there.id, there.channel.value, there.language)
    work.tell(to, told, reason=f"linked:{used.id}", why=Why.STEP)
    return Linked(there.channel, tuple(linked_contacts.channels_of(db, person)))


def prefer_chat(work: Work, by: Actor, chat: ContactId) -> Channel:
    """Set the person's preferred chat; returns its channel. Raises `NotFound` unless it is one of their linked
    chats."""
    person = contacts.by_id(work.db, by.own_chat).person
    if person is None or not by.owns(chat):
        raise NotFound
    linked_contacts.prefer(work.db, person, chat)
    return contacts.by_id(work.db, chat).channel


def unlink(work: Work, by: Actor) -> None:
    """Unlink the actor's chat. The other chats are told, and keep what they have.

    Raises `NotLinked`."""
    here = contacts.by_id(work.db, by.own_chat)
    if here.person is None:
        raise NotLinked
    rest = linked_contacts.others(work.db, here.id)
    linked_contacts.unlink(work.db, here.id, here.person)
    told = Reply(lines=(say(Say.UNLINKED_THERE, channel=channel_name(here.channel)),))
    for there in rest:
        work.tell(there, told, reason=f"unlinked:{here.id}:{work.now.isoformat()}", why=Why.STEP)
