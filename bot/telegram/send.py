"""Telegram's implementation of `ChannelPort`. It imports aiogram, which takes seconds, so import it only when
needed."""

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
"""Timeout in seconds for a request without files."""
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
        """The bot's @name without the @, "" until `get_me` has answered."""
        self.account = f"telegram:{self.bot_id}"
        # Telegram's own advice: about 30 a second in all (a little less leaves room for edits), about 1 a second to
        # one chat with short bursts, 20 a minute to a group.
        self.pace = Pace(overall_per_second=25, per_chat_per_second=1, chat_burst=3, group_per_minute=20)
        self._half_sent = HalfSent()

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Send all parts. The handle is the id of the message with the text (the last piece of a long one).

        Parts that were sent before a failure are not sent again when the same message is retried."""
        requests = requests_for(to, message)
        if not requests:
            raise Refused("there is nothing in it")
        done = await self._half_sent.send(to, message, requests, self._send_one)
        words = [handle for request, handle in zip(requests, done, strict=True) if request.words]
        return (words or done)[-1]

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Change the text and the buttons; pictures stay. An unchanged text is no error.

        Raises `GoneMessage` when Telegram refuses the edit, or when the text has become too long for one message."""
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
        """End the button's progress indicator, with a short notice unless `text` is empty."""
        try:
            await self._ask(AnswerCallbackQuery(callback_query_id=press, text=_toast(text), show_alert=alert))
        except RequestRefused as no:
            if no.why != errors.TOO_OLD:
                raise

    async def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """The bytes of a file, in chunks. Telegram serves files up to 20 MB; a link is valid for an hour."""
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
        """Close all connections."""
        await self._bot.session.close()

    async def get_me(self) -> None:
        """Read the bot's own name into `username`."""
        self.username = Fields(await self._ask(GetMe()), "me").text("username")

    async def get_updates(self, offset: int | None, wait_s: int) -> list[Any]:
        """Updates as plain JSON, oldest first, after up to `wait_s` seconds. Those before `offset` are confirmed.

        Raises `AnotherPoller` while a webhook is set or another process polls."""
        method = GetUpdates(offset=offset, timeout=wait_s, allowed_updates=list(ALLOWED_UPDATES))
        updates = await self._ask(method, ANSWER_S + wait_s)
        if not isinstance(updates, list):
            raise ConnectionFailed("updates are no list")
        return updates

    async def set_webhook(self, url: str, secret: str) -> None:
        """Set the webhook to `url`. Updates that wait on the server are kept and sent too."""
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
        """Delete the webhook, so that updates wait for polling."""
        await self._ask(DeleteWebhook(drop_pending_updates=False))

    async def set_commands(self, commands: Sequence[tuple[str, str]], *, groups: bool, language: str) -> None:
        """Set the list behind the "/" button: (name, description). `language` is a two-letter code, "" for all
        others."""
        scope = BotCommandScopeAllGroupChats() if groups else BotCommandScopeAllPrivateChats()
        listed = [BotCommand(command=name, description=about) for name, about in commands]
        await self._ask(SetMyCommands(commands=listed, scope=scope, language_code=language or None))

    async def _send_one(self, request: Request) -> str:
        """Send a request with as many of its files as Telegram takes. Returns the handle of its last message."""
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
        except ClientResponseError as error:  # its text contains the URL with the token
            raise (
                GoneMedia() if error.status in (400, 404, 410) else ConnectionFailed(f"HTTP {error.status}")
            ) from None
        except (ClientError, TimeoutError) as error:
            raise ConnectionFailed(type(error).__name__) from None


def _handle(result: Any) -> str:
    """The id of the sent message; of an album, of its last message."""
    message = result[-1] if isinstance(result, list) and result else result
    return str(message["message_id"]) if isinstance(message, dict) and "message_id" in message else ""


def _toast(text: str) -> str | None:
    if units(text) <= LONGEST_TOAST:
        return text or None
    return text[: LONGEST_TOAST - 60].rstrip() + "…"
