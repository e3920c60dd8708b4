"""`tinbao demo --script` keeps its promises on every day of the calendar, the odd ones above all."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.demo.script import play
from core.vietnam import VIETNAM
from tests.patience import PATIENCE_S

ODD_DAYS = {
    "half past midnight on New Year": datetime(2027, 1, 1, 0, 30),  # noqa: DTZ001 - the zone is put in below
    "the last minute of a year": datetime(2026, 12, 31, 23, 59),  # noqa: DTZ001
    "a leap day": datetime(2028, 2, 29, 9, 0),  # noqa: DTZ001
    "Tet": datetime(2027, 2, 6, 8, 0),  # noqa: DTZ001
    "the first of a month, at three in the night": datetime(2026, 12, 1, 3, 0),  # noqa: DTZ001
    "the first of a month, in the evening": datetime(2027, 3, 1, 19, 30),  # noqa: DTZ001
}


@pytest.mark.long
@pytest.mark.parametrize("day", [None, *ODD_DAYS])
def test_the_whole_story_keeps_its_promises(day: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    at = ODD_DAYS[day].replace(tzinfo=VIETNAM) if day is not None else None
    kept = play(at, wait_s=PATIENCE_S, alert_within_s=PATIENCE_S)
    told = capsys.readouterr().out
    assert kept == 0, told[-2000:]
    assert "20 of 20" in told
