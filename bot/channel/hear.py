"""What a channel calls with what came in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.messages import Inbound

Hear = Callable[[Inbound], Awaitable[None]]
"""Take one message in. Returns after its commit: only then may the platform be told "received".

Raises `NotStored` when nothing was stored (database down, locked or full): the platform must be asked to send again.
A redelivery returns quietly."""

KeepBroken = Callable[[str, str, bytes], Awaitable[None]]
"""Keep (channel, message key, raw body) of something that could not be read, encrypted, and alarm the operator."""


class NotStored(Exception):
    """Nothing was stored; the platform must deliver again."""
