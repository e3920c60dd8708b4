"""The Bot API's methods for sending and editing, with Telegram's limits and its wording of refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.doubles.telegram.asked import Asked, Upload, bad_request
from tests.doubles.telegram.chats import Chat
from tests.doubles.telegram.seen import Seen

if TYPE_CHECKING:
    from tests.doubles.telegram.double import TelegramDouble

Method = Callable[["TelegramDouble", Asked], Awaitable[Any]]

LARGEST_UPLOAD, LARGEST_PHOTO = 50 * 1024 * 1024, 10 * 1024 * 1024
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


def units(text: str) -> int:
    """UTF-16 units, which Telegram's limits count."""
    return len(text.encode("utf-16-le")) // 2


async def send_message(double: TelegramDouble, asked: Asked) -> Any:
    """sendMessage"""
    return _put(double, asked, {"text": _checked_text(asked)})


async def send_location(double: TelegramDouble, asked: Asked) -> Any:
    """sendLocation"""
    point = {"latitude": asked.decimal("latitude"), "longitude": asked.decimal("longitude")}
    return _put(double, asked, {"location": point})


def send_file(kind: str) -> Method:
    """sendPhoto, sendVoice, sendVideo, sendDocument"""

    async def send(double: TelegramDouble, asked: Asked) -> Any:
        upload = _the_file(double, asked, kind, asked.text(kind))
        content = {kind: double.described(kind, upload), **_checked_caption(asked.text("caption"))}
        return _put(double, asked, content, upload)

    return send


async def send_media_group(double: TelegramDouble, asked: Asked) -> Any:
    """sendMediaGroup: 2 to 10 photos and videos, or documents among themselves. It bears no buttons."""
    items = asked.json("media")
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise bad_request("wrong number of media in the album")
    kinds = {item["type"] for item in items}
    if len(kinds - {"photo", "video"}) > 0 and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    uploads = [_the_file(double, asked, item["type"], item["media"]) for item in items]
    double.chat_of(asked).let_bot_write()
    album = double.new_number()
    return [
        _put(
            double,
            asked,
            {
                item["type"]: double.described(item["type"], upload),
                "media_group_id": str(album),
                **_checked_caption(item.get("caption") or ""),
            },
            upload,
        )
        for item, upload in zip(items, uploads, strict=True)
    ]


async def edit_text(double: TelegramDouble, asked: Asked) -> Any:
    """editMessageText"""
    text = _checked_text(asked)
    seen = _to_edit(double, asked)
    if "text" not in seen.raw:
        raise bad_request("there is no text in the message to edit")
    return _change(double, seen, asked, {"text": text})


async def edit_caption(double: TelegramDouble, asked: Asked) -> Any:
    """editMessageCaption"""
    caption = _checked_caption(asked.text("caption"))
    seen = _to_edit(double, asked)
    if seen.kind in ("text", "location"):
        raise bad_request("there is no caption in the message to edit")
    return _change(double, seen, asked, {"caption": caption.get("caption", "")})


async def edit_markup(double: TelegramDouble, asked: Asked) -> Any:
    """editMessageReplyMarkup"""
    return _change(double, _to_edit(double, asked), asked, {})


def _put(double: TelegramDouble, asked: Asked, content: dict[str, Any], upload: Upload | None = None) -> Any:
    chat = double.chat_of(asked)
    markup = _markup(asked, chat)
    chat.let_bot_write()
    raw: dict[str, Any] = {
        "message_id": next(chat.numbers),
        "from": double.me(),
        "chat": chat.as_json(),
        "date": double.stamp(),
        **content,
    }
    if "inline_keyboard" in markup:
        raw["reply_markup"] = markup
    if asked.flag("protect_content"):
        raw["has_protected_content"] = True
    seen = Seen(raw, markup, upload)
    chat.sent[seen.id] = seen
    chat.bot_spoke_last = True
    double.changes.tell()
    return raw


def _change(double: TelegramDouble, seen: Seen, asked: Asked, content: dict[str, Any]) -> Any:
    markup = _markup(asked, double.chat_of(asked))
    now = {**content, "reply_markup": markup or None}
    if all(seen.raw.get(name) == value for name, value in now.items()):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a current "
            "content and reply markup of the message"
        )
    changed = {**seen.raw, **now, "edit_date": double.stamp()}
    seen.raw = {name: value for name, value in changed.items() if value is not None}
    seen.markup = markup
    seen.edits += 1
    double.changes.tell()
    return seen.raw


def _to_edit(double: TelegramDouble, asked: Asked) -> Seen:
    chat = double.chat_of(asked)
    chat.let_bot_write()
    seen = chat.sent.get(asked.number("message_id"))
    if seen is None:
        raise bad_request("message to edit not found")
    if not seen.editable:
        raise bad_request("message can't be edited")
    return seen


def _checked_text(asked: Asked) -> str:
    text = asked.text("text").strip()
    if not text:
        raise bad_request("message text is empty")
    if units(text) > 4096:
        raise bad_request("message is too long")
    return text


def _checked_caption(caption: str) -> dict[str, str]:
    if units(caption.strip()) > 1024:
        raise bad_request("message caption is too long")
    return {"caption": caption.strip()} if caption.strip() else {}


def _the_file(double: TelegramDouble, asked: Asked, kind: str, value: str) -> Upload:
    upload = asked.upload(value) or asked.upload(kind) or double.files.get(value)
    if upload is None:
        raise bad_request(f"there is no {kind} in the request")
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > (LARGEST_PHOTO if kind == "photo" else LARGEST_UPLOAD):
        raise bad_request("file is too big")
    if kind == "photo" and not upload.data.startswith(PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return upload


def _markup(asked: Asked, chat: Chat) -> dict[str, Any]:
    markup = asked.json("reply_markup")
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            if not button.get("text"):
                raise bad_request('can\'t parse inline keyboard button: field "text" must be of type String')
            if not 1 <= len(button.get("callback_data", "").encode()) <= 64 and not button.get("url"):
                raise bad_request("BUTTON_DATA_INVALID")
    wants_place = any(
        isinstance(button, dict) and button.get("request_location")
        for row in markup.get("keyboard", [])
        for button in row
    )
    if wants_place and chat.type != "private":
        raise bad_request("location can be requested in private chats only")
    return markup
