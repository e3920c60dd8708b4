"""A message of the bot as its reader sees it, in its present state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram.asked import Upload


@dataclass(slots=True)
class Seen:
    """`raw` is the Bot API's Message; `markup` what was sent along as `reply_markup` (a reply keyboard is not part of
    a Message); `upload` the file."""

    raw: dict[str, Any]
    markup: dict[str, Any] = field(default_factory=dict)
    upload: Upload | None = None
    edits: int = 0

    @property
    def id(self) -> int:
        """The message's id in its chat."""
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        """Text or caption."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def kind(self) -> str:
        """text, photo, voice, video, document or location."""
        kinds = ("photo", "voice", "video", "document", "location")
        return next((kind for kind in kinds if kind in self.raw), "text")

    @property
    def rows(self) -> list[list[tuple[str, str]]]:
        """Rows of inline buttons: (label, data)."""
        return [
            [(button["text"], button.get("callback_data", "")) for button in row]
            for row in self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        ]

    @property
    def labels(self) -> list[str]:
        """The labels of all inline buttons."""
        return [label for row in self.rows for label, _ in row]

    @property
    def keyboard(self) -> list[dict[str, Any]]:
        """The buttons of a reply keyboard."""
        return [
            button if isinstance(button, dict) else {"text": button}
            for row in self.markup.get("keyboard", [])
            for button in row
        ]

    @property
    def wants_answer(self) -> bool:
        """A forced reply."""
        return bool(self.markup.get("force_reply"))

    @property
    def protected(self) -> bool:
        """It cannot be forwarded or saved."""
        return bool(self.raw.get("has_protected_content"))

    @property
    def place(self) -> tuple[float, float] | None:
        """(latitude, longitude) of a pin."""
        point = self.raw.get("location")
        return (point["latitude"], point["longitude"]) if point else None

    @property
    def album(self) -> str:
        """What joins the items of an album."""
        return str(self.raw.get("media_group_id", ""))

    @property
    def editable(self) -> bool:
        """A bot can edit its message unless it came with a reply keyboard or a forced reply."""
        return not self.markup or "inline_keyboard" in self.markup
