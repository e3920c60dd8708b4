"""Officers' corrections with the reporters' words, stored encrypted, as training examples."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from core.ids import CaseId, Unit
from core.triage.learn import Correction
from core.triage.proposal import Category, Urgency
from storage import tips
from storage.tables import example
from storage.tips import PartKind
from storage.vault import Vault


def keep(
    db: Connection,
    vault: Vault,
    case_id: CaseId,
    now: datetime,
    *,
    category: Category | None = None,
    urgency: Urgency | None = None,
    commune: Unit | None = None,
) -> None:
    """Store the words of a case's first tip with the officer's correction. None: the officer left that value
    unchanged."""
    of_case = tips.of_case(db, vault, case_id)
    words = (
        [part.text for part in tips.parts(db, vault, [of_case[0].id]) if part.kind is PartKind.TEXT] if of_case else []
    )
    if words:
        sealed = vault.seal("\n".join(words))
        right = {"category": category, "urgency": urgency, "commune": commune}
        db.execute(insert(example).values(tip_id=of_case[0].id, sealed_text=sealed, corrected_at=now, **right))


def corrections(db: Connection, vault: Vault) -> list[Correction]:
    """All corrections, oldest first."""
    rows = db.execute(select(example).order_by(example.c.id))
    return [Correction(vault.open(row.sealed_text), row.category, row.urgency, row.commune) for row in rows]
