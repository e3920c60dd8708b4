"""The web chat's implementation of `ChannelPort`. Pages show the outbox itself, so sending only notifies them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from bot.channel import GoneMedia, Outgoing, Pace, TooLarge
from core.messages import ChatId, Media
from storage.media import MediaStore

PIECE: Final = 64 * 1024


class WebPort:
    """Delivers to pages that are open or will be opened. It never refuses a message."""

    account = "web"
    pace = Pace(overall_per_second=1000, per_chat_per_second=100, chat_burst=100, group_per_minute=6000)

    def __init__(self, media_store: MediaStore) -> None:
        self._shelf = media_store

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Do nothing: the page shows the message already. The handle only says that there is a message to edit."""
        return "page"

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Do nothing: the page shows the newer line in the place of the older one."""

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """Do nothing: the page shows the answer as a short notice."""

    async def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """The bytes of an upload, in chunks. Raises `GoneMedia`, `TooLarge`."""
        try:
            data = await asyncio.to_thread(self._shelf.get, media.ref)
        except FileNotFoundError:
            raise GoneMedia from None
        if len(data) > limit:
            raise TooLarge
        for start in range(0, len(data), PIECE):
            yield data[start : start + PIECE]

    async def let_go(self, media: Media) -> None:
        """Delete an upload, because the fetcher has stored its own copy."""
        await asyncio.to_thread(self._shelf.remove, media.ref)

    async def close(self) -> None:
        """Do nothing: there are no connections."""
