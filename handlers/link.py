"""One person, several apps: linked with a one-time code, so that a case goes on wherever he is, and no app is needed to
survive. He chooses where to be told; each of his chats hears of a new link, and can undo it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from core.channels import channel_name
from core.codes import RECEIPT_BYTES, link_code
from core.conversation.commands import MakeLink, PreferChat, Unlink, UseLink
from core.errors import NotFound, Refusal
from core.replies import Choice, Reply, say
from core.say import Say
from handlers.chat.hearing import Hearing
from handlers.show_tips import WRONG_CODES, WRONG_WITHIN, TooManyGuesses
from storage import audit, contacts, guesses, linked_contacts
from storage.outbox import Recipient, Why
from storage.tables import contact, invite
from storage.upsert import insert_id

VALID: Final = timedelta(minutes=15)
LINK: Final = "link"
MOST: Final = 4
"""Chats of one person."""


class LinkUnknown(Refusal):
    """No such code, used already, or too old: the three look alike."""

    key = Say.LINK_CODE_UNKNOWN


def make_link(work: Hearing, act: MakeLink) -> list[Reply]:
    """A one-time code, to be sent from the other app within a quarter of an hour."""
    code = link_code(work.context.random(RECEIPT_BYTES))
    insert_id(
        work.db,
        invite,
        {
            "code_hash": work.context.vault.hash("link", code),
            "role": LINK,
            "created_at": work.now,
            "expires_at": work.now + VALID,
            "contact_id": work.me.id,
        },
    )
    return [Reply(lines=(say(Say.LINK_CODE, code=code),), protect=True)]


def use_link(work: Hearing, act: UseLink) -> list[Reply]:
    """Link this chat with the one that the code came from. Raises `TooManyGuesses` or `LinkUnknown`."""
    if guesses.wrong(work.db, work.me.id, work.now - WRONG_WITHIN) >= WRONG_CODES:
        raise TooManyGuesses
    row = work.db.execute(
        update(invite)
        .where(
            invite.c.code_hash == work.context.vault.hash("link", act.code),
            invite.c.role == LINK,
            invite.c.used_at.is_(None),
            invite.c.expires_at > work.now,
            invite.c.contact_id != work.me.id,
        )
        .values(used_at=work.now, used_by=work.me.id)
        .returning(invite.c.contact_id)
    ).one_or_none()
    if row is None:
        guesses.note(work.db, work.me.id, work.now)
        raise LinkUnknown
    other = contacts.by_id(work.db, row.contact_id)
    if (
        len(
            linked_contacts.ids_of(work.db, other.id, other.person)
            | linked_contacts.ids_of(work.db, work.me.id, work.me.person)
        )
        > MOST
    ):
        raise LinkUnknown
    person = linked_contacts.link(work.db, other.id, work.me.id)
    _share_home(work, person)
    audit.note(work.db, work.context.vault, chain="", case_id=None, actor=work.me.id, act="linked", now=work.now)
    there = Recipient(other.id, other.channel.value, other.language)
    told = Reply(
        lines=(say(Say.LINKED_HERE, channel=channel_name(work.me.channel.value)),),
        rows=((Choice("m:unlink", say(Say.BUTTON_UNLINK)),),),
    )
    work.tell(there, told, reason=f"hear:{work.inbox_id}:linked", why=Why.STEP)
    lines = (say(Say.LINKED, channel=channel_name(other.channel.value)), say(Say.WHERE_TO_TELL))
    return [Reply(lines=lines, rows=_where(work, person))]


def prefer_chat(work: Hearing, act: PreferChat) -> list[Reply]:
    """Where the person wants to be told. Only among his own chats."""
    person = work.me.person
    if person is None or act.contact not in linked_contacts.ids_of(work.db, work.me.id, person):
        raise NotFound
    linked_contacts.prefer(work.db, person, act.contact)
    channel = contacts.by_id(work.db, act.contact).channel.value
    return [Reply(lines=(say(Say.TELL_THERE, channel=channel_name(channel)),))]


def unlink(work: Hearing, act: Unlink) -> list[Reply]:
    """This chat stands alone again; what the other chats have stays with them."""
    if work.me.person is None:
        return [Reply(lines=(say(Say.NOT_LINKED),))]
    rest = linked_contacts.others(work.db, work.me.id)
    linked_contacts.unlink(work.db, work.me.id, work.me.person)
    for there in rest:
        told = Reply(lines=(say(Say.UNLINKED_THERE, channel=channel_name(work.me.channel.value)),))
        work.tell(there, told, reason=f"hear:{work.inbox_id}:unlinked", why=Why.STEP)
    return [Reply(lines=(say(Say.UNLINKED),))]


def _where(work: Hearing, person: int) -> tuple[tuple[Choice, ...], ...]:
    rows = work.db.execute(
        select(contact.c.id, contact.c.channel).where(contact.c.person == person).order_by(contact.c.id)
    )
    return tuple((Choice(f"m:here:{row.id}", channel_name(row.channel)),) for row in rows)


def _share_home(work: Hearing, person: int) -> None:
    """What a poster or a plan said of where one of the chats belongs holds for the person."""
    mine = contact.c.person == person
    rows = work.db.execute(select(contact.c.commune, contact.c.household_id).where(mine).order_by(contact.c.id)).all()
    commune = next((row.commune for row in rows if row.commune), None)
    home = next((row.household_id for row in rows if row.household_id), None)
    for column, known in ((contact.c.commune, commune), (contact.c.household_id, home)):
        if known is not None:
            work.db.execute(update(contact).where(mine, column.is_(None)).values({column.name: known}))
