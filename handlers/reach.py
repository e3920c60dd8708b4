"""Who would get an awareness message, by which app, and at what price: asked before it is launched, and after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from core.access import Role
from core.channels import CAPABILITIES
from core.messages import Channel
from core.messaging_window import MessagingWindow, messaging_window
from handlers.campaign import chats_of
from storage import linked_contacts
from storage.tables import DROPPED, MOVED, SENT, WAITING, campaign, contact, conversation, duty, outbox

_POLICE = (Role.OFFICER.value, Role.COMMANDER.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One app's part of an audience. `another_way` are people whose window here is closed but whose other chat is
    open; `not_deliverable` have none."""

    channel: str
    free: int = 0
    paid: int = 0
    another_way: int = 0
    not_deliverable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an awareness message so far."""

    title: str
    at: datetime
    state: str
    sent: int
    waiting: int
    moved: int
    not_deliverable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Who may not be written to on one app because he has not written for long. `another_way` of the `closed` have a
    chat elsewhere that is open; `unreached_duties` are police and have none."""

    chats: int = 0
    closed: int = 0
    another_way: int = 0
    unreached_duties: int = 0


def reach(db: Connection, audience: dict[str, Any], now: datetime) -> list[Reach]:
    """How an audience could be reached now, by app. Nothing is sent."""
    counts: dict[str, Counter[str]] = {}
    rows = db.execute(
        select(contact.c.id, contact.c.channel, conversation.c.wrote_at)
        .outerjoin(conversation, conversation.c.contact_id == contact.c.id)
        .where(chats_of(audience))
    )
    for row in rows:
        how = messaging_window(CAPABILITIES[Channel(row.channel)], row.wrote_at, now)
        kind = (
            how.value
            if how is not MessagingWindow.CLOSED
            else ("another_way" if _open(db, row.id, now) else "not_deliverable")
        )
        counts.setdefault(row.channel, Counter())[kind] += 1
    return [Reach(channel=channel, **counted) for channel, counted in sorted(counts.items())]


def silent(db: Connection, channel: Channel, now: datetime) -> Silent:
    """Whose window on `channel` is closed now. Group chats have none, and who shut us out is not counted."""
    on_duty = select(duty.c.contact_id).where(duty.c.until.is_(None), duty.c.role.in_(_POLICE))
    rows = db.execute(
        select(contact.c.id, conversation.c.wrote_at, contact.c.id.in_(on_duty).label("police"))
        .outerjoin(conversation, conversation.c.contact_id == contact.c.id)
        .where(contact.c.channel == channel.value, contact.c.reachable, ~contact.c.is_group)
    ).all()
    closed = [
        row for row in rows if messaging_window(CAPABILITIES[channel], row.wrote_at, now) is MessagingWindow.CLOSED
    ]
    lost = [row for row in closed if not _open(db, row.id, now)]
    return Silent(
        chats=len(rows),
        closed=len(closed),
        another_way=len(closed) - len(lost),
        unreached_duties=sum(row.police for row in lost),
    )


def results(db: Connection, most: int) -> list[Result]:
    """The latest awareness messages and what became of them, the newest first."""
    out = []
    for row in db.execute(select(campaign).order_by(campaign.c.at.desc(), campaign.c.id.desc()).limit(most)).all():
        mine = outbox.c.reason == f"campaign:{row.id}"
        rows = db.execute(select(outbox.c.state, func.count()).where(mine).group_by(outbox.c.state))
        counted: dict[int, int] = {row[0]: row[1] for row in rows}
        out.append(
            Result(
                title=row.title,
                at=row.at,
                state=row.state,
                sent=counted.get(SENT, 0),
                waiting=counted.get(WAITING, 0),
                moved=counted.get(MOVED, 0),
                not_deliverable=counted.get(DROPPED, 0),
            )
        )
    return out


def _open(db: Connection, contact_id: int, now: datetime) -> bool:
    """Whether another chat of the same person may be written to now."""
    for to in linked_contacts.others(db, contact_id):
        heard = db.execute(
            select(conversation.c.wrote_at).where(conversation.c.contact_id == to.id)
        ).scalar_one_or_none()
        if messaging_window(CAPABILITIES[Channel(to.channel)], heard, now) is not MessagingWindow.CLOSED:
            return True
    return False
