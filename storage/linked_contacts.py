"""The chats of one person: linked by himself with a one-time code. One of them is where he wants to be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from core.ids import ContactId, PersonId
from core.messages import Language
from storage.outbox import Recipient
from storage.tables import contact

COLUMNS = (
    contact.c.id,
    contact.c.channel,
    contact.c.language,
    contact.c.reachable,
    contact.c.person,
    contact.c.preferred,
)
"""What `resolve` needs of a contact."""
_BY_ID = select(*COLUMNS).where(contact.c.id.in_(bindparam("ids", expanding=True))).order_by(contact.c.id)
_OF_PERSON = select(*COLUMNS).where(contact.c.person.in_(bindparam("people", expanding=True))).order_by(contact.c.id)


def ids_of(db: Connection, contact_id: ContactId, person: PersonId | None) -> frozenset[ContactId]:
    """All chats of the one who has this chat; `person` is the contact's own column."""
    if person is None:
        return frozenset({contact_id})
    return frozenset(ContactId(row.id) for row in db.execute(_OF_PERSON, {"people": [person]}))


def same(db: Connection, contact_id: ContactId | None) -> frozenset[ContactId]:
    """The same, for a number that was written down; empty for None."""
    if contact_id is None:
        return frozenset()
    rows = db.execute(_BY_ID, {"ids": [contact_id]}).all()
    return ids_of(db, contact_id, rows[0].person if rows else None)


def recipients(db: Connection, ids: Iterable[int]) -> list[Recipient]:
    """Where the people who have these chats want to be told; who cannot be reached at all is left out."""
    wanted = list(ids)
    return resolve(db, db.execute(_BY_ID, {"ids": wanted}).all()) if wanted else []


def resolve(db: Connection, rows: Sequence[Any]) -> list[Recipient]:
    """The same, for rows with `COLUMNS`. Each person once."""
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


def others(db: Connection, contact_id: int) -> list[Recipient]:
    """The other chats in which the same person can be reached, the preferred one first."""
    mine = next(iter(db.execute(_BY_ID, {"ids": [contact_id]}).all()), None)
    if mine is None or mine.person is None:
        return []
    rows = db.execute(_OF_PERSON, {"people": [mine.person]}).all()
    rest = [row for row in rows if row.id != contact_id and row.reachable]
    return [_recipient(row) for row in sorted(rest, key=lambda row: (not row.preferred, row.id))]


def link(db: Connection, left: int, right: int) -> int:
    """Two chats are one person's, with all that each was linked to before; told where he wrote last (`right`)."""
    rows = {row.id: row for row in db.execute(_BY_ID, {"ids": [left, right]})}
    people = [row.person for row in rows.values() if row.person is not None]
    person = min([left, right, *people])
    members = (
        [left, right, *(row.id for row in db.execute(_OF_PERSON, {"people": people}))] if people else [left, right]
    )
    db.execute(update(contact).where(contact.c.id.in_(members)).values(person=person))
    prefer(db, person, right)
    return int(person)


def prefer(db: Connection, person: int, contact_id: int) -> None:
    """Tell the person in this chat from now on."""
    db.execute(update(contact).where(contact.c.person == person).values(preferred=contact.c.id == contact_id))


def unlink(db: Connection, contact_id: int, person: int) -> None:
    """Take one chat out. A person with a single chat left is no link any more."""
    db.execute(update(contact).where(contact.c.id == contact_id).values(person=None, preferred=False))
    rest = [row.id for row in db.execute(_OF_PERSON, {"people": [person]})]
    if len(rest) == 1:
        db.execute(update(contact).where(contact.c.id == rest[0]).values(person=None, preferred=False))
    elif rest:
        prefer(db, person, rest[0])


def lost(db: Connection, contact_id: int) -> None:
    """A chat cannot be reached any more: were it the preferred one, another takes over."""
    mine = next(iter(db.execute(_BY_ID, {"ids": [contact_id]}).all()), None)
    if mine is not None and mine.person is not None and mine.preferred:
        rest = others(db, contact_id)
        if rest:
            prefer(db, mine.person, rest[0].id)


def _best(row: Any, chats: Sequence[Any]) -> Any | None:
    """The preferred chat, or the one that was meant, or any that can be reached."""
    able = [chat for chat in chats if chat.reachable]
    for fits in (lambda chat: chat.preferred, lambda chat: chat.id == row.id, lambda chat: True):
        for chat in able:
            if fits(chat):
                return chat
    return None


def _recipient(row: Any) -> Recipient:
    return Recipient(row.id, row.channel, Language(row.language))
