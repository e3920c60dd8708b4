"""Awareness messages: what goes out, when, to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, literal, select, update

from core.ids import AttachmentId, CampaignId, ContactId
from core.messages import Language
from core.plan import Audience, CatchUp
from storage.outbox import Subject
from storage.tables import BROKEN, DROPPED, MOVED, SENT, WAITING, attachment, campaign, outbox
from storage.upsert import insert_if_new


class BroadcastState(StrEnum):
    """How far a message is."""

    PLANNED = "planned"
    RUNNING = "running"
    """Some of its audience have it in their outbox, the others follow page by page."""
    DONE = "done"
    SKIPPED = "skipped"
    """Its time came while nothing ran, and the plan says not to send it late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One awareness message. `at` is aware. `late` says what to do when its time has passed. `cursor` is the last chat
    that it was queued for, `queued` how many there were so far."""

    id: CampaignId
    key: str
    title: str
    texts: Mapping[Language, str]
    audience: Audience
    at: datetime
    late: CatchUp
    state: BroadcastState
    cursor: ContactId
    queued: int

    @property
    def is_over(self) -> bool:
        """Nothing of it is left to queue."""
        return self.state in (BroadcastState.DONE, BroadcastState.SKIPPED)

    def text(self, language: Language) -> str:
        """What it says in a language; in Vietnamese when it does not speak that one."""
        return self.texts.get(language) or self.texts[Language.VI]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What became of a message's copies so far, in numbers of chats. `moved` went on to another chat of the same
    person, where they are counted anew."""

    sent: int
    waiting: int
    moved: int
    not_deliverable: int


def add_if_new(
    db: Connection,
    *,
    key: str,
    title: str,
    texts: Mapping[Language, str],
    audience: Audience,
    at: datetime,
    late: CatchUp,
) -> CampaignId | None:
    """Write a message that is still to go out; its id. None when there is one with this key."""
    made: int | None = insert_if_new(
        db,
        campaign,
        {
            "key": key,
            "title": title,
            "texts": {language.value: text for language, text in texts.items()},
            "audience": {"units": audience.units, "models": audience.models, "groups": audience.groups},
            "at": at,
            "late": late.value,
            "state": BroadcastState.PLANNED.value,
            "cursor": 0,
            "queued": 0,
        },
    )
    return CampaignId(made) if made is not None else None


def by_id(db: Connection, campaign_id: CampaignId) -> Broadcast | None:
    """A message; None when there is no such one."""
    row = db.execute(select(campaign).where(campaign.c.id == campaign_id)).one_or_none()
    return _broadcast(row) if row is not None else None


def latest(db: Connection, most: int) -> list[Broadcast]:
    """The messages whose time is latest, that first."""
    rows = db.execute(select(campaign).order_by(campaign.c.at.desc(), campaign.c.id.desc()).limit(most))
    return [_broadcast(row) for row in rows]


def skip(db: Connection, campaign_id: CampaignId) -> None:
    """It does not go out any more."""
    db.execute(update(campaign).where(campaign.c.id == campaign_id).values(state=BroadcastState.SKIPPED.value))


def note_page(db: Connection, campaign_id: CampaignId, *, queued: int, last: ContactId, done: bool) -> None:
    """So many more chats have it in their outbox, up to `last`; `done`: those were all."""
    state = BroadcastState.DONE if done else BroadcastState.RUNNING
    values = {"cursor": last, "queued": campaign.c.queued + queued, "state": state.value}
    db.execute(update(campaign).where(campaign.c.id == campaign_id).values(values))


def pictures(db: Connection, campaign_id: CampaignId) -> tuple[AttachmentId, ...]:
    """The pictures that go with it."""
    rows = db.execute(select(attachment.c.id).where(attachment.c.campaign_id == campaign_id).order_by(attachment.c.id))
    return tuple(AttachmentId(row.id) for row in rows)


def delivered(db: Connection, campaign_id: CampaignId) -> Delivered:
    """What became of it so far."""
    # A literal: with a parameter the databases cannot tell that the index of campaigns' messages holds all of these.
    of_campaigns = outbox.c.about == literal(Subject.CAMPAIGN.value, literal_execute=True)
    mine = of_campaigns & (outbox.c.about_id == campaign_id)
    rows = db.execute(select(outbox.c.state, func.count()).where(mine).group_by(outbox.c.state))
    counted: dict[int, int] = {row[0]: row[1] for row in rows}
    return Delivered(
        sent=counted.get(SENT, 0),
        waiting=counted.get(WAITING, 0) + counted.get(BROKEN, 0),  # what is set aside waits for an upgrade
        moved=counted.get(MOVED, 0),
        not_deliverable=counted.get(DROPPED, 0),
    )


def _broadcast(row: Any) -> Broadcast:
    to = row.audience
    return Broadcast(
        id=CampaignId(row.id),
        key=row.key,
        title=row.title,
        texts={Language(language): text for language, text in row.texts.items()},
        audience=Audience(units=tuple(to["units"]), models=tuple(to["models"]), groups=tuple(to["groups"])),
        at=row.at,
        late=CatchUp(row.late),
        state=BroadcastState(row.state),
        cursor=ContactId(row.cursor),
        queued=row.queued,
    )
