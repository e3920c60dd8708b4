"""Contacts: one chat on one channel. Its address is encrypted; it is found by a keyed hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from core.access import Duty, Role
from core.conversation.person import ConversationState
from core.ids import ContactId, GroupId, PersonId, TipId, Unit
from core.messages import Channel, ChatId, Language
from storage import quick
from storage.quick import ask
from storage.tables import contact, conversation, duty
from storage.upsert import insert_if_new, insert_row
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A chat as it is stored. `step` … `wrote_at` are its conversation's row (None while it has none). `wrote_at` is
    the person's last word in this very chat: what he says in a group opens no window here."""

    id: ContactId
    channel: Channel
    language: Language
    commune: str
    is_group: bool
    reachable: bool
    person: PersonId | None = None
    new: bool = False
    step: str = ""
    sealed_draft: bytes | None = None
    tip_id: TipId | None = None
    tip_at: datetime | None = None
    tokens: float | None = None
    tokens_at: datetime | None = None
    wrote_at: datetime | None = None


_COLUMNS = (
    contact.c.id,
    contact.c.channel,
    contact.c.language,
    contact.c.commune,
    contact.c.is_group,
    contact.c.reachable,
    contact.c.person,
    conversation.c.step,
    conversation.c.sealed_draft,
    conversation.c.tip_id,
    conversation.c.tip_at,
    conversation.c.tokens,
    conversation.c.tokens_at,
    conversation.c.wrote_at,
)
_ALL = select(*_COLUMNS).select_from(contact.outerjoin(conversation))
_THIS = (contact.c.channel == bindparam("on")) & (contact.c.address_hash == bindparam("hashed"))
_FIND = _ALL.where(_THIS)
_HOLD = select(contact.c.id).where(_THIS).with_for_update()
_BY_ID = _ALL.where(contact.c.id == bindparam("number"))
_DUTIES = select(duty.c.role, duty.c.unit, duty.c.group_id, duty.c.on_duty).where(
    duty.c.contact_id == bindparam("number"), duty.c.until.is_(None)
)
_NAME = select(contact.c.sealed_name, contact.c.person).where(contact.c.id == bindparam("number"))
_NAME_ELSEWHERE = (
    select(contact.c.sealed_name)
    .where(contact.c.person == bindparam("of"), contact.c.sealed_name.is_not(None))
    .order_by(contact.c.id)
    .limit(1)
)
_KEPT = ("step", "sealed_draft", "tip_id", "tip_at", "tokens", "tokens_at", "wrote_at")
_SAVE = (
    update(conversation)
    .where(conversation.c.contact_id == bindparam("of"))
    .values({name: bindparam(f"to_{name}") for name in _KEPT})
)


def find(db: Connection, vault: Vault, channel: Channel, chat: ChatId, *, hold: bool = False) -> Contact | None:
    """The contact of a platform's chat. `hold` keeps other processes from taking the same person's next message before
    this transaction ends; on SQLite there is one writer anyway."""
    who = {"on": channel.value, "hashed": address_hash(vault, channel, chat)}
    if hold and db.dialect.name == "postgresql":
        db.execute(_HOLD, who)
    rows = ask(db, _FIND, who)
    return _contact(rows[0]) if rows else None


def by_id(db: Connection, contact_id: int) -> Contact:
    """A contact by its number. Raises `NoResultFound`."""
    return _contact(db.execute(_BY_ID, {"number": contact_id}).one())


def meet(
    db: Connection,
    vault: Vault,
    channel: Channel,
    chat: ChatId,
    *,
    now: datetime,
    language: Language | None = None,
    is_group: bool = False,
    name: str = "",
) -> Contact:
    """The contact of a platform's chat, made when it is met for the first time."""
    known = find(db, vault, channel, chat, hold=not is_group)
    if known is not None:
        return known
    values = {
        "channel": channel.value,
        "address_hash": address_hash(vault, channel, chat),
        "sealed_address": vault.seal(chat),
        "sealed_name": vault.seal(name) if name else None,
        "is_group": is_group,
        "language": (language or Language.VI).value,
        "reachable": True,
        "created_at": now,
    }
    made = insert_if_new(db, contact, values)
    if made is None:  # another process met the same chat a moment ago
        found = find(db, vault, channel, chat)
        if found is None:
            raise RuntimeError("a contact vanished while it was being made")
        return found
    return Contact(
        id=ContactId(made),
        channel=channel,
        language=Language(str(values["language"])),
        commune="",
        is_group=is_group,
        reachable=True,
        new=True,
    )


def address_hash(vault: Vault, channel: Channel, chat: str) -> bytes:
    """What a chat is found by."""
    return vault.hash("contact", channel.value, chat)


def save_conversation(db: Connection, known: Contact, values: dict[str, Any]) -> None:
    """Write the conversation's row (the columns of `_KEPT`), made at the first word."""
    if known.tokens is None:
        insert_row(db, conversation, {**values, "contact_id": known.id})
    else:
        quick.change(db, _SAVE, {"of": known.id} | {f"to_{name}": value for name, value in values.items()})


def set_step(db: Connection, vault: Vault, contact_id: int, state: ConversationState) -> None:
    """Put somebody else's conversation at a step: the police asked him something."""
    sealed = vault.seal_json(dict(state.draft)) if state.draft else None
    db.execute(
        update(conversation)
        .where(conversation.c.contact_id == contact_id)
        .values(step=state.step.value, sealed_draft=sealed)
    )


def duties_of(db: Connection, chats: Iterable[int]) -> tuple[Duty, ...]:
    """The roles that a person holds now, in any of his chats."""
    rows = [row for number in sorted(chats) for row in ask(db, _DUTIES, {"number": number})]
    return tuple(Duty(Role(row.role), Unit(row.unit or ""), GroupId(row.group_id or ""), row.on_duty) for row in rows)


def change(db: Connection, contact_id: int, **values: Any) -> None:
    """Set columns of a contact."""
    db.execute(update(contact).where(contact.c.id == contact_id).values(values))


def readdress(db: Connection, vault: Vault, contact_id: int, channel: Channel, chat: ChatId) -> None:
    """A chat goes on under another id. Were that one known already, the old entry is only marked as gone."""
    if find(db, vault, channel, chat) is not None:
        change(db, contact_id, reachable=False)
        return
    change(db, contact_id, address_hash=address_hash(vault, channel, chat), sealed_address=vault.seal(chat))


def name_of(db: Connection, vault: Vault, contact_id: int | None) -> str:
    """The name that a person goes by, in this chat or in another of his; "" when none is known."""
    if contact_id is None:
        return ""
    for row in ask(db, _NAME, {"number": contact_id}):
        if row.sealed_name:
            return vault.open(row.sealed_name)
        if row.person is not None:
            sealed = db.execute(_NAME_ELSEWHERE, {"of": row.person}).scalar_one_or_none()
            return vault.open(sealed) if sealed else ""
    return ""


def _contact(row: Any) -> Contact:
    return Contact(
        id=ContactId(row.id),
        channel=Channel(row.channel),
        language=Language(row.language),
        commune=row.commune or "",
        is_group=row.is_group,
        reachable=row.reachable,
        person=PersonId(row.person) if row.person is not None else None,
        step=row.step or "",
        sealed_draft=row.sealed_draft,
        tip_id=TipId(row.tip_id) if row.tip_id is not None else None,
        tip_at=row.tip_at,
        tokens=row.tokens,
        tokens_at=row.tokens_at,
        wrote_at=row.wrote_at,
    )
