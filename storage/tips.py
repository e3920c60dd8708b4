"""Tips and their parts: what a reporter said, sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from core.ids import CaseId, ContactId, TipId
from core.messages import Media, Place
from storage.database import touch
from storage.tables import attachment, case, tip, tip_part
from storage.upsert import insert_id, insert_row
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class TipRow:
    """A tip with the case that it belongs to, opened. `joined_from` is the case that it came with, where that one has
    joined another since."""

    id: TipId
    case_id: CaseId
    contact_id: ContactId
    code: str
    received_at: datetime
    proposed: dict[str, Any]
    anonymous: bool
    reachable_by: str
    point: tuple[float, float] | None
    withdrawn: bool
    waiting_for_answer: bool
    joined_from: int | None
    unit: str
    state: str
    category: str
    urgency: str
    commune: str
    outcome: str | None
    owner: int | None


_COLUMNS = (
    tip.c.id,
    tip.c.case_id,
    tip.c.contact_id,
    tip.c.sealed_code,
    tip.c.received_at,
    tip.c.proposed,
    tip.c.anonymous,
    tip.c.sealed_reachable_by,
    tip.c.sealed_point,
    tip.c.withdrawn_at,
    tip.c.question_at,
    tip.c.joined_from,
    case.c.unit,
    case.c.state,
    case.c.category,
    case.c.urgency,
    case.c.commune,
    case.c.outcome,
    case.c.owner,
)
_FIND = select(*_COLUMNS).select_from(tip.join(case, tip.c.case_id == case.c.id))
_BY_ID = _FIND.where(tip.c.id == bindparam("tip"))
_BY_CODE = _FIND.where(tip.c.code_hash == bindparam("hashed"))
_OF_CONTACTS = (
    _FIND.where(tip.c.contact_id.in_(bindparam("contacts", expanding=True)))
    .order_by(tip.c.id.desc())
    .limit(bindparam("most"))
)
_OF_CASE = _FIND.where(tip.c.case_id == bindparam("case")).order_by(tip.c.id)
_COUNT_SINCE = select(func.count()).where(
    tip.c.contact_id == bindparam("contact"), tip.c.received_at >= bindparam("since")
)
_PARTS = (
    select(tip_part.c.id, tip_part.c.kind, tip_part.c.sealed_text)
    .where(tip_part.c.tip_id.in_(bindparam("tips", expanding=True)))
    .order_by(tip_part.c.id)
)
_COUNTS = (
    select(attachment.c.kind, func.count())
    .where(attachment.c.tip_id.in_(bindparam("tips", expanding=True)), attachment.c.state.not_in(("refused", "erased")))
    .group_by(attachment.c.kind)
)


def by_id(db: Connection, vault: Vault, tip_id: int) -> TipRow | None:
    """A tip by its number."""
    return _one(vault, db.execute(_BY_ID, {"tip": tip_id}).one_or_none())


def by_code(db: Connection, vault: Vault, code: str) -> TipRow | None:
    """A tip by its receipt code."""
    return _one(vault, db.execute(_BY_CODE, {"hashed": vault.hash("code", code)}).one_or_none())


def of_contacts(db: Connection, vault: Vault, chats: Iterable[int], most: int) -> Sequence[TipRow]:
    """A reporter's latest tips from any of his chats, newest first."""
    rows = db.execute(_OF_CONTACTS, {"contacts": sorted(chats), "most": most})
    return [_row(vault, row) for row in rows]


def count_since(db: Connection, contact_id: int, since: datetime) -> int:
    """How many tips a chat has sent since then."""
    return int(db.execute(_COUNT_SINCE, {"contact": contact_id, "since": since}).scalar_one())


def of_case(db: Connection, vault: Vault, case_id: int) -> Sequence[TipRow]:
    """The tips that make up a case, oldest first."""
    return [_row(vault, row) for row in db.execute(_OF_CASE, {"case": case_id})]


def add_part(db: Connection, vault: Vault, tip_id: int, kind: str, text: str, now: datetime) -> int:
    """More words of a tip: `text`, `answer`, `place` (words for it), `question` (of the police)."""
    return insert_id(db, tip_part, {"tip_id": tip_id, "kind": kind, "said_at": now, "sealed_text": vault.seal(text)})


def parts(db: Connection, vault: Vault, tip_ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """(part's number, kind, words) of tips, oldest first."""
    rows = db.execute(_PARTS, {"tips": list(tip_ids)})
    return [(row.id, row.kind, vault.open(row.sealed_text)) for row in rows]


def words_of(db: Connection, vault: Vault, tip_ids: Sequence[int]) -> dict[int, list[str]]:
    """What the reporters said, by tip, oldest first."""
    said: dict[int, list[str]] = {}
    rows = db.execute(
        select(tip_part.c.tip_id, tip_part.c.sealed_text)
        .where(tip_part.c.tip_id.in_(tip_ids), tip_part.c.kind.in_(("text", "answer")))
        .order_by(tip_part.c.id)
    )
    for row in rows:
        said.setdefault(row.tip_id, []).append(vault.open(row.sealed_text))
    return said


def last_part(db: Connection, vault: Vault, tip_id: int) -> tuple[int, str] | None:
    """The latest words that the reporter added, with their number; None when there is only the first message."""
    rows = db.execute(
        select(tip_part.c.id, tip_part.c.sealed_text)
        .where(tip_part.c.tip_id == tip_id, tip_part.c.kind == "text")
        .order_by(tip_part.c.id.desc())
        .limit(2)
    ).all()
    return (rows[0].id, vault.open(rows[0].sealed_text)) if len(rows) == 2 else None


def drop_part(db: Connection, part_id: int) -> None:
    """Take words out of a tip (they went into a tip of their own)."""
    db.execute(tip_part.delete().where(tip_part.c.id == part_id))


def set_point(db: Connection, vault: Vault, tip_id: int, place: Place) -> None:
    """Where it happened, as a point."""
    sealed = vault.seal_json([place.latitude, place.longitude])
    db.execute(update(tip).where(tip.c.id == tip_id).values(sealed_point=sealed))


def change(db: Connection, tip_id: int, **values: Any) -> None:
    """Set columns of a tip."""
    db.execute(update(tip).where(tip.c.id == tip_id).values(values))


def move_to_case(db: Connection, before: int, after: int) -> None:
    """All tips of a case join another one; each remembers with which case it came."""
    came_with = func.coalesce(tip.c.joined_from, before)
    db.execute(update(tip).where(tip.c.case_id == before).values(case_id=after, joined_from=came_with))


def add_media(db: Connection, vault: Vault, channel: str, media: Sequence[Media], now: datetime, **owner: int) -> None:
    """Write down what is to be fetched. `owner` is `tip_id`, `activity_id` or `campaign_id`."""
    for item in media:
        insert_row(
            db,
            attachment,
            {
                **owner,
                "channel": channel,
                "kind": item.kind.value,
                "sealed_source": vault.seal(json.dumps(asdict(item))),
                "state": "waiting",
                "tries": 0,
                "ready_at": now,
                "mime": item.mime[:60] or None,
                "size": item.size,
                "added_at": now,
            },
        )
    if media:
        touch(db, "media")


def media_counts(db: Connection, tip_ids: Sequence[int]) -> dict[str, int]:
    """How many attachments of each kind tips have."""
    return {row[0]: row[1] for row in db.execute(_COUNTS, {"tips": list(tip_ids)})}


def _one(vault: Vault, row: Any) -> TipRow | None:
    return _row(vault, row) if row is not None else None


def _row(vault: Vault, row: Any) -> TipRow:
    point = vault.open_json(row.sealed_point) if row.sealed_point else None
    return TipRow(
        id=TipId(row.id),
        case_id=CaseId(row.case_id),
        contact_id=ContactId(row.contact_id),
        code=vault.open(row.sealed_code),
        received_at=row.received_at,
        proposed=row.proposed,
        anonymous=row.anonymous,
        reachable_by=vault.open(row.sealed_reachable_by) if row.sealed_reachable_by else "",
        point=(point[0], point[1]) if point else None,
        withdrawn=row.withdrawn_at is not None,
        waiting_for_answer=row.question_at is not None,
        joined_from=row.joined_from,
        unit=row.unit,
        state=row.state,
        category=row.category,
        urgency=row.urgency,
        commune=row.commune or "",
        outcome=row.outcome,
        owner=row.owner,
    )
