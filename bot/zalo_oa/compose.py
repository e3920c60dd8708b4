"""Turn an `Outgoing` into messages for Zalo, in order. Pure, except that it uses Pillow.

Every choice is in the text with its number, so that an answer can be typed; where the settings say so, the same choices
are buttons too. Zalo's documentation has two forms for buttons, so there are two shapes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from PIL import Image

from bot.channel import Button, Outgoing, Picture
from bot.delivery.split import units
from bot.zalo.text import pieces_of
from bot.zalo_oa.read import PRESS
from core.messages import MediaKind
from locales.words import text

Shape = Literal["off", "text_template", "list"]

MOST_BUTTONS: Final = 5
LONGEST_TITLE: Final = 20
LARGEST_PICTURE: Final = 1024 * 1024
_TAKEN: Final = frozenset({"image/jpeg", "image/png"})
_SIDES: Final = (2560, 1920, 1440, 1080, 720)
_QUALITIES: Final = (85, 70, 55)


class NoPicture(Exception):
    """Raised when the bytes are no picture that can be made small enough."""


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One message: words, with or without buttons, or a picture (which is uploaded first), with or without words.

    `instead` are the words for a picture that Zalo refuses."""

    text: str = ""
    picture: Picture | None = None
    buttons: tuple[Button, ...] = ()
    instead: str = ""


def parts_of(message: Outgoing, *, group: bool, shape: Shape) -> list[MessagePart]:
    """All messages of one `Outgoing`: pictures, then words. A single picture has the words as its caption. A message to
    a group has no buttons, and a person's words in it cannot mention its members."""
    pictures = [picture for picture in message.pictures if is_picture(picture)]
    pieces = pieces_of(message, left_behind=len(message.pictures) - len(pictures))
    if group:
        pieces = [piece.replace("[@", "[ @") for piece in pieces]
    buttons = () if group or shape == "off" else _buttons(message)
    if len(pictures) == 1 and len(pieces) == 1 and not buttons:
        return [MessagePart(pieces[0], pictures[0], instead=f"{pieces[0]}\n\n{_one_file(message)}")]
    parts = [MessagePart(picture=picture, instead=_one_file(message)) for picture in pictures]
    parts += [MessagePart(piece) for piece in pieces[:-1]]
    return [*parts, *(MessagePart(piece, buttons=buttons) for piece in pieces[-1:])]


def is_picture(picture: Picture) -> bool:
    """Whether the file can be shown as a picture in the chat."""
    return picture.kind == MediaKind.PHOTO and picture.mime.startswith("image/")


def message_of(part: MessagePart, shape: Shape, attachment: str = "") -> dict[str, Any]:
    """The value of `message` in Zalo's request. `attachment` is the id of the part's uploaded picture."""
    body: dict[str, Any] = {"text": part.text} if part.text else {}
    if attachment:
        element = {"media_type": "image", "attachment_id": attachment}
        return {**body, "attachment": _template({"template_type": "media", "elements": [element]})}
    if not part.buttons or shape == "off":
        return body
    shown = [_button(number, button) for number, button in enumerate(part.buttons, start=1)]
    if shape == "list":
        element = {"title": part.text.partition("\n")[0][:100], "subtitle": part.text[:500]}
        return {**body, "attachment": _template({"template_type": "list", "elements": [element], "buttons": shown})}
    return {**body, "attachment": _template({"buttons": shown})}


def small_enough(picture: Picture) -> Picture:
    """The picture as JPEG or PNG of at most 1 MB, as Zalo requires. Slow: call it in a thread.

    Raises `NoPicture`."""
    mime = picture.mime.partition(";")[0]
    if mime in _TAKEN and len(picture.data) <= LARGEST_PICTURE:
        return picture
    try:
        with Image.open(io.BytesIO(picture.data)) as opened:
            flat = opened.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NoPicture from None
    for side, quality in _tries(max(flat.size)):
        smaller = flat.copy()
        smaller.thumbnail((side, side))
        out = io.BytesIO()
        smaller.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= LARGEST_PICTURE:
            return Picture(picture.kind, out.getvalue(), "image/jpeg", picture.name)
    raise NoPicture


def _one_file(message: Outgoing) -> str:
    return text("zalo-files", message.language, count=1)


def _tries(longest: int) -> Sequence[tuple[int, int]]:
    sides = [side for side in _SIDES if side < longest] or [longest]
    return [(side, quality) for side in sides for quality in _QUALITIES]


def _buttons(message: Outgoing) -> tuple[Button, ...]:
    """The choices as buttons, with "0" for the next page. Empty when there are more than buttons allow."""
    buttons = [button for row in message.rows for button in row]
    if message.more:
        buttons.append(Button("", message.more))
    return tuple(buttons) if len(buttons) <= MOST_BUTTONS else ()


def _button(number: int, button: Button) -> dict[str, str]:
    payload = f"{PRESS}{button.id}" if button.id else "0"
    return {"title": _title(number if button.id else 0, button.label), "type": "oa.query.hide", "payload": payload}


def _title(number: int, label: str) -> str:
    """A short title for a button; its number refers to the full words in the text."""
    title = f"{number}. {label}"
    if units(title) <= LONGEST_TITLE:
        return title
    while units(title) >= LONGEST_TITLE:
        title = title[:-1]
    return f"{title.rstrip()}…"


def _template(payload: dict[str, Any]) -> dict[str, Any]:
    return {"type": "template", "payload": payload}
