"""Contacts: one chat on one channel. Its address is encrypted; it is found by a keyed hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from core.conversation.person import ConversationState
from core.ids import ContactId, PersonId, TipId, Unit
from core.messages import Channel, ChatId, Language
from storage import quick
from storage.duties import of_chats
from storage.quick import ask
from storage.tables import contact, conversation
from storage.upsert import insert_if_new, insert_row
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A chat as it is stored. `commune` is "" while unknown. `step` … `wrote_at` come from its conversation's row (None
    while there is none). `wrote_at` (aware) is the time of the person's last message in this chat; what they write in a
    group does not count, because it opens no messaging window here. `new`: the row was made just now."""

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
# FOR NO KEY UPDATE lets others write rows that refer to this chat, above all its outbox. With a wider lock two officers
# who press at once would wait for each other until PostgreSQL ends the deadlock.
_HOLD = select(contact.c.id).where(_THIS).with_for_update(key_share=True)
_BY_ID = _ALL.where(contact.c.id == bindparam("chat"))
_NAME = select(contact.c.sealed_name, contact.c.person).where(contact.c.id == bindparam("chat"))
_NAME_ELSEWHERE = (
    select(contact.c.sealed_name)
    .where(contact.c.person == bindparam("of"), contact.c.sealed_name.is_not(None))
    .order_by(contact.c.id)
    .limit(1)
)
duties_of = of_chats
_KEPT = ("step", "sealed_draft", "tip_id", "tip_at", "tokens", "tokens_at", "wrote_at")
_SAVE = (
    update(conversation)
    .where(conversation.c.contact_id == bindparam("of"))
    .values({name: bindparam(f"to_{name}") for name in _KEPT})
)


def find(db: Connection, vault: Vault, channel: Channel, chat: ChatId, *, hold: bool = False) -> Contact | None:
    """The contact of a platform's chat, or None. `hold` locks its row until the transaction ends, so that no other
    process handles the same person's next message; on SQLite there is one writer anyway."""
    who = {"on": channel.value, "hashed": address_hash(vault, channel, chat)}
    if hold and db.dialect.name == "postgresql":
        db.execute(_HOLD, who)
    rows = ask(db, _FIND, who)
    return _contact(rows[0]) if rows else None


def by_id(db: Connection, contact_id: ContactId) -> Contact:
    """A contact. Raises `NoResultFound`."""
    return _contact(db.execute(_BY_ID, {"chat": contact_id}).one())


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
    """The contact of a platform's chat, inserted when it is not known yet."""
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
    if made is None:  # another process has just inserted the same chat
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
    """The keyed hash by which a chat is found."""
    return vault.hash("contact", channel.value, chat)


def save_conversation(db: Connection, known: Contact, values: dict[str, Any]) -> None:
    """Write the conversation's row (the columns of `_KEPT`), inserted at the first message."""
    if known.tokens is None:
        insert_row(db, conversation, {**values, "contact_id": known.id})
    else:
        quick.change(db, _SAVE, {"of": known.id} | {f"to_{name}": value for name, value in values.items()})


def set_step(db: Connection, vault: Vault, contact_id: ContactId, state: ConversationState) -> None:
    """Set the state of another person's conversation, because the police asked them something."""
    sealed = vault.seal_json(dict(state.draft)) if state.draft else None
    db.execute(
        update(conversation)
        .where(conversation.c.contact_id == contact_id)
        .values(step=state.step.value, sealed_draft=sealed)
    )


def set_reachable(db: Connection, contact_id: ContactId, *, reachable: bool) -> None:
    """Store whether a chat can be reached."""
    db.execute(update(contact).where(contact.c.id == contact_id).values(reachable=reachable))


def set_language(db: Connection, contact_id: ContactId, language: Language) -> None:
    """Store the language of all messages to a chat."""
    db.execute(update(contact).where(contact.c.id == contact_id).values(language=language.value))


def set_commune(db: Connection, contact_id: ContactId, commune: Unit) -> None:
    """Store the commune where a chat's person lives, as far as known."""
    db.execute(update(contact).where(contact.c.id == contact_id).values(commune=commune))


def set_name(db: Connection, vault: Vault, contact_id: ContactId, name: str) -> None:
    """Store the name of a chat's person, encrypted."""
    db.execute(update(contact).where(contact.c.id == contact_id).values(sealed_name=vault.seal(name)))


def readdress(db: Connection, vault: Vault, contact_id: ContactId, channel: Channel, chat: ChatId) -> None:
    """Change a chat's address on its platform. When the new address is known already, the old row is only marked as
    unreachable."""
    if find(db, vault, channel, chat) is not None:
        set_reachable(db, contact_id, reachable=False)
        return
    values = {"address_hash": address_hash(vault, channel, chat), "sealed_address": vault.seal(chat)}
    db.execute(update(contact).where(contact.c.id == contact_id).values(values))


def name_of(db: Connection, vault: Vault, contact_id: ContactId | None) -> str:
    """The name of a person, from this chat or another of theirs; "" when none is known."""
    if contact_id is None:
        return ""
    for row in ask(db, _NAME, {"chat": contact_id}):
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
