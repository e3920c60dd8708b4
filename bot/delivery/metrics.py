"""Metrics of sending at `/metrics`. Numbers only: no person, no place, no words."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

SENT_TOTAL = Counter("tinbao_sent_total", "Messages that a platform took", ["channel"])
SEND_SECONDS = Histogram("tinbao_send_seconds", "How long a platform takes for one message", ["channel"])
DROPPED_TOTAL = Counter("tinbao_dropped_total", "Messages that can never be delivered", ["channel", "why"])
BROKE_TOTAL = Counter("tinbao_set_aside_total", "Messages that our own code broke on when sending them", ["channel"])
SET_ASIDE = Gauge("tinbao_outbox_set_aside", "Messages that our own code broke on, kept for an upgrade")
TIMERS_SET_ASIDE = Gauge("tinbao_timers_set_aside", "Timers that our own code broke on, to be tried again")
WAITING = Gauge("tinbao_outbox_waiting", "Messages that are due and wait to be sent", ["channel"])
