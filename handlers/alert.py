"""Put a case before its police: the first card, later cards edited in place, and short notes on what is new."""

from __future__ import annotations

from typing import Any

import structlog

from core.access import PROVINCE_LEVEL, Role
from core.cards import card, gone
from core.replies import Reply, Words, say
from core.say import Say
from core.states import State
from core.triage.proposal import Urgency
from handlers.views import Known, case_view, take_by
from handlers.work import Work
from storage import cases, linked_contacts, timers
from storage.outbox import About, Lane, Recipient, Subject, Why

log = structlog.get_logger()


def alert(work: Work, row: Any, known: Known | None = None) -> None:
    """A new or newly routed case: the unit's officers on duty hear of it now, and the clock of taking it starts.

    A unit without anybody to reach does not stop a tip: the province's desk is told at once."""
    case_id = row.id
    told = _watch(work, row.unit)
    if not told and row.unit != row.province:
        told = _watch(work, row.province)
        cases.change(work.db, case_id, level=PROVINCE_LEVEL)
        row = cases.by_id(work.db, case_id)
    if not told:
        log.error("nobody_to_alert", case=case_id, unit=row.unit)
    if told:
        send_card(work, row, told, known)
    start_clock(work, row)
    if row.commune:
        # Compared soon with what else is open, in a transaction of its own: the alert does not wait for it.
        reason = f"case:{row.id}:like:{row.routed}"
        timers.schedule(work.db, kind=timers.TimerKind.LIKENESS, subject=row.id, reason=reason, due_at=work.now)


def send_card(work: Work, row: Any, to: list[Recipient], known: Known | None = None) -> None:
    """The card, once for each chat and each routing."""
    view = card(case_view(work, row, known), work.now, fresh=True)
    for recipient in to:
        work.tell(
            recipient,
            view,
            reason=cases.card_reason(row.id, row.routed),
            lane=lane_of(row),
            why=Why.CARD,
            about=about(row),
        )


def refresh(work: Work, case_id: int, *, but: Recipient | None = None) -> None:
    """Edit the card wherever it is shown. `but` has got another answer already."""
    row = cases.by_id(work.db, case_id)
    if row is None:
        return
    reply = card(case_view(work, row), work.now)
    for recipient in cases.told_of(work.db, case_id, row.routed):
        if but is None or recipient.id != but.id:
            work.tell(
                recipient,
                reply,
                reason=f"case:{case_id}:v{row.version}",
                lane=lane_of(row),
                why=Why.NEWS,
                about=about(row),
            )


def take_cards_back(work: Work, row: Any, to_name: str, code: str) -> None:
    """The case went to another unit: what the old one sees of it is that it went."""
    for recipient in cases.told_of(work.db, row.id, row.routed):
        work.tell(
            recipient,
            gone(row.id, code, to_name),
            reason=f"case:{row.id}:gone:{row.routed}",
            lane=Lane.ALERT,
            why=Why.NEWS,
            about=about(row),
        )


def tell_police(work: Work, case_id: int, words: Words, *, reason: str) -> None:
    """A short note on what is new: to the one who took the case, or else to all who have its card."""
    row = cases.by_id(work.db, case_id)
    if row is None:
        return
    taker = linked_contacts.same(work.db, row.owner)
    for recipient in cases.told_of(work.db, case_id, row.routed):
        if row.owner is None or recipient.id in taker:
            work.tell(
                recipient,
                Reply(lines=(words,), protect=True),
                reason=reason,
                lane=lane_of(row),
                why=Why.NEWS,
                about=about(row),
            )


def tell_point(work: Work, case_id: int, point: tuple[float, float], *, reason: str) -> None:
    """A pin that came after the card: an edited card cannot show it."""
    row = cases.by_id(work.db, case_id)
    view = case_view(work, row)
    reply = Reply(lines=(say(Say.NOTE_POINT, code=view.code),), point=point, protect=True)
    for recipient in cases.told_of(work.db, case_id, row.routed):
        work.tell(recipient, reply, reason=reason, lane=lane_of(row), why=Why.NEWS, about=about(row))


def start_clock(work: Work, row: Any) -> None:
    """When nobody takes it by then, the next level hears of it."""
    due_at = take_by(work, row)
    if row.state != State.NEW.value or due_at is None:
        return
    if row.level >= PROVINCE_LEVEL:
        # After a pause the province is reminded once and then at its pace, not of every time that was missed.
        due_at = max(due_at, work.now + (due_at - row.opened_at) / row.level)
    timers.schedule(
        work.db,
        kind=timers.TimerKind.TAKE,
        subject=row.id,
        reason=f"case:{row.id}:take:{row.routed}:{row.level}",
        due_at=due_at,
        routed=row.routed,
        level=row.level,
    )


def about(row: Any) -> About:
    """What a message about a case bears."""
    return About(Subject.CASE, row.id, row.routed)


def lane_of(row: Any) -> Lane:
    """An emergency goes before everything."""
    return Lane.EMERGENCY if row.urgency == Urgency.EMERGENCY.value else Lane.ALERT


def _watch(work: Work, unit: str) -> list[Recipient]:
    """Who is told first: the officers on duty and the unit's own chats; if nobody is on duty, all of the unit."""
    first = cases.police_of(work.db, unit, Role.OFFICER, Role.UNIT_CHAT, only_on_duty=True)
    return first or cases.police_of(work.db, unit, Role.OFFICER, Role.UNIT_CHAT, Role.COMMANDER)
