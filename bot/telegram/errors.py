"""Translate aiogram's errors into ours. aiogram's texts may contain chat ids, URLs with the token, or a whole response,
so they never leave this module."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Final

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.channel import AccountDead, ConnectionFailed, Moved, Refused, TooFast, Unreachable
from core.messages import ChatId


class AnotherPoller(ConnectionFailed):
    """Another process polls the same bot's updates, or a webhook is set."""


class RequestRefused(Refused):
    """Telegram refused the request; `why` is its reason in lower case if it is a known one."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


_CHAT_IS_CLOSED: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "group chat was deactivated",
    "user is deactivated",
)
NOT_MODIFIED, NO_TEXT, NO_CAPTION = "message is not modified", "there is no text in", "there is no caption in"
EDIT_GONE, EDIT_BARRED, ID_INVALID = "message to edit not found", "message can't be edited", "message_id_invalid"
TOO_OLD, TOO_BIG, NO_PICTURE, BAD_SIDES = (
    "query is too old",
    "file is too big",
    "image_process_failed",
    "photo_invalid_dimensions",
)
NO_FILES: Final = "no right to send such files"
"""Why Telegram refuses one kind of file in a chat that takes words: members may not send that kind there."""
_BUSY: Final = "temporarily unavailable"
_RIGHT_TO_SEND_FILES: Final = re.compile(r"rights to send (?!text messages|messages|a message)")
_KNOWN: Final = (
    NOT_MODIFIED, NO_TEXT, NO_CAPTION, EDIT_GONE, EDIT_BARRED, ID_INVALID, TOO_OLD, TOO_BIG, NO_PICTURE, BAD_SIDES,
    _BUSY,
)  # fmt: skip


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Translate aiogram's exceptions inside the block into errors of `bot.channel`; `ConnectionFailed` means "try
    again"."""
    try:
        yield
    except AiogramError as error:
        raise _ours(error) from None
    except TimeoutError:
        raise ConnectionFailed("no answer in time") from None


def _ours(error: AiogramError) -> Exception:
    match error:
        case TelegramRetryAfter():
            return TooFast(float(error.retry_after))
        case TelegramMigrateToChat():
            return Moved(ChatId(str(error.migrate_to_chat_id)))
        case TelegramForbiddenError():
            return Unreachable("shut out")
        case TelegramUnauthorizedError() | TelegramNotFound():
            return AccountDead("the token was rejected")  # 404 is Telegram's answer to a malformed token
        case TelegramConflictError():
            return AnotherPoller("somebody else asks for updates")
        case TelegramEntityTooLarge():
            return RequestRefused(TOO_BIG)
        case TelegramBadRequest():
            return _bad_request(error.message.lower())
        case _:
            return ConnectionFailed(type(error).__name__)


def _bad_request(said: str) -> Exception:
    if _RIGHT_TO_SEND_FILES.search(said):
        return RequestRefused(NO_FILES)
    if any(words in said for words in _CHAT_IS_CLOSED):
        return Unreachable("no such chat, or no right to write there")
    if _BUSY in said:
        return ConnectionFailed(_BUSY)
    return RequestRefused(next((words for words in _KNOWN if words in said), "another reason"))
