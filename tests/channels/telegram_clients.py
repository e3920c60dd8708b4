"""Two independent clients behind one interface, so that one test can check the double with both."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import aiogram
import aiogram.exceptions as aiogram_errors
import telegram as ptb
import telegram.error as ptb_errors
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.ext import Application, TypeHandler

from tests.doubles.loopback import Loopback
from tests.doubles.telegram import TelegramDouble

SECRET = "only-between-us"
KINDS = ("photo", "voice", "video", "document", "sticker", "venue", "contact", "location", "text")
Buttons = Sequence[tuple[str, str]]


class Trouble(Exception):
    """How a client reports a refusal, in words common to both."""


class Client(ABC):
    """A bot that stores the updates it receives as (kind, summary)."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.heard: list[tuple[str, str]] = []

    async def has_heard(self, count: int, double: TelegramDouble) -> list[tuple[str, str]]:
        """Wait until all updates are delivered and at least `count` were handled; returns them."""
        await double.all_taken()
        await double.until(lambda: len(self.heard) >= count)
        return self.heard

    def keep(self, update: Any) -> None:
        """Both libraries name the fields of an update as the Bot API does."""
        if update.callback_query:
            self.heard.append(("press", update.callback_query.data))
        elif update.my_chat_member:
            self.heard.append(("member", str(update.my_chat_member.new_chat_member.status)))
        elif update.edited_message:
            self.heard.append(("edit", _gist(update.edited_message)[1]))
        else:
            self.heard.append(_gist(update.message))

    @abstractmethod
    async def start(self) -> None: ...
    @abstractmethod
    async def stop(self) -> None: ...
    @abstractmethod
    async def listen(self, way: str) -> None: ...
    @abstractmethod
    async def name(self) -> str: ...
    @abstractmethod
    async def send_text(self, chat: int, text: str, buttons: Buttons = ()) -> int: ...
    @abstractmethod
    async def send_photo(self, chat: int, data: bytes, caption: str) -> None: ...
    @abstractmethod
    async def send_album(self, chat: int, pictures: Sequence[bytes]) -> None: ...
    @abstractmethod
    async def send_place(self, chat: int, latitude: float, longitude: float) -> None: ...
    @abstractmethod
    async def edit_text(self, chat: int, number: int, text: str) -> None: ...
    @abstractmethod
    async def answer_press(self, press: str, text: str) -> None: ...
    @abstractmethod
    async def download(self, file_id: str) -> bytes: ...
    @abstractmethod
    async def set_commands(self, commands: Buttons, language: str) -> None: ...


def _gist(message: Any) -> tuple[str, str]:
    if message.migrate_to_chat_id:
        return "moved", str(message.migrate_to_chat_id)
    kind = next((kind for kind in KINDS if getattr(message, kind)), "other")
    match kind:
        case "photo":
            return kind, message.photo[-1].file_id
        case "voice" | "video" | "document":
            return kind, getattr(message, kind).file_id
        case "location":
            return kind, f"{message.location.latitude} {message.location.longitude}"
        case _:
            return kind, message.text or ""


class AiogramClient(Client):
    """aiogram's own session, dispatcher, poller and webhook handler."""

    async def start(self) -> None:
        self.session = AiohttpSession(api=TelegramAPIServer.from_base(self.url))
        self.bot = aiogram.Bot(self.token, session=self.session)
        self.dispatcher = aiogram.Dispatcher()
        self.dispatcher.update.outer_middleware(self._middle)
        self._polling: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None

    async def _middle(self, handler: Any, update: Any, data: Any) -> None:
        self.keep(update)

    async def stop(self) -> None:
        if self._polling is not None:
            await self.dispatcher.stop_polling()
            await self._polling
        if self._runner is not None:
            await self._runner.cleanup()
        # Not `session.close()`: that waits a quarter of a second for TLS, which there is none of here.
        await (await self.session.create_session()).close()

    async def listen(self, way: str) -> None:
        if way == "polling":
            polling = self.dispatcher.start_polling(
                self.bot,
                handle_signals=False,
                close_bot_session=False,
                polling_timeout=5,
                handle_as_tasks=False,
                allowed_updates=["message", "edited_message", "callback_query", "my_chat_member"],
            )
            self._polling = asyncio.create_task(polling)
            return
        app = web.Application()
        handler = SimpleRequestHandler(self.dispatcher, self.bot, handle_in_background=False, secret_token=SECRET)
        handler.register(app, path="/hook")
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        await self.bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET)

    async def name(self) -> str:
        return (await self.bot.me()).username or ""

    async def send_text(self, chat: int, text: str, buttons: Buttons = ()) -> int:
        row = [InlineKeyboardButton(text=label, callback_data=data) for label, data in buttons]
        markup = InlineKeyboardMarkup(inline_keyboard=[row]) if row else None
        with _aiogram_trouble():
            return (await self.bot.send_message(chat, text, reply_markup=markup)).message_id

    async def send_photo(self, chat: int, data: bytes, caption: str) -> None:
        with _aiogram_trouble():
            await self.bot.send_photo(chat, BufferedInputFile(data, "a.jpg"), caption=caption)

    async def send_album(self, chat: int, pictures: Sequence[bytes]) -> None:
        with _aiogram_trouble():
            await self.bot.send_media_group(
                chat, [InputMediaPhoto(media=BufferedInputFile(data, "a.jpg")) for data in pictures]
            )

    async def send_place(self, chat: int, latitude: float, longitude: float) -> None:
        with _aiogram_trouble():
            await self.bot.send_location(chat, latitude, longitude)

    async def edit_text(self, chat: int, number: int, text: str) -> None:
        with _aiogram_trouble():
            await self.bot.edit_message_text(text, chat_id=chat, message_id=number)

    async def answer_press(self, press: str, text: str) -> None:
        with _aiogram_trouble():
            await self.bot.answer_callback_query(press, text)

    async def download(self, file_id: str) -> bytes:
        content = await self.bot.download(file_id)
        assert content is not None
        return content.read()

    async def set_commands(self, commands: Buttons, language: str) -> None:
        listed = [BotCommand(command=name, description=about) for name, about in commands]
        await self.bot.set_my_commands(listed, scope=BotCommandScopeAllPrivateChats(), language_code=language)


@contextmanager
def _aiogram_trouble() -> Iterator[None]:
    try:
        yield
    except aiogram_errors.TelegramRetryAfter as error:
        raise Trouble(f"too_fast {error.retry_after}") from error
    except aiogram_errors.TelegramMigrateToChat as error:
        raise Trouble(f"moved {error.migrate_to_chat_id}") from error
    except aiogram_errors.TelegramForbiddenError as error:
        raise Trouble("forbidden") from error
    except aiogram_errors.TelegramUnauthorizedError as error:
        raise Trouble("unauthorized") from error
    except aiogram_errors.TelegramBadRequest as error:
        raise Trouble(error.message.lower()) from error
    except (
        aiogram_errors.TelegramNetworkError, aiogram_errors.TelegramServerError, aiogram_errors.ClientDecodeError
    ) as error:  # fmt: skip
        raise Trouble("network") from error


class PtbClient(Client):
    """python-telegram-bot's own requests, updater and application."""

    async def start(self) -> None:
        builder = Application.builder().token(self.token)
        builder = builder.base_url(f"{self.url}/bot").base_file_url(f"{self.url}/file/bot")
        self.app = builder.build()
        self.bot = self.app.bot
        self.app.add_handler(TypeHandler(ptb.Update, self._handle))
        await self.app.initialize()
        await self.app.start()
        self._served: Loopback | None = None

    async def _handle(self, update: ptb.Update, context: Any) -> None:
        self.keep(update)

    async def stop(self) -> None:
        updater = self.app.updater
        if updater is not None and updater.running:
            await updater.stop()
        if self._served is not None:
            await self.bot.delete_webhook()
            await self._served.__aexit__(None, None, None)
        await self.app.stop()
        await self.app.shutdown()

    async def listen(self, way: str) -> None:
        if way == "polling":
            assert self.app.updater is not None
            await self.app.updater.start_polling(poll_interval=0, timeout=5)
            return

        async def hook(request: Request) -> Response:
            if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
                return Response(status_code=401)
            await self.app.update_queue.put(ptb.Update.de_json(await request.json(), self.bot))
            return Response()

        self._served = await Loopback(Starlette(routes=[Route("/hook", hook, methods=["POST"])])).__aenter__()
        await self.bot.set_webhook(f"{self._served.url}/hook", secret_token=SECRET)

    async def name(self) -> str:
        return self.bot.username

    async def send_text(self, chat: int, text: str, buttons: Buttons = ()) -> int:
        row = [ptb.InlineKeyboardButton(label, callback_data=data) for label, data in buttons]
        markup = ptb.InlineKeyboardMarkup([row]) if row else None
        with _ptb_trouble():
            return (await self.bot.send_message(chat, text, reply_markup=markup)).message_id

    async def send_photo(self, chat: int, data: bytes, caption: str) -> None:
        with _ptb_trouble():
            await self.bot.send_photo(chat, data, caption=caption)

    async def send_album(self, chat: int, pictures: Sequence[bytes]) -> None:
        with _ptb_trouble():
            await self.bot.send_media_group(chat, [ptb.InputMediaPhoto(data) for data in pictures])

    async def send_place(self, chat: int, latitude: float, longitude: float) -> None:
        with _ptb_trouble():
            await self.bot.send_location(chat, latitude, longitude)

    async def edit_text(self, chat: int, number: int, text: str) -> None:
        with _ptb_trouble():
            await self.bot.edit_message_text(text, chat_id=chat, message_id=number)

    async def answer_press(self, press: str, text: str) -> None:
        with _ptb_trouble():
            await self.bot.answer_callback_query(press, text)

    async def download(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def set_commands(self, commands: Buttons, language: str) -> None:
        await self.bot.set_my_commands(commands, scope=ptb.BotCommandScopeAllPrivateChats(), language_code=language)


@contextmanager
def _ptb_trouble() -> Iterator[None]:
    try:
        yield
    except ptb_errors.RetryAfter as error:
        assert isinstance(error.retry_after, timedelta)
        raise Trouble(f"too_fast {error.retry_after.total_seconds():g}") from error
    except ptb_errors.ChatMigrated as error:
        raise Trouble(f"moved {error.new_chat_id}") from error
    except ptb_errors.Forbidden as error:
        raise Trouble("forbidden") from error
    except ptb_errors.InvalidToken as error:
        raise Trouble("unauthorized") from error
    except ptb_errors.BadRequest as error:
        raise Trouble(error.message.lower()) from error
    except ptb_errors.NetworkError as error:
        raise Trouble("network") from error
