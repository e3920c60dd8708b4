"""`tinbao backup` and `tinbao restore`: one file with every row and every media file, as sealed as they lie."""

from __future__ import annotations

import asyncio
import io
import tarfile
import tempfile
from pathlib import Path

from sqlalchemy import Connection

from bot.settings import Settings, WrongSetting
from storage import dump, keys
from storage.database import open_database
from storage.migrate import migrate
from storage.vault import parse_keys

ROWS = "rows.jsonl"
MEDIA = "media"


async def make_backup(settings: Settings, file: Path) -> str:
    """Write a backup; what happens meanwhile is in it whole or not at all. Returns what was done, in words."""
    database = open_database(settings.database)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            rows = Path(scratch) / ROWS
            count = await database.read(lambda db: _write_rows(db, rows))
            await asyncio.to_thread(_pack, rows, settings.data_dir / MEDIA, file)
    finally:
        await database.close()
    return (
        f"{count} rows and the media are in {file}. Keep TINBAO_SECRET_KEY elsewhere: without it nobody can read them."
    )


async def restore_backup(settings: Settings, file: Path) -> str:
    """Put a backup into an empty database. Raises `WrongSetting` with the reason, `WrongKey` for another key."""
    secret = parse_keys(settings.secret_key.get_secret_value())
    database = open_database(settings.database)
    try:
        await migrate(database)
        with tempfile.TemporaryDirectory() as scratch:
            await asyncio.to_thread(_unpack, file, Path(scratch))

            def put_back(db: Connection) -> int:
                with (Path(scratch) / ROWS).open(encoding="utf-8") as lines:
                    count = dump.put_back(db, lines)
                keys.open_vault(db, secret)
                return count

            count = await database.write(put_back)
            media = Path(scratch) / MEDIA
            if media.is_dir():
                await asyncio.to_thread(_move_media, media, settings.data_dir / MEDIA)
    except dump.NotEmpty as error:
        raise WrongSetting(str(error)) from None
    finally:
        await database.close()
    return f"{count} rows and the media are back."


def _write_rows(db: Connection, rows: Path) -> int:
    count = 0
    with rows.open("w", encoding="utf-8") as out:
        for line in dump.rows(db):
            out.write(line)
            count += 1
    return count


def _pack(rows: Path, media: Path, file: Path) -> None:
    half = file.with_name(file.name + ".half")
    with tarfile.open(half, "w:gz") as tar:
        tar.add(rows, ROWS)
        if media.is_dir():
            tar.add(media, MEDIA)
        note = b"Tin Bao backup. Everything personal in it is encrypted with TINBAO_SECRET_KEY.\n"
        about = tarfile.TarInfo("README")
        about.size = len(note)
        tar.addfile(about, io.BytesIO(note))
    half.replace(file)


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file) as tar:
            tar.extractall(folder, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise WrongSetting(f"{file} cannot be read as a backup: {type(error).__name__}") from None
    if not (folder / ROWS).is_file():
        raise WrongSetting(f"{file} is no backup of Tin Báo")


def _move_media(source: Path, target: Path) -> None:
    for path in source.glob("??/*"):
        place = target / path.parent.name / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
