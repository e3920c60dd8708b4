"""What a file really is, and a picture without what it tells of its photographer."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.channel import TooLarge

LONGEST_SIDE: Final = 2560
"""Pixels: enough to read a number plate, small enough for a phone."""
MOST_PIXELS: Final = 50_000_000


class ForbiddenType(Exception):
    """Raised for a file whose bytes are of no accepted type."""


def sniff(data: bytes) -> str:
    """The MIME type of a file, from its first bytes. Raises `ForbiddenType` for any type that is not accepted."""
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
            raise ForbiddenType  # we cannot remove its EXIF; phones send a JPEG when asked for a photo
        return "audio/mp4" if brand.startswith(b"M4A") else "video/mp4"
    raise ForbiddenType


def without_traces(data: bytes) -> bytes:
    """The picture as JPEG, turned upright, without EXIF, at most `LONGEST_SIDE` pixels wide and high."""
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
