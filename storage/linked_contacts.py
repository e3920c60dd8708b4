"""Linked chats: the chats of one person, one of which is their preferred chat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from core.ids import ContactId, PersonId
from core.messages import Channel, Language
from storage.outbox import Recipient
from storage.tables import contact

COLUMNS: Final = (
    contact.c.id,
    contact.c.channel,
    contact.c.language,
    contact.c.reachable,
    contact.c.person,
    contact.c.preferred,
)
"""The columns that `resolve` needs."""
_BY_ID: Final = select(*COLUMNS).where(contact.c.id.in_(bindparam("ids", expanding=True))).order_by(contact.c.id)
_OF_PERSON: Final = (
    select(*COLUMNS).where(contact.c.person.in_(bindparam("people", expanding=True))).order_by(contact.c.id)
)


def ids_of(db: Connection, contact_id: ContactId, person: PersonId | None) -> frozenset[ContactId]:
    """The ids of all chats linked with this one, itself included. `person` is the value of its row's column, None when
    it is not linked."""
    if person is None:
        return frozenset({contact_id})
    return frozenset(ContactId(row.id) for row in db.execute(_OF_PERSON, {"people": [person]}))


def chats_of(db: Connection, contact_id: ContactId | None) -> frozenset[ContactId]:
    """The ids of all chats linked with this one, itself included; empty for None."""
    if contact_id is None:
        return frozenset()
    row = _row(db, contact_id)
    return ids_of(db, contact_id, row.person if row is not None else None)


def channels_of(db: Connection, person: PersonId) -> list[tuple[ContactId, Channel]]:
    """(chat id, channel) of each chat of a person, in the order of their ids."""
    return [(ContactId(row.id), Channel(row.channel)) for row in db.execute(_OF_PERSON, {"people": [person]})]


def recipients(db: Connection, ids: Iterable[ContactId]) -> list[Recipient]:
    """The recipients for the people who own these chats: each person once, in their preferred chat. People who cannot
    be reached in any chat are left out."""
    wanted = list(ids)
    return resolve(db, db.execute(_BY_ID, {"ids": wanted}).all()) if wanted else []


def resolve(db: Connection, rows: Sequence[Any]) -> list[Recipient]:
    """The recipients for the people who own the chats of `rows` (with the columns `COLUMNS`): each person once, in
    their preferred chat."""
    people = sorted({row.person for row in rows if row.person is not None})
    if not people:
        return [_recipient(row) for row in rows if row.reachable]
    chats: dict[int, list[Any]] = {}
    for chat in db.execute(_OF_PERSON, {"people": people}):
        chats.setdefault(chat.person, []).append(chat)
    told: dict[int, Recipient] = {}
    for row in rows:
        best = _best(row, chats.get(row.person, [row]) if row.person is not None else [row])
        if best is not None:
            told.setdefault(best.id, _recipient(best))
    return list(told.values())


def others(db: Connection, contact_id: ContactId) -> list[Recipient]:
    """The other chats in which the same person can be reached, the preferred one first."""
    mine = _row(db, contact_id)
    if mine is None or mine.person is None:
        return []
    rows = db.execute(_OF_PERSON, {"people": [mine.person]}).all()
    rest = [row for row in rows if row.id != contact_id and row.reachable]
    return [_recipient(row) for row in sorted(rest, key=lambda row: (not row.preferred, row.id))]


def link(db: Connection, left: ContactId, right: ContactId) -> PersonId:
    """Link two chats, and all chats that each was linked with before; returns the person's id. `right` becomes the
    preferred chat."""
    rows = {row.id: row for row in db.execute(_BY_ID, {"ids": [left, right]})}
    people = [row.person for row in rows.values() if row.person is not None]
    person = PersonId(min([left, right, *people]))
    members = [left, right]
    if people:
        members += [row.id for row in db.execute(_OF_PERSON, {"people": people})]
    db.execute(update(contact).where(contact.c.id.in_(members)).values(person=person))
    prefer(db, person, right)
    _share_home(db, person)
    return person


def prefer(db: Connection, person: PersonId, contact_id: ContactId) -> None:
    """Make a chat the preferred one of its person."""
    db.execute(update(contact).where(contact.c.person == person).values(preferred=contact.c.id == contact_id))


def unlink(db: Connection, contact_id: ContactId, person: PersonId) -> None:
    """Unlink one chat. A single chat that remains is unlinked too."""
    db.execute(update(contact).where(contact.c.id == contact_id).values(person=None, preferred=False))
    rest = [ContactId(row.id) for row in db.execute(_OF_PERSON, {"people": [person]})]
    if len(rest) == 1:
        db.execute(update(contact).where(contact.c.id == rest[0]).values(person=None, preferred=False))
    elif rest:
        prefer(db, person, rest[0])


def lost(db: Connection, contact_id: ContactId) -> None:
    """Choose another preferred chat for the person when their preferred chat cannot be reached any more."""
    mine = _row(db, contact_id)
    if mine is not None and mine.person is not None and mine.preferred:
        rest = others(db, contact_id)
        if rest:
            prefer(db, PersonId(mine.person), rest[0].id)


def _share_home(db: Connection, person: PersonId) -> None:
    """Copy the commune and household of one of the chats to all linked chats without one."""
    mine = contact.c.person == person
    rows = db.execute(select(contact.c.commune, contact.c.household_id).where(mine).order_by(contact.c.id)).all()
    commune = next((row.commune for row in rows if row.commune), None)
    home = next((row.household_id for row in rows if row.household_id), None)
    for column, known in ((contact.c.commune, commune), (contact.c.household_id, home)):
        if known is not None:
            db.execute(update(contact).where(mine, column.is_(None)).values({column.name: known}))


def _row(db: Connection, contact_id: ContactId) -> Any | None:
    return db.execute(_BY_ID, {"ids": [contact_id]}).one_or_none()


def _best(row: Any, chats: Sequence[Any]) -> Any | None:
    """The preferred chat, else the chat of `row`, else any chat that can be reached; None when none can."""
    able = [chat for chat in chats if chat.reachable]
    for fits in (lambda chat: chat.preferred, lambda chat: chat.id == row.id, lambda chat: True):
        for chat in able:
            if fits(chat):
                return chat
    return None


def _recipient(row: Any) -> Recipient:
    return Recipient(ContactId(row.id), row.channel, Language(row.language))
