"""Tell the operators about trouble with the system, in their own chats."""

from __future__ import annotations

from core.replies import Reply, Words
from handlers.work import Work
from storage import cases
from storage.outbox import Lane, Why


def alarm(work: Work, words: Words, *, reason: str, about_channel: str = "") -> int:
    """Queue a message to every operator, once for each `reason`. Returns how many operators can be reached. Trouble
    with a channel is not sent through that channel."""
    told = [to for to in cases.operators(work.db) if to.channel != about_channel]
    for to in told:
        work.tell(to, Reply(lines=(words,)), reason=reason[:80], lane=Lane.ALERT, why=Why.ALARM)
    return len(told)
