"""Show a case to its police: the first card, later edits of the card in place, and short notes on what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import structlog

from core.access import Role
from core.cards import card, gone
from core.case import Case
from core.ids import ContactId, Unit
from core.replies import Reply, Words, say
from core.say import Say
from handlers.views import case_view
from handlers.work import Work
from storage import cases, linked_contacts, outbox, timers
from storage.outbox import About, Lane, Recipient, Subject, Why

log = structlog.get_logger()


def first_readers(work: Work, unit: Unit) -> list[Recipient]:
    """Who gets the card first: the officers on duty and the unit's group chats; if nobody is on duty, everybody in the
    unit."""
    first = cases.police_of(work.db, unit, Role.OFFICER, Role.UNIT_CHAT, only_on_duty=True)
    return first or cases.police_of(work.db, unit, Role.OFFICER, Role.UNIT_CHAT, Role.COMMANDER)


def alert(work: Work, case: Case, told: Sequence[Recipient]) -> None:
    """Send the card of a new or newly routed case, and schedule its comparison with the other open cases."""
    if not told:
        log.error("nobody_to_alert", case=case.id, unit=case.unit)
    send_card(work, case, told)
    if case.commune:
        # A timer compares the cases in a transaction of its own, so the alert does not wait for it.
        reason = f"case:{case.id}:like:{case.routed}"
        timers.schedule(work.db, kind=timers.TimerKind.LIKENESS, subject=case.id, reason=reason, due_at=work.now)


def send_card(work: Work, case: Case, to: Iterable[Recipient]) -> None:
    """Send the card to each recipient, once for each chat and each routing."""
    waiting = list(to)
    if not waiting:
        return
    view = card(case_view(work, case), work.now, fresh=True)
    for recipient in waiting:
        work.tell(
            recipient,
            view,
            reason=f"case:{case.id}:card:{case.routed}",
            lane=lane_of(case),
            why=Why.CARD,
            about=about(case),
        )


def have_card(work: Work, case: Case) -> list[Recipient]:
    """The chats that have this case's card since it was last routed."""
    return outbox.have_card(work.db, about(case))


def refresh(work: Work, case: Case, *, but: ContactId | None = None) -> None:
    """Edit the card wherever it is shown, except in the chat that is answered with the card anyway."""
    others = [recipient for recipient in have_card(work, case) if recipient.id != but]
    if others:
        _tell(work, others, case, card(case_view(work, case), work.now), f"case:{case.id}:v{case.version}")


def take_cards_back(work: Work, case: Case, *, to: Unit) -> None:
    """Replace the old unit's cards by a note that the case went to another unit."""
    reply = gone(case.id, case_view(work, case).code, work.context.places.label(to))
    _tell(work, have_card(work, case), case, reply, f"case:{case.id}:gone:{case.routed}", lane=Lane.ALERT)


def tell_police(work: Work, case: Case, words: Words, *, reason: str) -> None:
    """Send a short note on what changed to the officer who took the case, or else to all who have its card."""
    told = have_card(work, case)
    if case.owner is not None:
        owner = linked_contacts.chats_of(work.db, case.owner)
        told = [recipient for recipient in told if recipient.id in owner]
    _tell(work, told, case, Reply(lines=(words,), protect=True), reason)


def tell_point(work: Work, case: Case, point: tuple[float, float], *, reason: str) -> None:
    """Send a location that came after the card, because an edited card cannot show it."""
    code = case_view(work, case).code
    reply = Reply(lines=(say(Say.NOTE_POINT, code=code),), point=point, protect=True)
    _tell(work, have_card(work, case), case, reply, reason)


def about(case: Case) -> About:
    """The `About` value of a message about this case."""
    return About(Subject.CASE, case.id, case.routed)


def lane_of(case: Case) -> Lane:
    """The outbox lane of a message about this case: emergencies go first."""
    return Lane.EMERGENCY if case.is_emergency else Lane.ALERT


def _tell(
    work: Work, to: Iterable[Recipient], case: Case, reply: Reply, reason: str, *, lane: Lane | None = None
) -> None:
    for recipient in to:
        chosen = lane_of(case) if lane is None else lane
        work.tell(recipient, reply, reason=reason, lane=chosen, why=Why.UPDATE, about=about(case))
