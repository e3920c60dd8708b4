"""Fetches what people sent from the platforms, checks what it really is, and puts it on the shelf, encrypted.

Photos are written anew without EXIF: they could tell where and with whose phone they were taken."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.channel import ChannelPort, GoneMedia, KeepsUploads, TooLarge
from handlers.media import media_lost, media_stored
from handlers.work import AppContext, Work
from storage import media
from storage.database import Database
from storage.jobs import Unavailable
from storage.media import LARGEST, MediaStore, ToFetch
from storage.waiting import wait_first

log = structlog.get_logger()

AT_ONCE: Final = 4
LOOK_AGAIN_S: Final = 10.0
MOST_TRIES: Final = 12
CLEARED_AT_ONCE: Final = 200
SWEPT_EACH_S: Final = 24 * 3600.0
SWEPT_AFTER_S: Final = 48 * 3600.0
LONGEST_SIDE: Final = 2560
"""Pixels; enough to read a number plate, small enough for a phone."""
MOST_PIXELS: Final = 50_000_000


class ForbiddenType(Exception):
    """Its bytes are of no kind that we take."""


class Fetcher:
    """Fetches attachments that wait."""

    def __init__(
        self,
        ports: Mapping[str, ChannelPort],
        database: Database,
        context: AppContext,
        media_store: MediaStore,
        now: Callable[[], datetime],
    ) -> None:
        self._ports, self._database, self._house, self._shelf, self._now = ports, database, context, media_store, now
        self._wake = asyncio.Event()
        self._sweep_at = 0.0
        database.listen(self._heard)

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until `stop`."""
        while not stop.is_set():
            self._wake.clear()
            try:
                while await self.fetch_some() and not stop.is_set():
                    continue
                await self.clear_shelf()
                if asyncio.get_running_loop().time() >= self._sweep_at:
                    await self.sweep()
                    self._sweep_at = asyncio.get_running_loop().time() + SWEPT_EACH_S
            except Unavailable as trouble:
                log.error("fetcher_waits", why=str(trouble))
            await wait_first(self._wake, stop, timeout_s=LOOK_AGAIN_S)

    async def fetch_some(self) -> int:
        """Fetch a few of what waits; returns how many were tried."""
        now = self._now()
        items = await self._database.read(lambda db: media.waiting(db, self._house.vault, now, AT_ONCE))
        await asyncio.gather(*(self._one(item) for item in items))
        return len(items)

    async def clear_shelf(self) -> int:
        """Take off the shelf what was erased; returns how many files. A crash in between only leaves it to the next."""
        rows = await self._database.read(lambda db: media.to_remove(db, CLEARED_AT_ONCE))
        for row in rows:
            await asyncio.to_thread(self._shelf.remove, row.file)
        if rows:
            numbers = [row.id for row in rows]
            await self._database.write(lambda db: media.removed(db, numbers))
        return len(rows)

    async def sweep(self, after_s: float = SWEPT_AFTER_S) -> int:
        """Take off the shelf what belongs to nothing: a process that was killed between the file and its row left it
        there. Returns how many files. `after_s`: younger ones may still get their row."""
        names = await asyncio.to_thread(self._shelf.older_than, after_s)
        gone = 0
        for start in range(0, len(names), CLEARED_AT_ONCE):
            page = names[start : start + CLEARED_AT_ONCE]
            belong = await self._database.read(lambda db, page=page: media.known(db, self._house.vault, page))  # type: ignore[misc]
            for name in set(page) - belong:
                await asyncio.to_thread(self._shelf.remove, name)
                gone += 1
        if gone:
            log.info("shelf_swept", files=gone)
        return gone

    def _heard(self, topics: frozenset[str]) -> None:
        if "media" in topics:
            self._wake.set()

    async def _one(self, item: ToFetch) -> None:
        port = self._ports.get(item.channel)
        try:
            if port is None:
                raise ConnectionError("this channel is not served here")
            data = await _whole(port, item)
            stored = await asyncio.to_thread(self._keep, data)
        except (TooLarge, GoneMedia, ForbiddenType) as error:
            await self._lost(item, media.GONE if isinstance(error, GoneMedia) else media.REFUSED, error)
        except Exception as error:
            if item.tries + 1 >= MOST_TRIES:
                await self._lost(item, media.GONE, error)
                return
            log.warning("fetch_failed", attachment=item.id, error=type(error).__name__)
            until = self._now() + timedelta(seconds=min(2**item.tries, 900))
            await self._database.write(lambda db: media.put_off(db, item.id, until, "failed"))
        else:
            now = self._now()
            await self._database.write(lambda db: media_stored(Work(db=db, context=self._house, now=now), item, stored))
            await self._let_go(item)

    async def _lost(self, item: ToFetch, state: str, error: Exception) -> None:
        now, name = self._now(), type(error).__name__
        log.warning("media_lost", attachment=item.id, error=name)
        await self._database.write(lambda db: media_lost(Work(db=db, context=self._house, now=now), item, state, name))
        await self._let_go(item)

    async def _let_go(self, item: ToFetch) -> None:
        """Only after the commit: a crash in between leaves a sealed file too many, never one too few."""
        port: object = self._ports.get(item.channel)
        if isinstance(port, KeepsUploads):
            try:
                await port.let_go(item.media)
            except OSError as error:
                log.warning("upload_stays", attachment=item.id, error=type(error).__name__)

    def _keep(self, data: bytes) -> media.Stored:
        mime = sniff(data)
        if mime in ("image/jpeg", "image/png", "image/webp"):
            data, mime = without_traces(data), "image/jpeg"
        return self._shelf.put(data, mime)


def sniff(data: bytes) -> str:
    """What the bytes are, by their first letters. Raises `ForbiddenType` for anything that we do not take."""
    head = data[:16]
    for start, mime in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"OggS", "audio/ogg"),
        (b"ID3", "audio/mpeg"),
        (b"\xff\xfb", "audio/mpeg"),
        (b"\xff\xf3", "audio/mpeg"),
        (b"%PDF-", "application/pdf"),
        (b"\xff\xf1", "audio/aac"),
        (b"\xff\xf9", "audio/aac"),
        (b"\x1aE\xdf\xa3", "video/webm"),
    ):
        if head.startswith(start):
            return mime
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in (b"heic", b"heix", b"mif1", b"avif"):
            raise ForbiddenType  # we could not take its EXIF out; phones send a JPEG when asked for a photo
        return "audio/mp4" if brand.startswith(b"M4A") else "video/mp4"
    raise ForbiddenType


def without_traces(data: bytes) -> bytes:
    """The same picture as JPEG, turned upright, without EXIF, at most `LONGEST_SIDE` wide or high."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLarge
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            upright.save(out, "JPEG", quality=88)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ForbiddenType from error


async def _whole(port: ChannelPort, item: ToFetch) -> bytes:
    data = bytearray()
    async for piece in port.fetch(item.media, LARGEST):
        data += piece
        if len(data) > LARGEST:
            raise TooLarge
    return bytes(data)
