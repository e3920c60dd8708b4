"""The ways in which a platform can say no. A `ConnectionError` or a `TimeoutError` means "try again later".
Whatever else a port raises is taken for a fault of our own code."""

from __future__ import annotations

from datetime import datetime

from core.messages import ChatId


class TooFast(Exception):
    """Wait `retry_after` seconds before sending anything more to this account."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after} s")
        self.retry_after = retry_after


class Unreachable(Exception):
    """This chat takes no messages until it lets us in again, or writes to us: blocked, deactivated, kicked, not
    found."""


class WindowClosed(Exception):
    """This person may not be written to now: they last wrote too long ago. Another chat of theirs may be open; the next
    message opens this one again."""


class QuotaUsedUp(Exception):
    """The account has no messages, or no money, left: nothing goes out until the operator or a new month gives more."""


class LaterFor(Exception):
    """The platform takes this very message only from `until` on (aware): an advert at night, say."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


class Moved(Exception):
    """The chat has another id now."""

    def __init__(self, to: ChatId) -> None:
        super().__init__("the chat has another id now")
        self.to = to


class Refused(Exception):
    """The platform will never take this very message; trying again is useless."""


class AccountDead(Exception):
    """The token was rejected: nothing can be sent with this account until the operator acts."""


class GoneMessage(Exception):
    """The message to edit can no longer be edited: send a new one."""


class GoneMedia(Exception):
    """The platform no longer has the file."""


class TooLarge(Exception):
    """The file is over the limit."""


class ConnectionFailed(ConnectionError):
    """The line or the platform's servers failed. Try again; what was asked may have been done all the same."""
