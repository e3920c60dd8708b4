"""Awareness messages: content, time, audience and results."""

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
    """The progress of an awareness message."""

    PLANNED = "planned"
    RUNNING = "running"
    """Queued for some of its audience; the others follow page by page."""
    DONE = "done"
    SKIPPED = "skipped"
    """Not sent: its time came while no process ran, and the plan says not to send it late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One awareness message. `at` is aware. `late` says what to do when its time has passed. `cursor` is the id of the
    last chat that it was queued for, `queued` the number of such chats."""

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
        """Whether nothing is left to queue."""
        return self.state in (BroadcastState.DONE, BroadcastState.SKIPPED)

    def text(self, language: Language) -> str:
        """The text in a language; in Vietnamese when there is none in that language."""
        return self.texts.get(language) or self.texts[Language.VI]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The results so far, as numbers of chats. `moved` copies went to another chat of the same person, where they are
    counted again."""

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
    """Insert a message that is still to be sent and return its id, or None when there is one with this key."""
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
    """A message, or None."""
    row = db.execute(select(campaign).where(campaign.c.id == campaign_id)).one_or_none()
    return _broadcast(row) if row is not None else None


def latest(db: Connection, most: int) -> list[Broadcast]:
    """The messages with the latest times, the latest first."""
    rows = db.execute(select(campaign).order_by(campaign.c.at.desc(), campaign.c.id.desc()).limit(most))
    return [_broadcast(row) for row in rows]


def skip(db: Connection, campaign_id: CampaignId) -> None:
    """Mark a message as not to be sent any more."""
    db.execute(update(campaign).where(campaign.c.id == campaign_id).values(state=BroadcastState.SKIPPED.value))


def note_page(db: Connection, campaign_id: CampaignId, *, queued: int, last: ContactId, done: bool) -> None:
    """Record that a page of chats, up to the id `last`, has the message in the outbox. `done`: it was the last page."""
    state = BroadcastState.DONE if done else BroadcastState.RUNNING
    values = {"cursor": last, "queued": campaign.c.queued + queued, "state": state.value}
    db.execute(update(campaign).where(campaign.c.id == campaign_id).values(values))


def pictures(db: Connection, campaign_id: CampaignId) -> tuple[AttachmentId, ...]:
    """The ids of a message's pictures."""
    rows = db.execute(select(attachment.c.id).where(attachment.c.campaign_id == campaign_id).order_by(attachment.c.id))
    return tuple(AttachmentId(row.id) for row in rows)


def delivered(db: Connection, campaign_id: CampaignId) -> Delivered:
    """The results of a message so far."""
    # A literal and not a parameter: otherwise the databases cannot use the partial index of campaign messages.
    of_campaigns = outbox.c.about == literal(Subject.CAMPAIGN.value, literal_execute=True)
    mine = of_campaigns & (outbox.c.about_id == campaign_id)
    rows = db.execute(select(outbox.c.state, func.count()).where(mine).group_by(outbox.c.state))
    counted: dict[int, int] = {row[0]: row[1] for row in rows}
    return Delivered(
        sent=counted.get(SENT, 0),
        waiting=counted.get(WAITING, 0) + counted.get(BROKEN, 0),  # messages that are set aside wait for an upgrade
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
