"""Invented people and groups: what they do in the app becomes an event, brought to the webhook or kept for the asking.

Each verb returns the webhook's HTTP status, 0 where there is no webhook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.doubles.zalo_bot.double import ZaloBotDouble


@dataclass(frozen=True, slots=True)
class Seen:
    """One message of the bot."""

    id: str
    text: str


@dataclass(slots=True)
class Group:
    """A group whose owner added the bot."""

    id: str
    inbox: list[Seen] = field(default_factory=list)


class Person:
    """Somebody with the app."""

    def __init__(self, double: ZaloBotDouble, number: str, name: str) -> None:
        self.double, self.id, self.name = double, number, name
        self.inbox: list[Seen] = []

    async def says(self, text: str, *, at: Group | None = None) -> int:
        """Writes; in a group, to the bot."""
        said = f"@{self.double.name} {text}" if at is not None else text
        return await self.double.bring(self.event("text", {"text": said}, at))

    async def sends_photo(self, data: bytes, *, caption: str = "", documented: bool = False) -> int:
        """Sends a picture. `documented`: with the field's name as the documentation has it."""
        link = self.double.keep_file(data, ".jpg")
        more = {"caption": caption} if caption else {}
        return await self.double.bring(self.event("image", {"photo" if documented else "photo_url": link, **more}))

    async def sends_voice(self, data: bytes) -> int:
        """Speaks into the phone."""
        return await self.double.bring(self.event("voice", {"voice_url": self.double.keep_file(data, ".aac")}))

    async def sends_sticker(self, *, at: Group | None = None) -> int:
        """Sends a sticker."""
        return await self.double.bring(self.event("sticker", {"sticker": "1", "url": "https://zdn.vn/sticker"}, at))

    async def sends_a_place_or_a_film(self, *, at: Group | None = None) -> int:
        """Sends what the platform does not bring: only that there was something."""
        return await self.double.bring(self.event("unsupported", {}, at))

    async def hears(self, wanted: Callable[[Seen], bool] = lambda _: True, within_s: float = PATIENCE_S) -> Seen:
        """Wait for a message."""
        return await self.double.until(lambda: next((seen for seen in self.inbox if wanted(seen)), None), within_s)

    def event(self, kind: str, content: dict[str, Any], at: Group | None = None) -> dict[str, Any]:
        """An event, ready to be brought."""
        double = self.double
        message = {
            "message_id": double.new_id(),
            "date": int(double.now().timestamp() * 1000),
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": at.id if at else self.id, "chat_type": "GROUP" if at else "PRIVATE"},
            **content,
        }
        return {"event_name": f"message.{kind}.received", "message": message}
