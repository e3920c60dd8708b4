"""What each app can do. The house asks this table instead of assuming that every app is like Telegram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.messages import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What one app can do.

    `listed` is how many choices a numbered list shows at a time; 0: the app has buttons and needs no list. `merged`:
    every message counts there, so what is said at once goes as one. `free` is how long after a person's last word an
    answer costs nothing, `open_for` how long he may be written to at all; None: for as long as he lets us.
    """

    listed: int = 0
    merged: bool = False
    free: timedelta | None = None
    open_for: timedelta | None = None


CAPABILITIES: Final[Mapping[Channel, Capabilities]] = {
    Channel.TELEGRAM: Capabilities(),
    Channel.WEB: Capabilities(),
    Channel.ZALO_BOT: Capabilities(listed=9, merged=True),
    # An Official Account shows at most five buttons, the last of which turns the page. Answers are free for two days
    # after a person's last word; after seven days only approved templates may be sent (Zalo's policy for "tin tư vấn").
    Channel.ZALO_OA: Capabilities(listed=4, merged=True, free=timedelta(hours=48), open_for=timedelta(days=7)),
}
