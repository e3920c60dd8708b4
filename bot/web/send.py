"""The way out of the web chat: what stands in the outbox stands on the page, so sending is only waking the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from bot.channel import GoneMedia, Outgoing, Pace, TooLarge
from core.messages import ChatId, Media
from storage.media import MediaStore

PIECE: Final = 64 * 1024


class WebPort:
    """Delivers to pages that are open or will be opened. Our own platform never says no."""

    account = "web"
    pace = Pace(overall_per_second=1000, per_chat_per_second=100, chat_burst=100, group_per_minute=6000)

    def __init__(self, media_store: MediaStore) -> None:
        self._shelf = media_store

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """It is on the page already; the handle only says that there is something to edit."""
        return "page"

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """The page shows the newer line in the older one's place."""

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """The page shows it as a short notice."""

    async def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """What was uploaded. Raises `GoneMedia`, `TooLarge`."""
        try:
            data = await asyncio.to_thread(self._shelf.get, media.ref)
        except FileNotFoundError:
            raise GoneMedia from None
        if len(data) > limit:
            raise TooLarge
        for start in range(0, len(data), PIECE):
            yield data[start : start + PIECE]

    async def let_go(self, media: Media) -> None:
        """The fetcher has put its own copy on the shelf: the upload is not needed any more."""
        await asyncio.to_thread(self._shelf.remove, media.ref)

    async def close(self) -> None:
        """Nothing to let go of."""
