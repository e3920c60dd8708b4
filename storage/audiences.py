"""Which chats belong to an audience, and when each of them last wrote to us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select

from core.access import Role
from core.ids import ContactId
from core.messages import Channel
from core.plan import Audience
from storage.outbox import Recipient, recipient
from storage.tables import contact, conversation, duty, household, self_managed_group

_POLICE: Final = (Role.OFFICER.value, Role.COMMANDER.value)
_NOW_POLICE: Final = select(duty.c.contact_id).where(duty.c.until.is_(None), duty.c.role.in_(_POLICE))


@dataclass(frozen=True, slots=True)
class PrivateChat:
    """A person's private chat with the bot. `wrote_at` (aware) is the time of their last message in it (None: never).
    `police`: they have a duty in a unit."""

    id: ContactId
    channel: Channel
    wrote_at: datetime | None
    police: bool


def page(db: Connection, audience: Audience, *, after: ContactId, most: int) -> list[Recipient]:
    """The next chats of an audience with ids above `after`, in the order of their ids: one for each person, the
    preferred one of several."""
    rows = db.execute(
        select(contact.c.id, contact.c.channel, contact.c.language)
        .where(contact.c.id > after, _told(audience))
        .order_by(contact.c.id)
        .limit(most)
    )
    return [recipient(row) for row in rows]


def chats(db: Connection, audience: Audience) -> list[PrivateChat]:
    """All chats of an audience, one for each person."""
    return _chats(db, _told(audience))


def chats_on(db: Connection, channel: Channel) -> list[PrivateChat]:
    """All private chats on a channel that have not blocked the bot."""
    return _chats(db, (contact.c.channel == channel.value) & contact.c.reachable & ~contact.c.is_group)


def other_chats(db: Connection, chat: ContactId) -> list[PrivateChat]:
    """The other chats of the same person that have not blocked the bot."""
    person = select(contact.c.person).where(contact.c.id == chat).scalar_subquery()
    return _chats(db, (contact.c.person == person) & (contact.c.id != chat) & contact.c.reachable)


def _chats(db: Connection, wanted: ColumnElement[bool]) -> list[PrivateChat]:
    rows = db.execute(
        select(contact.c.id, contact.c.channel, conversation.c.wrote_at, contact.c.id.in_(_NOW_POLICE).label("police"))
        .outerjoin(conversation, conversation.c.contact_id == contact.c.id)
        .where(wanted)
        .order_by(contact.c.id)
    )
    return [PrivateChat(ContactId(row.id), Channel(row.channel), row.wrote_at, bool(row.police)) for row in rows]


def _told(audience: Audience) -> ColumnElement[bool]:
    one_each = contact.c.person.is_(None) | contact.c.preferred
    return contact.c.reachable & one_each & ~contact.c.is_group & _belongs_to(audience)


def _belongs_to(audience: Audience) -> ColumnElement[bool]:
    """The condition on a chat that its person belongs to the audience: residents of its communes (by poster or
    household) or of its groups' households, and its groups' leaders."""
    if audience.groups:
        groups = _groups(self_managed_group.c.id, audience.groups)
    elif audience.models:
        groups = _groups(self_managed_group.c.model, audience.models)
    else:
        groups = _groups(self_managed_group.c.unit, audience.units)
    leaders = contact.c.id.in_(select(duty.c.contact_id).where(duty.c.group_id.in_(groups), duty.c.until.is_(None)))
    if audience.groups or audience.models:
        return _lives_in(household.c.group_id.in_(groups)) | leaders
    return contact.c.commune.in_(audience.units) | _lives_in(household.c.unit.in_(audience.units)) | leaders


def _groups(column: ColumnElement[str], wanted: Sequence[str]) -> Select[Any]:
    return select(self_managed_group.c.id).where(column.in_(wanted))


def _lives_in(homes: ColumnElement[bool]) -> ColumnElement[bool]:
    return contact.c.household_id.in_(select(household.c.id).where(homes))
