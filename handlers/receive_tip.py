"""File a new tip: open a case and alert the officers on duty, all in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from core.access import Actor
from core.codes import RECEIPT_BYTES, receipt_code
from core.errors import NotFound
from core.tip import NewTip, Tip
from handlers import case_timers, cases
from handlers.understand import understand
from handlers.views import keep_file
from handlers.work import Work
from storage import audit, tips
from storage.case_files import CaseFile


def receive_tip(work: Work, by: Actor, new: NewTip, *, first: bool = False) -> Tip:
    """File a tip and return it with its case. `first`: the person has never written before. Raises `NotFound` for an
    actor without a chat, because answers must have an address."""
    if by.id is None:
        raise NotFound
    db, vault, rules = work.db, work.context.vault, work.context.rules
    opening, reading = understand(work, new)
    case = cases.open_case(work, opening)
    code = receipt_code(work.context.random(RECEIPT_BYTES))
    tip_id = tips.file(
        db,
        vault,
        new,
        case_id=case.id,
        contact_id=by.id,
        code=code,
        reading=reading,
        anonymous=rules.anonymous_at_first,
        now=work.now,
    )
    audit.note(
        db,
        vault,
        chain=case.unit,
        case_id=case.id,
        actor=by.id,
        act="received",
        now=work.now,
        detail={"category": case.category.value, "urgency": case.urgency.value},
    )
    tip = Tip(
        id=tip_id,
        contact_id=by.id,
        code=code,
        received_at=work.now,
        reading=reading,
        case=case,
        anonymous=rules.anonymous_at_first,
        point=(new.place.latitude, new.place.longitude) if new.place else None,
    )
    media = Counter(item.kind for item in new.media)
    keep_file(work, CaseFile(case=case, tips=(tip,), said=words_of(new), media=media))
    if case.is_emergency or first or not _too_many(work, by):
        case = cases.put_before_police(work, case)
    case_timers.start(work, case)
    return replace(tip, case=case)


def words_of(new: NewTip) -> tuple[str, ...]:
    """The words of a tip as they are stored: the text, and the name of a shared place."""
    return tuple(words for words in (new.text, new.place.name if new.place else "") if words)


def _too_many(work: Work, by: Actor) -> bool:
    """Whether the person has sent more tips in an hour than the plan alerts for. Such tips wait in the list, and their
    time limits run."""
    if by.id is None:
        return False
    return tips.count_since(work.db, by.id, work.now - timedelta(hours=1)) > work.context.rules.tips_an_hour
