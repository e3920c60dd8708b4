"""What `/metrics` shows. Numbers only: no person, no place, no words."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

HEARD_TOTAL = Counter("tinbao_heard_total", "Messages taken in", ["channel"])
BROKEN_TOTAL = Counter("tinbao_unreadable_total", "Messages that could not be read", ["channel"])
REFUSED_TOTAL = Counter("tinbao_refused_total", "Requests turned away", ["channel", "why"])
HEAR_SECONDS = Histogram(
    "tinbao_hear_seconds",
    "From a message's arrival to its commit",
    ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
SENT_TOTAL = Counter("tinbao_sent_total", "Messages that a platform took", ["channel"])
SEND_SECONDS = Histogram("tinbao_send_seconds", "How long a platform takes for one message", ["channel"])
DROPPED_TOTAL = Counter("tinbao_dropped_total", "Messages that can never be delivered", ["channel", "why"])
BROKE_TOTAL = Counter("tinbao_set_aside_total", "Messages that our own code broke on when sending them", ["channel"])
SET_ASIDE = Gauge("tinbao_outbox_set_aside", "Messages that our own code broke on, kept for an upgrade")
TIMERS_SET_ASIDE = Gauge("tinbao_timers_set_aside", "Timers that our own code broke on, to be tried again")
WAITING = Gauge("tinbao_outbox_waiting", "Messages that are due and wait to be sent", ["channel"])
FAILED = Gauge("tinbao_inbox_failed", "Messages that broke a step and are kept for `tinbao replay`")
