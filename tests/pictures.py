"""Pictures for stories, made on the spot."""

from __future__ import annotations

import io

from PIL import Image


def jpeg(*, gps: bool = False, colour: tuple[int, int, int] = (200, 80, 40)) -> bytes:
    """A small photo; `gps` puts the traces of a telephone into it."""
    out = io.BytesIO()
    picture = Image.new("RGB", (64, 48), colour)
    if gps:
        exif = Image.Exif()
        exif[0x010F] = "Invented Phone"
        exif.get_ifd(0x8825)[1] = "N"
        picture.save(out, "JPEG", exif=exif)
    else:
        picture.save(out, "JPEG")
    return out.getvalue()
