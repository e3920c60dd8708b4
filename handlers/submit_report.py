"""Record that a reporting obligation is met, which ends its reminders."""

from __future__ import annotations

from core.access import Actor, Permission, Whose
from core.errors import NotFound
from core.ids import ObligationId
from handlers.work import Work
from storage import obligations
from storage.obligations import DueObligation


def submit_report(work: Work, by: Actor, obligation_id: ObligationId) -> DueObligation:
    """Record that an obligation is met and return it. Doing it twice changes nothing. Raises `NotFound` for an
    obligation of another unit."""
    owed = obligations.by_id(work.db, obligation_id)
    if owed is None:
        raise NotFound
    by.demand(Permission.SUBMIT_REPORT, Whose(unit=owed.unit))
    obligations.submit(work.db, owed.id, by.own_chat, work.now)
    return owed
