"""How long after a person's last word an app lets us write to him, and what it costs. Pure: the time comes in.

Rule of Zalo's Official Accounts ("tin tư vấn"): free within 48 hours of the person's last word, paid until seven days
are over, then closed. Both ends count as inside.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from core.channels import Able


class Window(StrEnum):
    """Whether a person may be written to now."""

    FREE = "free"
    PAID = "paid"
    CLOSED = "closed"


def window(able: Able, last_heard: datetime | None, now: datetime) -> Window:
    """The window of one person on one app. `last_heard` is his last word there; None: he never wrote."""
    if able.open_for is None:
        return Window.FREE
    if last_heard is None or now - last_heard > able.open_for:
        return Window.CLOSED
    return Window.FREE if able.free is None or now - last_heard <= able.free else Window.PAID
