"""The Bot API's methods about the bot itself, its updates, its files and its button presses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.doubles.telegram.asked import Asked, bad_request
from tests.doubles.telegram.methods import (
    Method,
    edit_caption,
    edit_markup,
    edit_text,
    send_file,
    send_location,
    send_media_group,
    send_message,
    units,
)

if TYPE_CHECKING:
    from tests.doubles.telegram.double import TelegramDouble

LARGEST_DOWNLOAD = 20 * 1024 * 1024


async def get_me(double: TelegramDouble, asked: Asked) -> Any:
    """getMe"""
    return {
        **double.me(),
        "can_join_groups": True,
        "can_read_all_group_messages": double.reads_all_in_groups,
        "supports_inline_queries": False,
    }


async def get_updates(double: TelegramDouble, asked: Asked) -> Any:
    """getUpdates"""
    allowed = asked.json("allowed_updates")
    if allowed is not None:
        double.updates.allowed = tuple(allowed)
    offset = asked.number("offset") if asked.text("offset") else None
    return await double.updates.get(offset, asked.number("limit", 100), min(asked.number("timeout"), 50))


async def set_webhook(double: TelegramDouble, asked: Asked) -> Any:
    """setWebhook. The real one wants https; this one also takes loopback."""
    url, secret = asked.text("url"), asked.text("secret_token")
    if url and not url.startswith(("https://", "http://127.0.0.1:")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    double.updates.set_webhook(
        url,
        secret,
        asked.number("max_connections", 40),
        asked.json("allowed_updates"),
        drop=asked.flag("drop_pending_updates"),
    )
    return True


async def delete_webhook(double: TelegramDouble, asked: Asked) -> Any:
    """deleteWebhook"""
    double.updates.set_webhook("", "", 40, None, drop=asked.flag("drop_pending_updates"))
    return True


async def get_webhook_info(double: TelegramDouble, asked: Asked) -> Any:
    """getWebhookInfo"""
    updates = double.updates
    info: dict[str, Any] = {
        "url": updates.url,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if updates.url:
        info["max_connections"] = updates.connections
    if updates.allowed:
        info["allowed_updates"] = list(updates.allowed)
    if updates.last_error:
        info |= {"last_error_date": updates.last_error_at, "last_error_message": updates.last_error}
    return info


async def answer_callback_query(double: TelegramDouble, asked: Asked) -> Any:
    """answerCallbackQuery"""
    press = double.presses.get(asked.text("callback_query_id"))
    if press is None or press.expired or press.answered:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if units(asked.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered, press.answer, press.alert = True, asked.text("text"), asked.flag("show_alert")
    double.changes.tell()
    return True


async def get_file(double: TelegramDouble, asked: Asked) -> Any:
    """getFile"""
    number = asked.text("file_id")
    upload = double.files.get(number)
    if upload is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable" if not number else "invalid file_id")
    if len(upload.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    found = {"file_id": number, "file_unique_id": f"u{number}", "file_path": f"files/{number}"}
    return found if double.hides_sizes else {**found, "file_size": len(upload.data)}


async def set_my_commands(double: TelegramDouble, asked: Asked) -> Any:
    """setMyCommands"""
    commands = asked.json("commands") or []
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_INVALID")
    scope = (asked.json("scope") or {"type": "default"})["type"]
    double.commands[scope, asked.text("language_code")] = commands
    return True


async def get_my_commands(double: TelegramDouble, asked: Asked) -> Any:
    """getMyCommands"""
    scope = (asked.json("scope") or {"type": "default"})["type"]
    return double.commands.get((scope, asked.text("language_code")), [])


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": send_message,
    "sendphoto": send_file("photo"),
    "sendvoice": send_file("voice"),
    "sendvideo": send_file("video"),
    "senddocument": send_file("document"),
    "sendmediagroup": send_media_group,
    "sendlocation": send_location,
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
}
"""Method names in lower case, because Telegram ignores case. Any other method is answered 404."""
