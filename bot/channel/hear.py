"""The functions that a channel calls with received messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.messages import Inbound

Hear = Callable[[Inbound], Awaitable[None]]
"""Process one message. Returns after its commit: only then may the platform be told "received".

Raises `NotStored` when nothing was stored (database down, locked or full): then the platform must send it again. A
redelivery changes nothing."""

KeepBroken = Callable[[str, str, bytes], Awaitable[None]]
"""Store (channel, message key, raw body) of an unreadable message, encrypted, and alert the operators."""


class NotStored(Exception):
    """Raised when nothing was stored; the platform must deliver again."""
