"""Numbers for apps without buttons: find the list that a person was looking at when they typed a number.

The offered lists are read from the outbox: the newest one that had reached the person before they wrote counts, for
half an hour. A list that came unasked (an alert) while they were typing is not counted as the one they answered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from core.channels import CAPABILITIES
from core.conversation.numbers import MORE, number_in, pick
from core.messages import Inbound
from core.replies import Reply, on_page, say
from core.say import Say
from handlers.work import AppContext
from locales.words import render, text
from storage import transcript
from storage.contacts import Contact
from storage.transcript import Shown

LASTS: Final = timedelta(minutes=30)
READ_IN: Final = timedelta(seconds=3)
"""The time that a person needs at least to read and answer a list that came unasked."""
LOOKED_AT: Final = 20


def read_number(
    db: Connection, context: AppContext, chat: Contact, heard: Inbound, now: datetime, *, idle: bool
) -> Inbound | Reply:
    """The message turned into the button press that it means; or a reply to send instead; or the message unchanged,
    when it answers no list.

    `idle`: no question waits for words, so the reply to a bare number without a list says that there is no list.
    Otherwise a number answers the question that came after the list ("how many people?"), not the list."""
    listed = CAPABILITIES[heard.channel].listed
    if not listed or not heard.text or heard.button or heard.media or heard.place or heard.text.startswith("/"):
        return heard
    if heard.in_group and not heard.addressed:
        return heard
    lists = _offered(db, context, chat, min(heard.sent_at, now), idle=idle)
    number = number_in(heard.text)
    if not lists:
        if number is None or not idle:
            return heard
        # In a group a number may well be meant for another member, so there is no reply.
        return replace(heard, addressed=False) if heard.in_group else Reply(lines=(say(Say.LIST_STALE),))
    newest = lists[0]
    shown, more = on_page(newest.reply, listed)
    labels = [render(choice.label, chat.language) for choice in shown]
    turn = text(Say.LIST_MORE.value, chat.language)
    index = pick(heard.text, labels, more=turn if more else "")
    if index is None:
        meant = number is not None or pick(heard.text, [], more=turn) is not None
        return _again(newest.reply, len(shown)) if meant and (idle or newest.asked_for) else heard
    if number is not None and len(lists) > 1 and not newest.asked_for and heard.sent_at - newest.sent_at < READ_IN:
        return _again(newest.reply, len(shown))
    if index == MORE:
        return Reply(rows=newest.reply.rows, page=newest.reply.page + 1, protect=newest.reply.protect)
    return replace(heard, text="", button=shown[index].id)


def _again(reply: Reply, shown: int) -> Reply:
    """The list again, without the text above it."""
    return Reply(lines=(say(Say.LIST_NO_SUCH, n=shown),), rows=reply.rows, page=reply.page)


def _offered(db: Connection, context: AppContext, chat: Contact, until: datetime, *, idle: bool) -> list[Shown]:
    """The lists that had reached the chat by `until`, the newest first, at most two.

    Unless the person is `idle`, lists shown before an open question do not count."""
    found: list[Shown] = []
    for shown in transcript.shown(db, context.vault, chat.id, since=until - LASTS, until=until, most=LOOKED_AT):
        if shown.reply.rows:
            found.append(shown)
        elif shown.reply.wants_answer and not idle:
            break
        if len(found) == 2:
            break
    return found
