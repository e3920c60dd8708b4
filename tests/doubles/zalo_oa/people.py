"""Invented people and groups: what they do in the app becomes an event, signed and brought to the webhook.

Each verb returns the webhook's HTTP status."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.doubles.zalo_oa.seen import Seen
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.doubles.zalo_oa.double import ZaloOaDouble


class Group:
    """A group that the Official Account made (GMF)."""

    def __init__(self, double: ZaloOaDouble, number: str) -> None:
        self.double, self.id = double, number
        self.inbox: list[Seen] = []
        self.disabled = False


class Person:
    """Somebody with the app."""

    def __init__(self, double: ZaloOaDouble, number: str, name: str) -> None:
        self.double, self.id, self.name = double, number, name
        self.inbox: list[Seen] = []
        self.follows_us = True
        self.window_open = True
        """Whether they wrote within the last seven days."""

    async def says(self, text: str, *, at: Group | None = None) -> int:
        """Writes."""
        return await self._sends("text", {"text": text}, at)

    async def presses(self, seen: Seen, title: str) -> int:
        """Presses a button under a message: its payload comes as if it had been typed.

        Raises `AssertionError` when there is no such button."""
        payload = next((payload for label, payload in seen.buttons if title in label), None)
        assert payload is not None, f"no button {title!r} among {seen.buttons}"
        return await self.says(payload)

    async def sends_photo(self, data: bytes, *, caption: str = "", at: Group | None = None) -> int:
        """Sends a picture."""
        link = self.double.keep_file(data, ".jpg")
        return await self._attaches("image", {"thumbnail": link, "url": link}, caption, at)

    async def sends_voice(self, data: bytes) -> int:
        """Speaks into the phone."""
        return await self._attaches("audio", {"url": self.double.keep_file(data, ".aac")})

    async def sends_video(self, data: bytes, *, caption: str = "") -> int:
        """Sends a film."""
        link = self.double.keep_file(data, ".mp4")
        return await self._attaches("video", {"url": link, "thumbnail": link, "description": ""}, caption)

    async def sends_file(self, data: bytes, name: str = "don.pdf", mime: str = "application/pdf") -> int:
        """Sends any file; its size comes as text."""
        about = {"name": name, "size": str(len(data)), "type": mime, "checksum": "0" * 32}
        return await self._attaches("file", {"url": self.double.keep_file(data, name), **about})

    async def sends_link(self, url: str, description: str = "") -> int:
        """Shows a page."""
        return await self._attaches("link", {"url": url, "thumbnail": url, "description": description})

    async def sends_sticker(self) -> int:
        """Sends a sticker."""
        return await self._attaches("sticker", {"id": "1", "url": "https://zalo-api.zdn.vn/sticker"})

    async def sends_card(self) -> int:
        """Sends somebody's contact card."""
        return await self._attaches("business_card", {"description": '{"phone":"84900000000"}'})

    async def shares_place(self, latitude: str, longitude: str, name: str = "") -> int:
        """Sends a pin; the coordinates are text."""
        where = {"coordinates": {"latitude": latitude, "longitude": longitude}}
        return await self._attaches("location", where, name)

    async def follows(self) -> int:
        """Follows the account."""
        self.follows_us = self.window_open = True
        return await self._keyed_locks("follow")

    async def unfollows(self) -> int:
        """Turns away."""
        self.follows_us = False
        return await self._keyed_locks("unfollow")

    async def gives_details(self, *, old_layout: bool = False) -> int:
        """Fills in the form for name and telephone, in one of its two layouts."""
        info: dict[str, Any] = {"name": "Lan Pham", "phone": "84900000000"}
        if old_layout:
            info |= {"address": "1 Pho", "city": "Bac Ninh", "district": "", "ward": "Nenh"}
        else:
            info |= {"full_address": {"user_city": "Bac Ninh", "user_ward": "Nenh", "user_address": "1 Pho"}}
        return await self.double.bring(self._event("user_submit_info", {"info": info}))

    async def reads(self, seen: Seen) -> int:
        """Looks at a message."""
        return await self.double.bring(self._event("user_seen_message", {"message": {"msg_ids": [seen.id]}}))

    async def hears(self, wanted: Callable[[Seen], bool] = lambda _: True, within_s: float = PATIENCE_S) -> Seen:
        """Wait for a message."""
        return await self.double.until(lambda: next((seen for seen in self.inbox if wanted(seen)), None), within_s)

    def message(self, kind: str, content: dict[str, Any], at: Group | None = None) -> dict[str, Any]:
        """An event with a message, ready to be brought."""
        said = {"msg_id": self.double.new_id(), **content}
        event = self._event(f"user_send_{'group_' if at else ''}{kind}", {"message": said})
        if at is not None:
            event |= {"recipient": {"id": at.id}, "oa_id": self.double.oa_id}
        return event

    async def _sends(self, kind: str, content: dict[str, Any], at: Group | None = None) -> int:
        if at is None:
            self.window_open = True
        return await self.double.bring(self.message(kind, content, at))

    async def _attaches(self, kind: str, payload: dict[str, Any], text: str = "", at: Group | None = None) -> int:
        words = {"text": text} if text else {}
        return await self._sends(kind, {**words, "attachments": [{"type": kind, "payload": payload}]}, at)

    async def _keyed_locks(self, name: str) -> int:
        double = self.double
        event = {"event_name": name, "oa_id": double.oa_id, "follower": {"id": self.id}, "source": "oa_profile"}
        return await double.bring({**event, "app_id": double.app_id, "timestamp": double.stamp()})

    def _event(self, name: str, more: dict[str, Any]) -> dict[str, Any]:
        double = self.double
        return {
            "event_name": name,
            "app_id": double.app_id,
            "sender": {"id": self.id},
            "recipient": {"id": double.oa_id},
            "user_id_by_app": f"66{self.id}",
            **more,
            "timestamp": double.stamp(),
        }
