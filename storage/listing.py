"""All tips, opened, for the operator's eyes (and for whoever checks from outside)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from storage import tips
from storage.tables import attachment, case, tip
from storage.vault import Vault


def listed(db: Connection, vault: Vault, after: int, most: int) -> list[tuple[int, dict[str, Any]]]:
    """Tips with a number above `after`, oldest first: (number, what is known). The text is all that the reporter said,
    a line each; `media` is how many files came with it."""
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
    numbers = [row.id for row in rows]
    words = tips.words_of(db, vault, numbers)
    media = db.execute(
        select(attachment.c.tip_id, func.count()).where(attachment.c.tip_id.in_(numbers)).group_by(attachment.c.tip_id)
    )
    counted = {row[0]: row[1] for row in media}
    return [
        (
            row.id,
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
