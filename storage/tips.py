"""Tips and their parts: a reporter's words, encrypted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, select, update

from core.ids import CaseId, ContactId, PartId, TipId, Unit
from core.messages import Media, MediaKind, Place
from core.tip import NewTip, Reading, Tip
from core.triage.accused import Accused
from core.triage.proposal import Category
from storage import cases
from storage.jobs import touch
from storage.tables import attachment, case, tip, tip_part
from storage.upsert import insert_id, insert_row
from storage.vault import Vault


class PartKind(StrEnum):
    """The author and the occasion of a part of a tip."""

    TEXT = "text"
    ANSWER = "answer"
    """The reporter's answer to a question of the police."""
    QUESTION = "question"
    """What the police asked."""


SAID_BY_REPORTER: Final = frozenset({PartKind.TEXT, PartKind.ANSWER})


@dataclass(frozen=True, slots=True)
class TipPart:
    """The decrypted words of one message within a tip."""

    id: PartId
    tip_id: TipId
    kind: PartKind
    text: str


_FIND: Final = select(
    tip.c.id.label("tip_id"),
    tip.c.case_id,
    tip.c.contact_id,
    tip.c.sealed_code,
    tip.c.received_at.label("told_at"),
    tip.c.proposed,
    tip.c.anonymous,
    tip.c.sealed_reachable_by,
    tip.c.sealed_point,
    tip.c.withdrawn_at,
    tip.c.question_at,
    tip.c.joined_from,
    *cases.COLUMNS,
).select_from(tip.join(case, tip.c.case_id == case.c.id))
_BY_ID: Final = _FIND.where(tip.c.id == bindparam("tip"))
_HELD: Final = _BY_ID.with_for_update(of=case, key_share=True)
_BY_CODE: Final = _FIND.where(tip.c.code_hash == bindparam("hashed"))
_OF_CONTACTS: Final = (
    _FIND.where(tip.c.contact_id.in_(bindparam("contacts", expanding=True)))
    .order_by(tip.c.id.desc())
    .limit(bindparam("most"))
)
_OF_CASE: Final = _FIND.where(tip.c.case_id == bindparam("case")).order_by(tip.c.id)
_COUNT_SINCE = select(func.count()).where(
    tip.c.contact_id == bindparam("contact"), tip.c.received_at >= bindparam("since")
)
_PARTS: Final = (
    select(tip_part.c.id, tip_part.c.tip_id, tip_part.c.kind, tip_part.c.sealed_text)
    .where(tip_part.c.tip_id.in_(bindparam("tips", expanding=True)))
    .order_by(tip_part.c.id)
)
_COUNTS = (
    select(attachment.c.kind, func.count())
    .where(attachment.c.tip_id.in_(bindparam("tips", expanding=True)), attachment.c.state.not_in(("refused", "erased")))
    .group_by(attachment.c.kind)
)


def by_id(db: Connection, vault: Vault, tip_id: TipId, *, hold: bool = False) -> Tip | None:
    """A tip with its case, or None. `hold` locks the case's row as in `cases.by_id`."""
    found: Select[Any] = _HELD if hold and db.dialect.name == "postgresql" else _BY_ID
    return _one(vault, db.execute(found, {"tip": tip_id}).one_or_none())


def by_code(db: Connection, vault: Vault, code: str) -> Tip | None:
    """The tip with this receipt code, or None."""
    return _one(vault, db.execute(_BY_CODE, {"hashed": vault.hash("code", code)}).one_or_none())


def is_of_album(db: Connection, vault: Vault, tip_id: TipId, album: str) -> bool:
    """Whether the first message of a tip was a picture of this album."""
    found = select(tip.c.id).where(tip.c.id == tip_id, tip.c.album == vault.hash("album", album))
    return db.execute(found).first() is not None


def of_contacts(db: Connection, vault: Vault, chats: Iterable[ContactId], most: int) -> Sequence[Tip]:
    """A reporter's latest tips from any of these chats, the newest first."""
    rows = db.execute(_OF_CONTACTS, {"contacts": sorted(chats), "most": most})
    return [_tip(vault, row) for row in rows]


def count_since(db: Connection, contact_id: ContactId, since: datetime) -> int:
    """How many tips a chat has sent since `since`."""
    return int(db.execute(_COUNT_SINCE, {"contact": contact_id, "since": since}).scalar_one())


def of_case(db: Connection, vault: Vault, case_id: CaseId) -> tuple[Tip, ...]:
    """The tips of a case, oldest first."""
    return tuple(_tip(vault, row) for row in db.execute(_OF_CASE, {"case": case_id}))


def file(
    db: Connection,
    vault: Vault,
    new: NewTip,
    *,
    case_id: CaseId,
    contact_id: ContactId,
    code: str,
    reading: Reading,
    anonymous: bool,
    now: datetime,
) -> TipId:
    """Insert a new tip with its words and its attachments to fetch; returns its id."""
    filed = TipId(
        insert_id(
            db,
            tip,
            {
                "case_id": case_id,
                "contact_id": contact_id,
                "channel": new.channel.value,
                "message_key": new.message_key,
                "code_hash": vault.hash("code", code),
                "sealed_code": vault.seal(code),
                "received_at": now,
                "proposed": _reading_to_json(reading),
                "anonymous": anonymous,
                "sealed_point": vault.seal_json([new.place.latitude, new.place.longitude]) if new.place else None,
                "album": vault.hash("album", new.album) if new.album else None,
            },
        )
    )
    for words in (new.text, new.place.name if new.place else ""):
        if words:
            add_part(db, vault, filed, PartKind.TEXT, words, now)
    add_media(db, vault, new.channel.value, new.media, now, tip_id=filed)
    return filed


def add_part(db: Connection, vault: Vault, tip_id: TipId, kind: PartKind, text: str, now: datetime) -> PartId:
    """Add words to a tip; returns the part's id."""
    row = {"tip_id": tip_id, "kind": kind.value, "said_at": now, "sealed_text": vault.seal(text)}
    return PartId(insert_id(db, tip_part, row))


def parts(db: Connection, vault: Vault, tip_ids: Sequence[TipId]) -> list[TipPart]:
    """The words of tips, oldest first."""
    rows = db.execute(_PARTS, {"tips": list(tip_ids)})
    return [
        TipPart(PartId(row.id), TipId(row.tip_id), PartKind(row.kind), vault.open(row.sealed_text))
        for row in rows
        if row.kind in set(PartKind)
    ]


def words_of(db: Connection, vault: Vault, tip_ids: Sequence[TipId]) -> dict[TipId, list[str]]:
    """The reporters' words by tip, oldest first."""
    said: dict[TipId, list[str]] = {}
    for part in parts(db, vault, tip_ids):
        if part.kind in SAID_BY_REPORTER:
            said.setdefault(part.tip_id, []).append(part.text)
    return said


def last_part(db: Connection, vault: Vault, tip_id: TipId) -> tuple[PartId, str] | None:
    """(part id, words) of the reporter's latest addition; None when there is only the first message."""
    rows = db.execute(
        select(tip_part.c.id, tip_part.c.sealed_text)
        .where(tip_part.c.tip_id == tip_id, tip_part.c.kind == PartKind.TEXT.value)
        .order_by(tip_part.c.id.desc())
        .limit(2)
    ).all()
    return (PartId(rows[0].id), vault.open(rows[0].sealed_text)) if len(rows) == 2 else None


def drop_part(db: Connection, part_id: PartId) -> None:
    """Delete a part of a tip (its words went into a tip of their own)."""
    db.execute(tip_part.delete().where(tip_part.c.id == part_id))


def set_point(db: Connection, vault: Vault, tip_id: TipId, place: Place) -> None:
    """Store the location of a tip."""
    sealed = vault.seal_json([place.latitude, place.longitude])
    db.execute(update(tip).where(tip.c.id == tip_id).values(sealed_point=sealed))


def set_reading(db: Connection, tip_id: TipId, reading: Reading) -> None:
    """Store what is understood of a tip."""
    db.execute(update(tip).where(tip.c.id == tip_id).values(proposed=_reading_to_json(reading)))


def let_contact(db: Connection, vault: Vault, tip_id: TipId, by: str | None) -> None:
    """Store whether the police may see how to reach the reporter. `by` is in the reporter's words; "" means only
    through this chat, None means that the reporter stays anonymous."""
    sealed = vault.seal(by) if by else None
    db.execute(update(tip).where(tip.c.id == tip_id).values(anonymous=by is None, sealed_reachable_by=sealed))


def withdraw(db: Connection, tip_id: TipId, now: datetime) -> None:
    """Mark a tip as withdrawn."""
    db.execute(update(tip).where(tip.c.id == tip_id).values(withdrawn_at=now))


def set_question(db: Connection, tip_id: TipId, asked_at: datetime | None) -> None:
    """Store when the police asked a question that waits for an answer; None: no question is open."""
    db.execute(update(tip).where(tip.c.id == tip_id).values(question_at=asked_at))


def move_to_case(db: Connection, before: CaseId, after: CaseId) -> None:
    """Move all tips of a case to another one; each keeps the id of its first case."""
    came_with = func.coalesce(tip.c.joined_from, before)
    db.execute(update(tip).where(tip.c.case_id == before).values(case_id=after, joined_from=came_with))


def add_media(db: Connection, vault: Vault, channel: str, media: Sequence[Media], now: datetime, **owner: int) -> None:
    """Insert attachments to fetch. The keyword `owner` is `tip_id`, `activity_id` or `campaign_id`."""
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


def media_counts(db: Connection, tip_ids: Sequence[TipId]) -> Mapping[MediaKind, int]:
    """The number of attachments of these tips, by kind."""
    return {MediaKind(row[0]): row[1] for row in db.execute(_COUNTS, {"tips": list(tip_ids)})}


def _one(vault: Vault, row: Any) -> Tip | None:
    return _tip(vault, row) if row is not None else None


def _tip(vault: Vault, row: Any) -> Tip:
    point = vault.open_json(row.sealed_point) if row.sealed_point else None
    return Tip(
        id=TipId(row.tip_id),
        contact_id=ContactId(row.contact_id),
        code=vault.open(row.sealed_code),
        received_at=row.told_at,
        reading=_reading_from_json(row.proposed),
        case=cases.from_row(row),
        anonymous=row.anonymous,
        reachable_by=vault.open(row.sealed_reachable_by) if row.sealed_reachable_by else "",
        point=(point[0], point[1]) if point else None,
        withdrawn=row.withdrawn_at is not None,
        waiting_for_answer=row.question_at is not None,
        joined_from=CaseId(row.joined_from) if row.joined_from is not None else None,
    )


def _reading_to_json(reading: Reading) -> dict[str, Any]:
    out: dict[str, Any] = {
        "guesses": [[category.value, confidence] for category, confidence in reading.guesses],
        "communes": list(reading.communes),
        "place_said": reading.place_said,
    }
    if reading.confirmed:
        out["confirmed"] = True
    if reading.accused:
        out["accused"] = reading.accused.value
    return out


def _reading_from_json(data: Mapping[str, Any]) -> Reading:
    guesses = ((Category(code), float(confidence)) for code, confidence in data.get("guesses", ()))
    return Reading(
        guesses=tuple((category, likely) for category, likely in guesses if category is not Category.NOT_A_TIP),
        communes=tuple(Unit(code) for code in data.get("communes", ())),
        place_said=bool(data.get("place_said", False)),
        confirmed=bool(data.get("confirmed", False)),
        accused=Accused(data.get("accused", "")),
    )
