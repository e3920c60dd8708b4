"""`tinbao backup` and `tinbao restore`: one file with every row and every media file, encrypted as they are stored.

The file names the version of its tables, because rows of one version are not restored into tables of another."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection

from bot.app.settings import Settings, WrongSetting
from storage import dump, keys
from storage.database import open_database
from storage.migrate import migrate, newest, version
from storage.vault import parse_keys

ROWS = "rows.jsonl"
FOLDERS = ("media", "pictures")
"""Folders below the data folder: files that people sent, and the pictures of plans that were loaded by hand."""
VERSION = "version"
HALF = ".tinbao-"
"""Prefix of partly written files. They are on the target's own disk, because /tmp may be small and is in memory on many
machines."""


async def make_backup(settings: Settings, file: Path) -> str:
    """Write a consistent backup of one moment. Returns what was done, in words.

    Raises `WrongSetting` with the reason."""
    database = open_database(settings.database)
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=HALF) as scratch:
            rows = Path(scratch) / ROWS
            count = await database.read(lambda db: _write_rows(db, rows))
            await asyncio.to_thread(_pack, rows, settings.data_dir, file)
    except OSError as error:
        raise WrongSetting(f"{file} cannot be written: {error.strerror}. Nothing was kept of it") from None
    finally:
        await database.close()
    return (
        f"{count} rows and the media are in {file}. Keep TINBAO_SECRET_KEY elsewhere: without it nobody can read them."
    )


async def restore_backup(settings: Settings, file: Path) -> str:
    """Restore a backup into an empty database; returns what was done, in words. Raises `WrongSetting` with the reason,
    `WrongKey` for another key."""
    secret = parse_keys(settings.secret_key.get_secret_value())
    database = open_database(settings.database)
    try:
        await migrate(database)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=HALF) as scratch:
            await asyncio.to_thread(_unpack, file, Path(scratch))

            def put_back(db: Connection) -> int:
                with (Path(scratch) / ROWS).open(encoding="utf-8") as lines:
                    count = dump.put_back(db, lines)
                keys.open_vault(db, secret)
                # Before the commit, so that nothing is restored when the disk is too small for the files.
                _copy_folders(Path(scratch), settings.data_dir)
                return count

            count = await database.write(put_back)
    except dump.NotEmpty as error:
        raise WrongSetting(str(error)) from None
    except dump.NotARow as error:
        raise WrongSetting(f"{file} is no backup of Tin Báo, or was damaged: {error}") from None
    except OSError as error:
        raise WrongSetting(
            f"{file} was not restored: {error.filename or settings.data_dir}: {error.strerror}"
        ) from None
    finally:
        await database.close()
    return f"{count} rows and the media are back."


def _write_rows(db: Connection, rows: Path) -> int:
    found = version(db)
    if found != newest():
        raise WrongSetting(
            f"the tables are of version {found}, this Tin Báo works with {newest()}: make the backup with the Tin Báo "
            "that last ran, or bring the tables up to date with `tinbao migrate`"
            if found
            else "the database has no tables yet: there is nothing to keep"
        )
    count = 0
    with rows.open("w", encoding="utf-8") as out:
        for line in dump.rows(db):
            out.write(line)
            count += 1
    return count


def _pack(rows: Path, data_dir: Path, file: Path) -> None:
    half = file.with_name(file.name + ".half")
    try:
        # Readable by the owner only: its times and counts are confidential too.
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz") as tar:
                tar.add(rows, ROWS)
                for name in FOLDERS:
                    if (data_dir / name).is_dir():
                        tar.add(data_dir / name, name)
                _add_text(tar, VERSION, newest())
                _add_text(tar, "README", "Tin Báo backup. What is personal is encrypted with TINBAO_SECRET_KEY.\n")
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    about = tarfile.TarInfo(name)
    about.size = len(data)
    tar.addfile(about, io.BytesIO(data))


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file) as tar:
            for member in tar:
                _take_out(tar, member, folder)
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        why = getattr(error, "strerror", None) or "it is no such file, or was cut off"
        raise WrongSetting(f"{file} cannot be read as a backup: {why}") from None
    if not (folder / ROWS).is_file() or not (folder / VERSION).is_file():
        raise WrongSetting(f"{file} is no backup of Tin Báo")
    made = (folder / VERSION).read_text(encoding="utf-8", errors="replace")[:40]
    if made != newest():
        raise WrongSetting(
            f"{file} holds tables of version {made}, this Tin Báo works with {newest()}: restore it with the Tin Báo "
            "that made it, then upgrade"
        )


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Extract one regular file below `folder`; skip any other kind of member and any path that leads outside."""
    # `extractall` has safe filters only since Python 3.11.4, and Debian 12 has 3.11.2.
    path = PurePosixPath(member.name)
    data = tar.extractfile(member) if member.isreg() else None
    if data is None or path.is_absolute() or ".." in path.parts:
        return
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    with (folder / path).open("wb") as out:
        shutil.copyfileobj(data, out)


def _copy_folders(source: Path, data_dir: Path) -> None:
    for name in FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, data_dir / name, dirs_exist_ok=True)
