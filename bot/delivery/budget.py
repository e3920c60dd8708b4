"""An account's monthly limit of messages; some platforms sell messages by the month."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.channel import QuotaUsedUp
from storage import sending_counts
from storage.outbox import Lane

KEPT: Final = 0.1
"""The share of a month's messages that is reserved for alerts and answers."""
WARN_AT: Final = 0.8
"""The share of a month's messages at which the operator is warned, once."""


class MonthlyBudget:
    """One account's messages of this month. `limit` is how many it may send; 0: no limit."""

    def __init__(self, account: str, limit: int) -> None:
        self._account, self.limit = account, limit
        self._used = 0

    def look(self, db: Connection, now: datetime) -> None:
        """Read how many messages all processes have sent."""
        if self.limit:
            self._used = sending_counts.counted(db, self._account, now)

    def check(self, lane: int) -> None:
        """Raises `QuotaUsedUp` when a message of this lane may not be sent: past the limit none may, and in the last
        tenth only alerts and answers."""
        if self.limit and self._used >= (self.limit if lane < Lane.REMINDER else self.limit * (1 - KEPT)):
            raise QuotaUsedUp

    def spend(self, db: Connection, now: datetime, messages: int) -> int:
        """Count sent messages. Returns this month's total when the operator must now be warned, else 0."""
        if not (self.limit and messages):
            return 0
        used = sending_counts.count(db, self._account, now, messages)
        return used if used - messages < math.ceil(self.limit * WARN_AT) <= used else 0
