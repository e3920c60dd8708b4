"""What each app can do. Other code asks this table, because apps differ in buttons, lists and prices.

Each channel's folder says what its app can do, and is registered when the process starts; nothing is registered later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.messages import Channel
from core.replies import Words
from core.say import ChannelName


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What one app can do.

    `listed` is how many choices a numbered list shows at a time; 0: the app has buttons and needs no list. `merged`:
    every message counts there, so what is said at once goes as one. `free` is how long after a person's last word an
    answer costs nothing, `open_for` how long they may be written to at all; None: for as long as they let us.
    """

    listed: int = 0
    merged: bool = False
    free: timedelta | None = None
    open_for: timedelta | None = None


GONE: Final = Capabilities(open_for=timedelta(0))
"""Stands for a channel whose folder was removed. Nothing can be sent on it."""


class _Registered(dict[Channel, Capabilities]):
    def __missing__(self, channel: Channel) -> Capabilities:
        return GONE


_registered: Final = _Registered()
CAPABILITIES: Final[Mapping[Channel, Capabilities]] = _registered
"""By channel; `GONE` for one that nobody registered."""


def register(channel: Channel, capabilities: Capabilities) -> None:
    """Say what a channel can do. Called at the start, once for each folder."""
    _registered[channel] = capabilities


def channel_name(channel: str) -> Words:
    """What people call a channel, for a sentence."""
    return Words(ChannelName(f"channel-{channel}"))
