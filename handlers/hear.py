"""Process one received message in one transaction.

The message key, the conversation, the tip, the audit row and every answer are committed together, and the platform is
told "received" only afterwards. So a crash at any moment neither loses nor duplicates a message.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from core.access import Actor
from core.channels import CAPABILITIES
from core.conversation.person import Person
from core.conversation.step import WANT_WORDS, step
from core.conversation.turn import Turn
from core.errors import Refusal, where
from core.ids import InboxId
from core.messages import Inbound
from core.replies import Reply, merge, say
from core.say import Say
from handlers.chat import dispatch
from handlers.chat.hearing import Hearing
from handlers.chat.numbers import read_number
from handlers.chat.speaker import hearing, meet, remember
from handlers.understand import propose
from handlers.work import AppContext
from storage import cases, inbox
from storage.contacts import Contact
from storage.database import Database
from storage.jobs import Unavailable, touch
from storage.outbox import Lane, Why

log = structlog.get_logger()

TOLD_AGAIN: Final = timedelta(minutes=1)


async def hear(database: Database, context: AppContext, heard: Inbound, now: datetime) -> None:
    """Process one message; returns after the commit. Raises `Unavailable` when nothing could be stored.

    A message that makes our code raise is stored whole as failed, and its sender is told that a person will look at
    it."""
    key = f"{heard.channel.value}:{heard.sender}"
    try:
        await database.write(lambda db: receive(db, context, heard, now), key=key)
    except Unavailable:
        raise
    except Exception as error:
        log.error("message_failed", channel=heard.channel.value, error=type(error).__name__, where=where(error))
        kind = type(error).__name__
        await database.write(lambda db: _keep_failed(db, context, heard, now, kind), key=key)


def receive(db: Connection, context: AppContext, heard: Inbound, now: datetime) -> bool:
    """Process one message inside the transaction `db`. False for a redelivery, which changes nothing."""
    me, chat = meet(db, context, heard, now)
    sealed = context.vault.seal_json(inbox.inbound_to_json(heard))
    inbox_id = inbox.record(db, heard, sealed, me.id, now)
    if inbox_id is None:
        return False
    touch(db, f"said:{me.id}")
    _answer(db, context, heard, now, me, chat, inbox_id)
    return True


def replay(db: Connection, context: AppContext, inbox_id: InboxId, heard: Inbound, now: datetime) -> None:
    """Process a failed message again, after a fix."""
    me, chat = meet(db, context, heard, now)
    _answer(db, context, heard, now, me, chat, inbox_id)
    inbox.mark(db, inbox_id, inbox.DONE)


def _answer(
    db: Connection, context: AppContext, heard: Inbound, now: datetime, me: Contact, chat: Contact, inbox_id: InboxId
) -> None:
    work, left = hearing(db, context, heard, now, me, chat, inbox_id)
    if left < -context.rules.flood:
        inbox.mark(db, inbox_id, inbox.REFUSED, "flood")
        _flooded(work)
        remember(work, left)
        return
    meant = read_number(db, context, chat, heard, now, idle=work.state.step not in WANT_WORDS)
    if isinstance(meant, Reply):
        _do(work, Turn(replies=(meant,)))
    else:
        work.heard = meant
        _do(
            work,
            step(
                work.person,
                work.state,
                meant,
                lambda text: propose(work, text, work.me.commune),
                now,
                context.answer,
                context.rules.kinds,
            ),
        )
    if -1 <= left < 0:
        work.tell(work.to_chat, Reply(lines=(say(Say.SLOW_DOWN),)), reason=f"hear:{inbox_id}:slow", why=Why.REPLY)
    remember(work, left)


def _do(work: Hearing, turn: Turn) -> None:
    if turn.state is not None:
        work.state = turn.state
    replies = list(turn.replies)
    for command in turn.commands:
        try:
            replies += dispatch.run(work, command)
        except Refusal as refusal:
            if work.heard.press:
                work.toast, work.alert = refusal.words, True
            else:
                replies.append(Reply(lines=(refusal.words,)))
    heard = work.heard
    if heard.press:
        toast = Reply(lines=(work.toast,) if work.toast else (), press=heard.press, alert=work.alert)
        work.tell(work.to_chat, toast, reason=f"hear:{work.inbox_id}:press", lane=Lane.PRESS, why=Why.REPLY)
    elif work.toast is not None and not replies:
        replies.append(Reply(lines=(work.toast,)))  # a button that was chosen by typing its number
    if len(replies) > 1 and CAPABILITIES[heard.channel].merged:
        replies = [merge(replies)]
    for number, reply in enumerate(replies):
        if reply.slot and not heard.button:
            reply = replace(reply, fresh=True)  # typed words are answered below them, not somewhere further up
        work.tell(work.to_chat, reply, reason=f"hear:{work.inbox_id}:{number}", lane=work.lane, why=Why.REPLY)


def _flooded(work: Hearing) -> None:
    """Answer a sender who is over every rate limit, once a minute, with the number to call."""
    minute = int(work.now.timestamp() // TOLD_AGAIN.total_seconds())
    work.tell(work.to_chat, Reply(lines=(say(Say.TOO_MANY),)), reason=f"flood:{work.me.id}:{minute}", why=Why.REPLY)


def _keep_failed(db: Connection, context: AppContext, heard: Inbound, now: datetime, error: str) -> None:
    me, chat = meet(db, context, heard, now)
    sealed = context.vault.seal_json(inbox.inbound_to_json(heard))
    inbox_id = inbox.record(db, heard, sealed, me.id, now)
    if inbox_id is None:
        return
    inbox.mark(db, inbox_id, inbox.FAILED, error)
    work = Hearing(
        db=db,
        context=context,
        now=now,
        heard=heard,
        inbox_id=inbox_id,
        me=me,
        chat=chat,
        person=Person(id=me.id, language=me.language),
        by=Actor(me.id, frozenset({me.id})),
    )
    work.tell(work.to_chat, Reply(lines=(say(Say.TROUBLE),)), reason=f"hear:{inbox_id}:trouble", why=Why.REPLY)
    alarm = Reply(lines=(say(Say.MESSAGE_FAILED, number=inbox_id, error=error),))
    for operator in cases.operators(db):
        work.tell(
            operator, alarm, reason=f"failed:{now:%Y%m%d%H}", lane=Lane.ALERT, why=Why.ALARM
        )  # at most once an hour
