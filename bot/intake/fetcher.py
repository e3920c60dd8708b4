"""Fetch people's files from the platforms, check their real type, and store them encrypted.

Photos are re-encoded without EXIF, which could reveal where and with whose phone they were taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from bot.channel import ChannelPort, GoneMedia, KeepsUploads, TooLarge
from bot.intake.file_types import ForbiddenType, sniff, without_traces
from core.errors import where
from core.messages import Media
from handlers.media import media_lost, media_stored
from handlers.work import AppContext, Work
from storage import media
from storage.database import Database
from storage.jobs import Unavailable
from storage.media import LARGEST, MediaStore, ToFetch
from storage.vault import WrongKey
from storage.waiting import wait_first

log = structlog.get_logger()

AT_ONCE: Final = 4
LOOK_AGAIN_S: Final = 10.0
MOST_TRIES: Final = 12
CLEARED_AT_ONCE: Final = 200
SWEPT_EACH_S: Final = 24 * 3600.0
SWEPT_AFTER_S: Final = 48 * 3600.0


class Fetcher:
    """Fetches waiting attachments."""

    def __init__(
        self,
        ports: Mapping[str, ChannelPort],
        database: Database,
        context: AppContext,
        media_store: MediaStore,
        now: Callable[[], datetime],
    ) -> None:
        self._ports, self._database, self._now = ports, database, now
        self._context, self._media_store = context, media_store
        self._wake = asyncio.Event()
        self._sweep_at = 0.0
        database.listen(self._heard)

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until `stop` is set."""
        while not stop.is_set():
            self._wake.clear()
            try:
                while await self.fetch_some() and not stop.is_set():
                    continue
                await self.remove_erased()
                if asyncio.get_running_loop().time() >= self._sweep_at:
                    await self.sweep()
                    self._sweep_at = asyncio.get_running_loop().time() + SWEPT_EACH_S
            except Unavailable as trouble:
                log.error("fetcher_waits", why=str(trouble))
            except OSError as error:
                # A file that cannot be deleted now is tried again in the next round; fetching goes on.
                log.error("files_not_cleared", error=type(error).__name__, where=where(error))
            await wait_first(self._wake, stop, timeout_s=LOOK_AGAIN_S)

    async def fetch_some(self) -> int:
        """Fetch a batch of the waiting attachments. Returns how many were tried."""
        now = self._now()
        items = await self._database.read(lambda db: media.waiting(db, now, AT_ONCE))
        await asyncio.gather(*(self._one(item) for item in items))
        return len(items)

    async def remove_erased(self) -> int:
        """Delete the files of erased attachments. Returns how many. After a crash the next call deletes the rest."""
        rows = await self._database.read(lambda db: media.to_remove(db, CLEARED_AT_ONCE))
        for row in rows:
            await asyncio.to_thread(self._media_store.remove, row.file)
        if rows:
            numbers = [row.id for row in rows]
            await self._database.write(lambda db: media.removed(db, numbers))
        return len(rows)

    async def sweep(self, after_s: float = SWEPT_AFTER_S) -> int:
        """Delete files without a row, which a process left that was killed between writing the file and the row.
        Returns how many. Files younger than `after_s` seconds are kept, for they may still get their row."""
        names = await asyncio.to_thread(self._media_store.older_than, after_s)
        gone = 0
        for start in range(0, len(names), CLEARED_AT_ONCE):
            page = names[start : start + CLEARED_AT_ONCE]
            belong = await self._database.read(lambda db, page=page: media.known(db, self._context.vault, page))  # type: ignore[misc]
            for name in set(page) - belong:
                await asyncio.to_thread(self._media_store.remove, name)
                gone += 1
        if gone:
            log.info("files_swept", files=gone)
        return gone

    def _heard(self, topics: frozenset[str]) -> None:
        if "media" in topics:
            self._wake.set()

    async def _one(self, item: ToFetch) -> None:
        """Fetch one attachment. A failure concerns this one only; the others are still fetched. Raises
        `Unavailable`."""
        try:
            await self._fetch(item)
        except Unavailable:
            raise
        except (TooLarge, GoneMedia, ForbiddenType) as error:
            await self._lost(item, media.GONE if isinstance(error, GoneMedia) else media.REFUSED, error)
        except Exception as error:
            # A failure of the platform or of our own code: tried again after growing pauses, then given up.
            name, place = type(error).__name__, where(error)
            log.warning("fetch_failed", attachment=item.id, error=name, where=place, tries=item.tries + 1)
            if item.tries + 1 >= MOST_TRIES:
                await self._lost(item, media.GONE, error)
                return
            until = self._now() + timedelta(seconds=min(2**item.tries, 900))
            told = f"{name} at {place}"
            await self._database.write(lambda db: media.put_off(db, item.id, until, told))

    async def _fetch(self, item: ToFetch) -> None:
        port = self._ports.get(item.channel)
        if port is None:
            raise ConnectionError("this channel is not served here")
        data = await _whole(port, media.source_of(self._context.vault, item))
        stored = await asyncio.to_thread(self._keep, data)
        now = self._now()
        await self._database.write(lambda db: media_stored(Work(db=db, context=self._context, now=now), item, stored))
        await self._let_go(item)

    async def _lost(self, item: ToFetch, state: str, error: Exception) -> None:
        now, name, too_large = self._now(), type(error).__name__, isinstance(error, TooLarge)
        log.warning("media_lost", attachment=item.id, error=name)

        def note(db: Connection) -> None:
            media_lost(Work(db=db, context=self._context, now=now), item, state, name, too_large=too_large)

        await self._database.write(note)
        await self._let_go(item)

    async def _let_go(self, item: ToFetch) -> None:
        """Delete the upload, after the commit only: a crash in between leaves a spare encrypted file and loses none."""
        port: object = self._ports.get(item.channel)
        if isinstance(port, KeepsUploads):
            try:
                await port.let_go(media.source_of(self._context.vault, item))
            except (OSError, ValueError, WrongKey) as error:
                log.warning("upload_stays", attachment=item.id, error=type(error).__name__)

    def _keep(self, data: bytes) -> media.Stored:
        mime = sniff(data)
        if mime in ("image/jpeg", "image/png", "image/webp"):
            data, mime = without_traces(data), "image/jpeg"
        return self._media_store.put(data, mime)


async def _whole(port: ChannelPort, source: Media) -> bytes:
    data = bytearray()
    async for piece in port.fetch(source, LARGEST):
        data += piece
        if len(data) > LARGEST:
            raise TooLarge
    return bytes(data)
