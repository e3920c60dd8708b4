"""Tiny's side of `ChannelPort`: words, with their choices as a numbered list."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx

from bot.channel import ConnectionFailed, GoneMedia, GoneMessage, Outgoing, Pace
from bot.delivery.numbered import numbered
from core.messages import ChatId, Media


class TinyPort:
    """Sends with one token."""

    account = "tiny:1"
    pace = Pace(overall_per_second=50, per_chat_per_second=10, chat_burst=10, group_per_minute=60)

    def __init__(self, api: str, token: str) -> None:
        self._http = httpx.AsyncClient(base_url=api, headers={"authorization": token}, trust_env=False)

    async def send(self, to: ChatId, message: Outgoing) -> str:
        """Send it; Tiny has no handles."""
        try:
            answer = await self._http.post("/send", json={"to": to, "text": numbered(message)})
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise ConnectionFailed(type(error).__name__) from None
        return ""

    async def edit(self, to: ChatId, handle: str, message: Outgoing) -> None:
        """Tiny has no way to change a message."""
        raise GoneMessage

    async def answer_press(self, press: str, text: str, *, alert: bool) -> None:
        """There are no buttons."""

    def fetch(self, media: Media, limit: int) -> AsyncIterator[bytes]:
        """There are no files."""
        raise GoneMedia

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()
