"""Every night: erase what is no longer needed. Personal data is kept only as long as needed (Law 91/2025/QH15); the
plan says how long."""

from __future__ import annotations

from datetime import timedelta

from core.plan import Retention
from handlers.cases import set_missing_limits
from handlers.work import Work
from storage import audit, erase, guesses, inbox, outbox, tips

CODES_FOR = timedelta(days=1)


def tidy(work: Work) -> dict[str, int]:
    """Erase the words of old messages and of delivered answers. Returns how many of each."""
    before = work.now - timedelta(days=work.context.rules.keep_words_days)
    guesses.forget_before(work.db, work.now - CODES_FOR)
    set_missing_limits(work)
    done = {"inbox": inbox.forget_before(work.db, before), "outbox": outbox.forget_before(work.db, before)}
    rule = work.context.rules.erase
    return done | erase_old(work, rule) if rule is not None else done


def erase_old(work: Work, rule: Retention) -> dict[str, int]:
    """Erase what names a person in old cases and activities. Returns how many of each; the rest of a very long list
    waits for the next night."""
    db, vault = work.db, work.context.vault
    tip_ids = erase.old_tips(db, work.now - timedelta(days=rule.case_days))
    for tip_id in tip_ids:
        tip = tips.by_id(db, vault, tip_id)
        if tip is not None:
            audit.note(db, vault, chain=tip.case.unit, case_id=tip.case.id, actor=None, act="erased", now=work.now)
    erase.words_of_tips(db, tip_ids)
    return {
        "tips": len(tip_ids),
        "files": erase.files_of_cases(db, vault, work.now - timedelta(days=rule.media_days)),
        "activities": erase.words_of_activities(db, vault, work.now - timedelta(days=rule.activity_days)),
        "questions": erase.questions(db, work.now - timedelta(days=rule.inbox_days)),
    }
