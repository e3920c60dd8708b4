"""What follows when our own code raises on one message or one timer: it is set aside, the operators are told where the
code failed, and it is tried again after an upgrade (a timer sooner, too). It is not counted as the platform's failure
and does not delay others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from sqlalchemy import Connection

from core.errors import where
from core.ids import OutboxId, TimerId
from core.replies import say
from core.say import Say
from handlers.alarm import alarm
from handlers.undeliverable import without_reader
from handlers.work import AppContext, Work
from storage import keys, reroute, set_aside
from storage.set_aside import Counts

log = structlog.get_logger()

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
"""The longest wait between two tries of a timer; each wait is twice the one before."""
LAST_PROGRAM: Final = "program:"
"""Prefix of the stored setting that holds the fingerprint of the last program of a role."""


def message_broke(work: Work, outbox_id: OutboxId, error: Exception) -> None:
    """Set a message aside. If it is a card that nobody else has, the next readers get the card."""
    set_aside.set_message_aside(work.db, outbox_id, f"{type(error).__name__} at {where(error)}")
    message = reroute.queued(work.db, outbox_id)
    if message is not None and message.card is not None:
        _then(work, partial(without_reader, work, message.card, message.contact_id))
    _alarm(work, Say.MESSAGE_SET_ASIDE, error)


def timer_broke(work: Work, timer_id: TimerId, error: Exception) -> None:
    """Set a timer aside until its next try. Nothing changes when another process has done so already."""
    tries = set_aside.tries_of_timer(work.db, timer_id)
    until = work.now + min(FIRST_WAIT * 2 ** min(tries, 10), LONGEST_WAIT)
    told = f"{type(error).__name__} at {where(error)}"
    if set_aside.set_timer_aside(work.db, timer_id, work.now, until, told):
        _alarm(work, Say.TIMER_SET_ASIDE, error)


def job_broke(work: Work, error: Exception) -> None:
    """Tell the operators that a scheduled job other than a timer failed."""
    _alarm(work, Say.TIMER_SET_ASIDE, error)


def after_upgrade(db: Connection, context: AppContext, role: str, program: str, now: datetime) -> Counts:
    """Release what is set aside when the last process of `role` ("courier" or "scheduler") ran another version of the
    program, because the upgrade may have fixed the fault. Returns how much is tried again."""
    name = f"{LAST_PROGRAM}{role}"
    before = keys.read(db, name)
    if before is not None and context.vault.open(before) == program:
        return Counts(0, 0)
    keys.write(db, name, context.vault.seal(program))
    return Counts(
        messages=set_aside.retry_messages(db, now) if role == "courier" else 0,
        timers=set_aside.retry_timers(db) if role == "scheduler" else 0,
    )


def retry_all(db: Connection, now: datetime) -> Counts:
    """Release everything that is set aside. Returns how much."""
    return Counts(set_aside.retry_messages(db, now), set_aside.retry_timers(db))


def _alarm(work: Work, key: Say, error: Exception) -> None:
    """Tell the operators, once an hour for each place in the code."""
    place = where(error)
    words = say(key, error=type(error).__name__, place=place)
    _then(work, lambda: alarm(work, words, reason=f"{key.value}:{work.now:%Y%m%d%H}:{place}"))


def _then(work: Work, act: Callable[[], object]) -> None:
    """Run a follow-up in a savepoint. If it raises too, what was set aside stays set aside."""
    try:
        work.attempt(act)
    except Exception as error:
        log.critical("own_fault_not_told", error=type(error).__name__, where=where(error))
