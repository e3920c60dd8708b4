"""What Tiny sent → `Inbound`: `{"id": …, "from": …, "text": …}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.intake.fields import Fields
from core.messages import ChatId, Inbound, SenderId

from . import CHANNEL


def read(body: Any, now: datetime) -> Inbound:
    """One message, as parsed from JSON. Raises `BrokenUpdate`."""
    message = Fields(body, "message")
    sender = message.ident("from")
    return Inbound(
        channel=CHANNEL,
        sender=SenderId(sender),
        chat=ChatId(sender),
        message_key=message.ident("id"),
        sent_at=now,
        text=message.text("text"),
    )
