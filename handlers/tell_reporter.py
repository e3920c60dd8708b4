"""The reporters of a case hear of each step, in their own language, on their own channel."""

from __future__ import annotations

from collections.abc import Callable

from core.replies import Reply
from handlers.work import Work
from storage import linked_contacts, tips
from storage.outbox import Lane, Why
from storage.tips import TipRow


def tell_reporters(work: Work, case_id: int, reply: Callable[[TipRow], Reply], *, reason: str) -> None:
    """Tell every reporter of a case who did not take his tip back, once for this reason."""
    for tip in tips.of_case(work.db, work.context.vault, case_id):
        if tip.withdrawn:
            continue
        for recipient in linked_contacts.recipients(work.db, [tip.contact_id]):
            work.tell(recipient, reply(tip), reason=f"{reason}:{tip.id}", lane=Lane.ANSWER, why=Why.STEP)
