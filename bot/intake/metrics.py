"""Metrics of receiving at `/metrics`. Numbers only: no person, no place, no words."""

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
FAILED = Gauge("tinbao_inbox_failed", "Messages that broke a step and are kept for `tinbao replay`")
