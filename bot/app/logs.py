"""Logs for the operator: one line per event, with ids only, never the words of a tip or its sender."""

from __future__ import annotations

import logging
import os
import sys

import structlog


def set_up_logs(least: str = "info") -> None:
    """Log to standard error, as text on a terminal and as JSON lines otherwise. `TINBAO_LOG=debug` logs more."""
    level = logging.getLevelNamesMapping().get(os.environ.get("TINBAO_LOG", least).upper(), logging.INFO)
    shown = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for talkative in ("aiogram", "httpx", "httpcore", "apscheduler"):
        logging.getLogger(talkative).setLevel(logging.ERROR)
