"""A pytest plugin: writes how many seconds each test took into the file named by `TEST_SECONDS`."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

_seconds: defaultdict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Setting up and clearing away count too. With several processes all reports come together in the first."""
    if not report.skipped:
        _seconds[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Once, in the process that has all reports."""
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["TEST_SECONDS"]).write_text(json.dumps(_seconds), "utf-8")
