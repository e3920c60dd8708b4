"""How long after a person's last word an app lets us write to him, and what it costs. Pure: the time comes in.

Rule of Zalo's Official Accounts ("tin tư vấn"): free within 48 hours of the person's last word, paid until seven days
are over, then closed. Both ends count as inside.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from core.channels import Capabilities


class MessagingWindow(StrEnum):
    """Whether a person may be written to now."""

    FREE = "free"
    PAID = "paid"
    CLOSED = "closed"


def messaging_window(able: Capabilities, last_heard: datetime | None, now: datetime) -> MessagingWindow:
    """The window of one person on one app. `last_heard` is his last word there; None: he never wrote."""
    if able.open_for is None:
        return MessagingWindow.FREE
    if last_heard is None or now - last_heard > able.open_for:
        return MessagingWindow.CLOSED
    return MessagingWindow.FREE if able.free is None or now - last_heard <= able.free else MessagingWindow.PAID
