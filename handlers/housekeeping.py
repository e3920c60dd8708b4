"""Every night: forget what is no longer needed. Personal data is kept only as long as needed (Law 91/2025/QH15)."""

from __future__ import annotations

from datetime import timedelta

from handlers.work import Work
from storage import guesses, inbox, outbox

CODES_FOR = timedelta(days=1)


def tidy(work: Work) -> dict[str, int]:
    """Empty old messages' words and delivered answers; returns how many of each."""
    before = work.now - timedelta(days=work.house.rules.keep_words_days)
    guesses.forget_before(work.db, work.now - CODES_FOR)
    return {"inbox": inbox.forget_before(work.db, before), "outbox": outbox.forget_before(work.db, before)}
