"""What officers set right, kept sealed beside the words, to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from core.ids import CaseId
from storage import tips
from storage.tables import example
from storage.tips import PartKind
from storage.vault import Vault


def keep(db: Connection, vault: Vault, case_id: CaseId, right: dict[str, str], now: datetime) -> None:
    """Keep the first tip's words with what is right of `category`, `urgency`, `commune`."""
    of_case = tips.of_case(db, vault, case_id)
    words = (
        [part.text for part in tips.parts(db, vault, [of_case[0].id]) if part.kind is PartKind.TEXT] if of_case else []
    )
    if words:
        sealed = vault.seal("\n".join(words))
        db.execute(insert(example).values(tip_id=of_case[0].id, sealed_text=sealed, corrected_at=now, **right))


def all_of_them(db: Connection, vault: Vault) -> Sequence[tuple[str, str | None, str | None, str | None]]:
    """(words, category, urgency, commune) of every correction, oldest first."""
    rows = db.execute(select(example).order_by(example.c.id))
    return [(vault.open(row.sealed_text), row.category, row.urgency, row.commune) for row in rows]
