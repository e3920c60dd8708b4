"""The Zalo bot's implementation of `ChannelPort`. It sends text only: a picture would need a public link, which
evidence must never have."""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final

from bot.channel import ConnectionFailed, GoneMessage, Outgoing, Pace, QuotaUsedUp, Refused, TooFast
from bot.delivery.half_sent import HalfSent, key_of
from bot.zalo import links
from bot.zalo.text import pieces_of
from bot.zalo_bot.client import OFFICIAL_API, BotClient
from bot.zalo_bot.errors import RequestRefused, ShutOut, TooMany
from core.bounded_dict import BoundedDict
from core.messages import ChatId, Media

MONTHLY: Final = 3_000
"""Messages per month in Zalo's free plan."""
FIRST_WAIT_S, LONGEST_WAIT_S = 5.0, 120.0
USED_UP_AFTER_S: Final = 600.0
"""Seconds. No limit per second or per minute refuses for so long, so it must be the monthly one."""
SHUT_OUT_TRIES: Final = 3
REMEMBERED: Final = 1_000


class ZaloBotPort:
    """Sends and fetches with one bot's token.

    A failure is one of `bot.channel`'s errors, or a `ConnectionError` for "try again"."""

    def __init__(
        self,
        token: str,
        api: str = OFFICIAL_API,
        *,
        monthly: int = MONTHLY,
        media_hosts: Sequence[str] = ("zdn.vn",),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`monthly`: messages that may be sent in a month; 0: no limit. Raises `ValueError` for a token of the wrong
        shape."""
        self.client = BotClient(token, api)
        self.names: tuple[str, ...] = ()
        """The bot's names, empty until `get_me` has answered."""
        self.bot_id = self.client.bot_id
        self.account = f"zalo_bot:{self.bot_id}"
        # Zalo documents no limit per second; it was never seen to refuse one message per second to a chat.
        self.pace = Pace(
            overall_per_second=5, per_chat_per_second=1, chat_burst=3, group_per_minute=20, per_month=monthly
        )
        self._hosts, self._seconds = tuple(media_hosts), seconds
        self._half_sent = HalfSent()
        self._shut_out: BoundedDict[int, int] = BoundedDict(REMEMBERED)
        self._too_many_since = self._too_many_last = float("-inf")

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Send all pieces. The handle is the id of the last one, which has the choices.

        Pieces that were sent before a failure are not sent again when the same message is retried."""
        pieces = pieces_of(message, left_behind=len(message.pictures))
        if not pieces:
            raise Refused("there is nothing in it")
        key = key_of(to, message)
        sent = await self._half_sent.send(to, message, pieces, lambda piece: self._send_piece(key, to, piece))
        self._shut_out.pop(key, None)
        return sent[-1]

    def pieces(self, message: Outgoing) -> int:
        """The number of messages that Zalo counts."""
        return max(len(pieces_of(message, left_behind=len(message.pictures))), 1)

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Raise `GoneMessage`, because Zalo cannot edit messages."""
        raise GoneMessage

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Do nothing: there are no buttons."""

    def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """The bytes of a file, in chunks."""
        return links.fetch(media.ref, self._hosts, limit)

    async def close(self) -> None:
        """Close all connections."""
        await self.client.close()

    async def get_me(self) -> None:
        """Read the bot's own names into `names`."""
        self.names = await self.client.get_me()

    async def _send_piece(self, key: int, to: ChatId, piece: str) -> str:
        try:
            handle = await self.client.send_message(to, piece)
        except TooMany:
            raise self._wait_or_give_up() from None
        except ShutOut:
            raise self._again_or_never(key) from None
        self._too_many_last = float("-inf")
        return handle

    def _wait_or_give_up(self) -> Exception:
        """The error for a refused message: a growing pause, and `QuotaUsedUp` when nothing could be sent for
        `USED_UP_AFTER_S`."""
        now = self._seconds()
        if now - self._too_many_last > USED_UP_AFTER_S:
            self._too_many_since = now  # nothing was tried for so long that this may be another reason
        self._too_many_last = now
        lasted = now - self._too_many_since
        if lasted >= USED_UP_AFTER_S:
            return QuotaUsedUp("error 429 for a long time")
        wait = min(max(lasted, FIRST_WAIT_S), LONGEST_WAIT_S)
        return TooFast(wait * random.uniform(1, 1.5))  # noqa: S311  # no secret

    def _again_or_never(self, key: int) -> Exception:
        tries = self._shut_out.pop(key, 0) + 1
        if tries >= SHUT_OUT_TRIES:
            return RequestRefused("error 403, again and again")
        self._shut_out[key] = tries
        return ConnectionFailed("error 403")
