"""Lists of all tips, decrypted, for the operator."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from sqlalchemy import Connection, func, select

from core.ids import TipId
from storage import tips
from storage.tables import attachment, case, tip
from storage.vault import Vault


class TipInList(TypedDict):
    """A tip as `tinbao tips list --json` prints it. `text` is all that the reporter said, one line per message; `media`
    is the number of files; `received_at` is ISO 8601, UTC."""

    code: str
    channel: str
    message_key: str
    state: str
    category: str
    urgency: str
    commune: str | None
    received_at: str
    text: str
    media: int
    anonymous: bool


class TipEntry(NamedTuple):
    """A tip with its id, after which the next page begins."""

    id: TipId
    tip: TipInList


def listed(db: Connection, vault: Vault, after: int, most: int) -> list[TipEntry]:
    """Tips with an id above `after`, oldest first, at most `most`."""
    rows = db.execute(
        select(
            tip.c.id,
            tip.c.sealed_code,
            tip.c.channel,
            tip.c.message_key,
            tip.c.received_at,
            tip.c.anonymous,
            tip.c.withdrawn_at,
            case.c.state,
            case.c.category,
            case.c.urgency,
            case.c.commune,
        )
        .join(case, tip.c.case_id == case.c.id)
        .where(tip.c.id > after)
        .order_by(tip.c.id)
        .limit(most)
    ).all()
    if not rows:
        return []
    tip_ids = [TipId(row.id) for row in rows]
    words = tips.words_of(db, vault, tip_ids)
    media = db.execute(
        select(attachment.c.tip_id, func.count()).where(attachment.c.tip_id.in_(tip_ids)).group_by(attachment.c.tip_id)
    )
    counted = {row[0]: row[1] for row in media}
    return [
        TipEntry(
            TipId(row.id),
            {
                "code": vault.open(row.sealed_code),
                "channel": row.channel,
                "message_key": row.message_key,
                "state": "withdrawn" if row.withdrawn_at is not None else row.state,
                "category": row.category,
                "urgency": row.urgency,
                "commune": row.commune,
                "received_at": row.received_at.isoformat(),
                "text": "\n".join(words.get(row.id, [])),
                "media": counted.get(row.id, 0),
                "anonymous": row.anonymous,
            },
        )
        for row in rows
    ]
