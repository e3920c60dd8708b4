"""The errors that a platform can cause. A `ConnectionError` or a `TimeoutError` means "try again later". Anything else
that a port raises counts as a fault of our own code."""

from __future__ import annotations

from datetime import datetime

from core.messages import ChatId


class TooFast(Exception):
    """Wait `retry_after` seconds before sending anything more to this account."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after} s")
        self.retry_after = retry_after


class Unreachable(Exception):
    """The chat takes no messages (blocked, deactivated, kicked, not found) until it unblocks the bot or writes to
    it."""


class WindowClosed(Exception):
    """The person may not be written to now, because they last wrote too long ago. Another chat of theirs may be open;
    their next message opens this one again."""


class QuotaUsedUp(Exception):
    """The account has no messages, or no money, left: nothing can be sent until the operator or a new month adds
    some."""


class LaterFor(Exception):
    """The platform takes this message only from `until` on (aware), such as an advert at night."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


class Moved(Exception):
    """The chat has another id now."""

    def __init__(self, to: ChatId) -> None:
        super().__init__("the chat has another id now")
        self.to = to


class Refused(Exception):
    """The platform will never take this message; trying again is useless."""


class AccountDead(Exception):
    """The token was rejected: nothing can be sent with this account until the operator acts."""


class GoneMessage(Exception):
    """The message to edit can no longer be edited: send a new one."""


class GoneMedia(Exception):
    """The platform no longer has the file."""


class TooLarge(Exception):
    """The file is over the limit."""


class ConnectionFailed(ConnectionError):
    """The connection or the platform's servers failed. Try again; the request may have been carried out all the
    same."""
