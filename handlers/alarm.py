"""Tell those who look after the machine, in their own chats."""

from __future__ import annotations

from core.replies import Reply, Words
from handlers.work import Work
from storage import cases
from storage.outbox import Lane, Why


def alarm(work: Work, words: Words, *, reason: str, about_channel: str = "") -> int:
    """Tell the operators, each once for this reason; how many can be told. What is about a channel is not told through
    that channel."""
    told = [to for to in cases.operators(work.db) if to.channel != about_channel]
    for to in told:
        work.tell(to, Reply(lines=(words,)), reason=reason[:80], lane=Lane.ALERT, why=Why.ALARM)
    return len(told)
