"""What follows when a file was fetched or lost. Files are fetched after the commit, so that a tip does not wait for a
photo and a photo is not lost when the process dies."""

from __future__ import annotations

from core.ids import TipId
from core.replies import Reply, say
from core.say import Say
from handlers import alert
from handlers.work import Work
from storage import linked_contacts, media, tips
from storage.media import Stored, ToFetch
from storage.outbox import About, Subject, Why


def media_stored(work: Work, item: ToFetch, stored: Stored) -> None:
    """Record that a file was stored, and send it to those who have the case's card."""
    if not media.stored(work.db, item.id, stored) or item.tip_id is None:
        return
    tip = tips.by_id(work.db, work.context.vault, TipId(item.tip_id))
    row = tip.case if tip is not None else None
    if tip is None or row is None:
        return
    reply = Reply(lines=(say(Say.NOTE_MEDIA, code=tip.code),), attachments=(item.id,), protect=True)
    for recipient in alert.have_card(work, row):
        work.tell(
            recipient,
            reply,
            reason=f"tip:{tip.id}:media:{item.id}",
            lane=alert.lane_of(row),
            why=Why.UPDATE,
            about=About(Subject.CASE, row.id),
        )


def media_lost(work: Work, item: ToFetch, state: str, error: str, *, too_large: bool = False) -> None:
    """Record that a file cannot be fetched (too large, of a forbidden type, or gone) and tell the reporter what to do
    instead. `error` says why, for the operator."""
    media.give_up(work.db, item.id, state, error)
    tip = tips.by_id(work.db, work.context.vault, TipId(item.tip_id)) if item.tip_id is not None else None
    if tip is None:
        return
    key = Say.MEDIA_TOO_LARGE if too_large else Say.MEDIA_LOST
    for recipient in linked_contacts.recipients(work.db, [tip.contact_id]):
        work.tell(
            recipient,
            Reply(lines=(say(key, code=tip.code),)),
            reason=f"tip:{tip.id}:lost:{item.id}",
            why=Why.STEP,
            about=About(Subject.TIP, tip.id),
        )
