"""Chats as Telegram's server keeps them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram.asked import ApiError, bad_request
from tests.doubles.telegram.seen import Seen


@dataclass(slots=True, kw_only=True)
class Chat:
    """One chat. `bot` is our standing in it: "none" (never met), "member", "administrator", "left" or "kicked"."""

    id: int
    type: str
    about: dict[str, Any]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    bot: str = "none"
    gone: bool = False
    moved_to: int | None = None
    bot_spoke_last: bool = False
    sent: dict[int, Seen] = field(default_factory=dict)
    """What the bot sent, by message id, in order."""

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        return {"id": self.id, "type": self.type, **self.about}

    def let_bot_write(self) -> None:
        """Raises the refusal that Telegram gives to a bot that may not write here."""
        if self.moved_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved_to,
            )
        if self.gone:
            raise ApiError(403, "Forbidden: user is deactivated")
        if self.bot in ("member", "administrator"):
            return
        if self.type == "private":
            never = "Forbidden: bot can't initiate conversation with a user"
            raise ApiError(403, "Forbidden: bot was blocked by the user" if self.bot == "kicked" else never)
        if self.bot == "none":
            raise bad_request("chat not found")
        kind = "supergroup" if self.type == "supergroup" else "group"
        verb = "kicked from" if self.bot == "kicked" else "not a member of"
        raise ApiError(403, f"Forbidden: bot {'was' if self.bot == 'kicked' else 'is'} {verb} the {kind} chat")
