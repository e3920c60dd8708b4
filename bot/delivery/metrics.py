"""What `/metrics` shows of the way out. Numbers only: no person, no place, no words."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

SENT_TOTAL = Counter("tinbao_sent_total", "Messages that a platform took", ["channel"])
SEND_SECONDS = Histogram("tinbao_send_seconds", "How long a platform takes for one message", ["channel"])
DROPPED_TOTAL = Counter("tinbao_dropped_total", "Messages that can never be delivered", ["channel", "why"])
WAITING = Gauge("tinbao_outbox_waiting", "Messages that are due and wait to be sent", ["channel"])
