"""The Official Account's implementation of `ChannelPort`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import structlog

from bot.channel import AccountDead, GoneMessage, Outgoing, Pace, Picture, Refused
from bot.delivery.half_sent import HalfSent
from bot.zalo import links
from bot.zalo_oa.client import OaClient
from bot.zalo_oa.compose import MessagePart, NoPicture, Shape, is_picture, message_of, parts_of, small_enough
from bot.zalo_oa.errors import NO_SUCH_SHAPE, OLD_WAY, UPLOAD_EXPIRED, WRONG_KIND, RequestRefused, TokenOver
from bot.zalo_oa.read import GROUP
from bot.zalo_oa.tokens import Tokens
from core.messages import ChatId, Media

log = structlog.get_logger()
T = TypeVar("T")


class OaPort:
    """Sends and fetches for one Official Account.

    A failure is one of `bot.channel`'s errors, or a `ConnectionError` for "try again"."""

    def __init__(
        self,
        client: OaClient,
        tokens: Tokens,
        *,
        buttons: Shape = "off",
        media_hosts: Sequence[str] = ("zdn.vn",),
        monthly: int = 0,
    ) -> None:
        self.client, self.tokens = client, tokens
        self._shape, self._hosts = buttons, tuple(media_hosts)
        self.account = tokens.account
        # An app may make 4000 requests per minute, but a small package is said to allow 100. Urgent messages do not
        # wait.
        self.pace = Pace(
            overall_per_second=1.5, per_chat_per_second=1, chat_burst=3, group_per_minute=20, per_month=monthly
        )
        self._half_sent = HalfSent()

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Send all parts. The handle is the id of the last one.

        Parts that were sent before a failure are not sent again when the same message is retried."""
        fitting = await asyncio.to_thread(_fitting, message) if message.pictures else message
        parts = parts_of(fitting, group=to.startswith(GROUP), shape=self._shape)
        if not parts:
            raise Refused("there is nothing in it")
        sent = await self._half_sent.send(to, message, parts, lambda part: self._send_part(to, part))
        return sent[-1]

    def pieces(self, message: Outgoing) -> int:
        """The number of messages that Zalo counts."""
        return max(len(parts_of(message, group=False, shape=self._shape)), 1)

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Raise `GoneMessage`, because Zalo cannot edit messages."""
        raise GoneMessage

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Do nothing: on Zalo a button press is an ordinary message."""

    def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """The bytes of a file, in chunks."""
        return links.fetch(media.ref, self._hosts, limit)

    async def close(self) -> None:
        """Close all connections."""
        await self.client.close()

    async def _send_part(self, to: ChatId, part: MessagePart) -> str:
        if part.picture is not None:
            return await self._picture_or_words(to, part, part.picture)
        try:
            return await self._post(to, part, self._shape)
        except RequestRefused as no:
            if not part.buttons or no.code not in NO_SUCH_SHAPE:
                raise
            log.warning("zalo_buttons_refused", shape=self._shape, code=no.code)
            if no.code in (WRONG_KIND, OLD_WAY):
                self._shape = "off"  # Zalo does not accept this shape, so only the numbers in the text are used
        return await self._post(to, part, "off")

    async def _picture_or_words(self, to: ChatId, part: MessagePart, picture: Picture) -> str:
        """Send a picture; when Zalo refuses it, send its words with a line that says so."""
        for last in (False, True):
            try:
                return await self._send_picture(to, part, picture)
            except RequestRefused as no:
                log.warning("zalo_picture_refused", code=no.code)
                if last or no.code != UPLOAD_EXPIRED:
                    break
        return await self._post(to, MessagePart(part.instead), "off")

    async def _send_picture(self, to: ChatId, part: MessagePart, picture: Picture) -> str:
        attachment = await self._with_token(
            lambda access: self.client.upload_image(access, picture.data, picture.mime.partition(";")[0])
        )
        return await self._post(to, part, "off", attachment)

    async def _post(self, to: ChatId, part: MessagePart, shape: Shape, attachment: str = "") -> str:
        group = to.startswith(GROUP)
        recipient = {"group_id": to.removeprefix(GROUP)} if group else {"user_id": str(to)}
        message = message_of(part, shape, attachment)
        return await self._with_token(lambda access: self.client.send(access, recipient, message, group=group))

    async def _with_token(self, call: Callable[[str], Awaitable[T]]) -> T:
        """Call `call` with the access token and, when Zalo rejects that, once more with a new one. The rejected request
        had no effect."""
        access = await self.tokens.access()
        try:
            return await call(access)
        except TokenOver:
            access = await self.tokens.instead_of(access)
        try:
            return await call(access)
        except TokenOver as over:
            raise AccountDead(f"a new token is refused too ({over})") from None


def _fitting(message: Outgoing) -> Outgoing:
    """The message with its pictures made small enough; one that cannot be is treated as a file, so it is only mentioned
    in words."""
    fitting: list[Picture] = []
    for picture in message.pictures:
        try:
            fitting.append(small_enough(picture) if is_picture(picture) else picture)
        except NoPicture:
            fitting.append(replace(picture, mime="application/octet-stream"))
    return replace(message, pictures=tuple(fitting))
