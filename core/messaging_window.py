"""How long after a person's last message an app lets us write to them, and whether it costs. Pure: time is an argument.

Rule of Zalo's Official Accounts ("tin tư vấn"): free within 48 hours of the person's last message, paid until seven
days are over, then closed. Both ends count as inside.
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
    """The window of one person on one app. `last_heard` (aware) is their last message there; None: they never wrote."""
    if able.open_for is None:
        return MessagingWindow.FREE
    if last_heard is None or now - last_heard > able.open_for:
        return MessagingWindow.CLOSED
    return MessagingWindow.FREE if able.free is None or now - last_heard <= able.free else MessagingWindow.PAID
