"""Find who sent a message, the state of their conversation, and the tips that the message may belong to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from core.access import Actor, Duty
from core.conversation.person import ConversationState, OpenTip, Person, Step
from core.conversation.rate_limit import allowance
from core.ids import InboxId
from core.messages import ChatId, Inbound
from handlers.chat.hearing import Hearing
from handlers.work import AppContext
from storage import contacts, linked_contacts, tips
from storage.contacts import Contact


def meet(db: Connection, context: AppContext, heard: Inbound, now: datetime) -> tuple[Contact, Contact]:
    """(the sender's private chat, the chat in which they write): the same one, or a group as the second. Locks both
    rows."""
    # on every supported platform the id of a private chat is the person's own id
    own = ChatId(heard.sender) if heard.in_group else heard.chat
    name, language = heard.sender_name, heard.language
    me = contacts.meet(db, context.vault, heard.channel, own, now=now, language=language, name=name)
    if not heard.in_group:
        return me, me
    return me, contacts.meet(db, context.vault, heard.channel, heard.chat, now=now, language=language, is_group=True)


def hearing(
    db: Connection, context: AppContext, heard: Inbound, now: datetime, me: Contact, chat: Contact, inbox_id: InboxId
) -> tuple[Hearing, float]:
    """(the `Hearing` of one message, what is left of the sender's rate limit)."""
    own = linked_contacts.ids_of(db, me.id, me.person)
    duties: tuple[Duty, ...] = () if me.new else contacts.duties_of(db, own)
    left = allowance(me.tokens, me.tokens_at, now, burst=context.rules.burst, refill_s=context.rules.refill_s)
    person = Person(
        id=me.id,
        language=me.language,
        duties=duties,
        commune=me.commune,
        tip=_open_tip(db, context, me, heard),
        new=me.new,
        quiet=left < 0,
    )
    work = Hearing(
        db=db,
        context=context,
        now=now,
        heard=heard,
        inbox_id=inbox_id,
        me=me,
        chat=chat,
        person=person,
        by=Actor(me.id, own, duties),
        tip_id=me.tip_id,
        tip_at=me.tip_at,
        state=_state(context, me),
    )
    return work, left


def remember(work: Hearing, left: float) -> None:
    """Save the conversation's state after the message."""
    state = work.state
    values: dict[str, Any] = {
        "step": state.step.value,
        "sealed_draft": work.context.vault.seal_json(dict(state.draft)) if state.draft else None,
        "tip_id": work.tip_id,
        "tip_at": work.tip_at,
        "tokens": left,
        "tokens_at": work.now,
        "wrote_at": work.me.wrote_at if work.heard.in_group else work.now,
    }
    contacts.save_conversation(work.db, work.me, values)
    if not work.chat.reachable and work.heard.notice is None:
        # A person who writes or presses a button can be reached, whatever the platform reported before.
        contacts.set_reachable(work.db, work.chat.id, reachable=True)


def _state(context: AppContext, me: Contact) -> ConversationState:
    if not me.step:
        return ConversationState()
    draft = context.vault.open_json(me.sealed_draft) if me.sealed_draft else {}
    try:
        return ConversationState(Step(me.step), draft)
    except ValueError:
        return ConversationState()  # a step that an upgrade has removed


def _open_tip(db: Connection, context: AppContext, me: Contact, heard: Inbound) -> OpenTip | None:
    if me.tip_id is None or me.tip_at is None:
        return None
    tip = tips.by_id(db, context.vault, me.tip_id)
    if tip is None:
        return None
    same_album = bool(heard.album) and tips.is_of_album(db, context.vault, tip.id, heard.album)
    return OpenTip(
        id=tip.id,
        code=tip.code,
        category=tip.case.category,
        urgency=tip.case.urgency,
        commune=tip.case.commune or "",
        touched_at=me.tip_at,
        open=not tip.withdrawn and tip.case.is_open,
        album=heard.album if same_album else "",
        has_text=bool(tip.reading.guesses),
    )
