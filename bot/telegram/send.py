"""Telegram's side of `ChannelPort`. Importing this imports aiogram, which takes seconds: do it once, when needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageCaption,
    EditMessageText,
    GetFile,
    GetMe,
    GetUpdates,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from aiohttp import ClientError, ClientResponseError

from bot.channel import ConnectionFailed, GoneMedia, GoneMessage, Outgoing, Pace, Refused, TooLarge
from bot.delivery.half_sent import HalfSent
from bot.delivery.split import units
from bot.intake.fields import Fields
from bot.telegram import errors
from bot.telegram.compose import LONGEST_CAPTION, LONGEST_TEXT, Request, inline, requests_for
from bot.telegram.errors import RequestRefused, plainly
from bot.telegram.read import ALLOWED_UPDATES
from bot.telegram.session import PlainSession
from core.messages import ChatId, Media

log = structlog.get_logger()

OFFICIAL_API: Final = "https://api.telegram.org"
ANSWER_S: Final = 20
"""Seconds that Telegram has for a call without files."""
UPLOAD_S: Final = 180
DOWNLOAD_S: Final = 180
LONGEST_TOAST: Final = 200


class TelegramPort:
    """Sends, edits and fetches with one bot's token.

    A failure is one of `bot.channel`'s errors, or a `ConnectionError` for "try again"."""

    def __init__(self, token: str, api: str = OFFICIAL_API) -> None:
        """`api` is the base address of a Bot API server. Raises `ValueError` for a token of the wrong shape."""
        try:
            self._bot = Bot(token, session=PlainSession(api), default=DefaultBotProperties())
        except Exception:  # aiogram's error text holds the token
            raise ValueError("the Telegram token has the wrong shape: it looks like 123456:letters") from None
        self.bot_id = self._bot.id
        self.username = ""
        """Our @name without the @, "" until `get_me` has answered."""
        self.account = f"telegram:{self.bot_id}"
        # Telegram's own advice: about 30 a second in all (a little less leaves room for edits), about 1 a second to
        # one chat with short bursts, 20 a minute to a group.
        self.pace = Pace(overall_per_second=25, per_chat_per_second=1, chat_burst=3, group_per_minute=20)
        self._half_sent = HalfSent()

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Send all parts; the handle is the id of the message with the text (the last piece of a long one).

        Parts that went out before a failure are not sent again when the same message is tried again."""
        requests = requests_for(to, message)
        if not requests:
            raise Refused("there is nothing in it")
        done = await self._half_sent.send(to, message, requests, self._send_one)
        words = [handle for request, handle in zip(requests, done, strict=True) if request.words]
        return (words or done)[-1]

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Change the text and the buttons; pictures stay as they are. The same text again is fine.

        Raises `GoneMessage` when Telegram will not have it, or when the text has become too long for one message."""
        if not handle.isdigit() or not message.text.strip() or units(message.text) > LONGEST_TEXT:
            raise GoneMessage
        message_id, text, buttons = int(handle), message.text.strip(), inline(message)
        try:
            await self._edit(EditMessageText(chat_id=to, message_id=message_id, text=text, reply_markup=buttons))
        except RequestRefused as no:
            if no.why != errors.NO_TEXT:
                raise
            if units(text) > LONGEST_CAPTION:
                raise GoneMessage from None
            caption = EditMessageCaption(chat_id=to, message_id=message_id, caption=text, reply_markup=buttons)
            await self._edit(caption)

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Stop the button's spinning, with a short notice where `text` has one."""
        try:
            await self._ask(AnswerCallbackQuery(callback_query_id=press, text=_toast(text), show_alert=alert))
        except RequestRefused as no:
            if no.why != errors.TOO_OLD:
                raise

    async def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """The bytes of a file, in chunks. Telegram hands out files up to 20 MB; a link to one lasts an hour."""
        try:
            found = Fields(await self._ask(GetFile(file_id=media.ref)), "file")
        except RequestRefused as no:
            raise (TooLarge if no.why == errors.TOO_BIG else GoneMedia) from None
        path = found.text("file_path")
        if not path:
            raise GoneMedia
        if (found.number_or_none("file_size") or 0) > limit:
            raise TooLarge
        size = 0
        async for chunk in self._download(path):
            size += len(chunk)
            if size > limit:
                raise TooLarge
            yield chunk

    async def close(self) -> None:
        """Let go of connections."""
        await self._bot.session.close()

    async def get_me(self) -> None:
        """Learn our own name (`username`)."""
        self.username = Fields(await self._ask(GetMe()), "me").text("username")

    async def get_updates(self, offset: int | None, wait_s: int) -> list[Any]:
        """Updates as plain JSON, oldest first, after up to `wait_s` seconds. Those before `offset` count as taken.

        Raises `AnotherPoller` while a webhook is set or another process asks."""
        method = GetUpdates(offset=offset, timeout=wait_s, allowed_updates=list(ALLOWED_UPDATES))
        updates = await self._ask(method, ANSWER_S + wait_s)
        if not isinstance(updates, list):
            raise ConnectionFailed("updates are no list")
        return updates

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates brought to `url`. What waits on the server stays there and is brought too."""
        await self._ask(
            SetWebhook(
                url=url,
                secret_token=secret,
                allowed_updates=list(ALLOWED_UPDATES),
                max_connections=40,
                drop_pending_updates=False,
            )
        )

    async def delete_webhook(self) -> None:
        """Have updates kept until we ask."""
        await self._ask(DeleteWebhook(drop_pending_updates=False))

    async def set_commands(self, commands: Sequence[tuple[str, str]], *, groups: bool, language: str) -> None:
        """The list behind the "/" button: (name, what it does). `language` is a two-letter code, "" for all others."""
        scope = BotCommandScopeAllGroupChats() if groups else BotCommandScopeAllPrivateChats()
        listed = [BotCommand(command=name, description=about) for name, about in commands]
        await self._ask(SetMyCommands(commands=listed, scope=scope, language_code=language or None))

    async def _send_one(self, request: Request) -> str:
        """Send it, with as many of its files as Telegram takes; the handle of its last message."""
        try:
            return _handle(await self._ask(request.method, UPLOAD_S))
        except RequestRefused as no:
            if request.left_out is None:
                raise
            log.warning("telegram_file_refused", method=type(request.method).__name__, why=no.why)
        handle, refused = "", 0 if request.instead else 1
        for method in request.instead:
            try:
                handle = _handle(await self._ask(method, UPLOAD_S))
            except RequestRefused:
                refused += 1
        return _handle(await self._ask(request.left_out(refused))) if refused else handle

    async def _edit(self, method: TelegramMethod[Any]) -> None:
        try:
            await self._ask(method)
        except RequestRefused as no:
            if no.why in (errors.EDIT_GONE, errors.EDIT_BARRED, errors.ID_INVALID):
                raise GoneMessage from None
            if no.why != errors.NOT_MODIFIED:
                raise

    async def _ask(self, method: TelegramMethod[Any], timeout_s: int = ANSWER_S) -> Any:
        with plainly():
            return await self._bot(method, request_timeout=timeout_s)

    async def _download(self, path: str) -> AsyncIterator[bytes]:
        session = self._bot.session
        try:
            async for chunk in session.stream_content(session.api.file_url(self._bot.token, path), timeout=DOWNLOAD_S):
                yield chunk
        except ClientResponseError as error:  # its text holds the address, and that the token
            raise (
                GoneMedia() if error.status in (400, 404, 410) else ConnectionFailed(f"HTTP {error.status}")
            ) from None
        except (ClientError, TimeoutError) as error:
            raise ConnectionFailed(type(error).__name__) from None


def _handle(result: Any) -> str:
    """The id of the message that was made; of an album, the last one's."""
    message = result[-1] if isinstance(result, list) and result else result
    return str(message["message_id"]) if isinstance(message, dict) and "message_id" in message else ""


def _toast(text: str) -> str | None:
    if units(text) <= LONGEST_TOAST:
        return text or None
    return text[: LONGEST_TOAST - 60].rstrip() + "…"
