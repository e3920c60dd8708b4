"""Files that people sent: encrypted on disk under random names. Rows say what each belongs to."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select, update

from core.ids import AttachmentId, TipId
from core.messages import Media
from storage.inbox import media_from_json
from storage.tables import attachment
from storage.vault import Vault

WAITING, STORED, GONE, REFUSED, ERASED = "waiting", "stored", "gone", "refused", "erased"
LARGEST: Final = 20 * 1024 * 1024
"""Bytes. What Telegram's servers hand out, and more than a phone's photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file on disk. `mime` is its detected type, `size` its number of bytes before encryption."""

    file: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFetch:
    """An attachment that is still on a platform's servers. `sealed_source` says where, encrypted (see `source_of`)."""

    id: AttachmentId
    channel: str
    sealed_source: bytes
    tries: int
    tip_id: TipId | None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment whose file is stored. `kind` is a `MediaKind` value; `file` is its name in the `MediaStore`."""

    id: AttachmentId
    kind: str
    file: str
    mime: str

    @property
    def name(self) -> str:
        """The file name that people see."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True)
class ToRemove:
    """An erased attachment whose file is still on disk."""

    id: AttachmentId
    file: str


class MediaStore:
    """The folder with the encrypted files."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault

    def put(self, data: bytes, mime: str, name: str = "") -> Stored:
        """Write a file atomically: a crash leaves either all of it or nothing. A given `name` (ASCII letters and
        digits) overwrites an earlier file of that name."""
        name = name or secrets.token_hex(16)
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{secrets.token_hex(4)}.half")
        with half.open("wb") as out:
            out.write(self._vault.seal_bytes(data))
            out.flush()
            os.fsync(out.fileno())
        half.replace(path)
        return Stored(file=name, mime=mime, size=len(data))

    def get(self, name: str) -> bytes:
        """The decrypted bytes of a file. Raises `FileNotFoundError`, or `WrongKey`."""
        return self._vault.open_bytes(self._path(name).read_bytes())

    def reseal(self) -> int:
        """Encrypt every file anew with the newest key; returns how many. After a crash some files have the old key;
        both can be read."""
        count = 0
        for path in sorted(self._folder.glob("??/*")):
            half = path.with_suffix(".half")
            if path.suffix == "":
                half.write_bytes(self._vault.reseal(path.read_bytes()))
                half.rename(path)
                count += 1
        return count

    def remove(self, name: str) -> None:
        """Delete a file, if it exists."""
        self._path(name).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Sequence[str]:
        """The names of files older than `seconds`. Partly written files that a crash left behind are deleted."""
        before, names = time.time() - seconds, []
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):  # another process has just removed it
                if path.stat().st_mtime < before:
                    if path.suffix:
                        path.unlink()
                    else:
                        names.append(path.name)
        return names

    def _path(self, name: str) -> Path:
        if not name.isalnum():
            raise FileNotFoundError(name)
        return self._folder / name[:2] / name


def waiting(db: Connection, now: datetime, most: int) -> list[ToFetch]:
    """Attachments to fetch now, the oldest first, still encrypted: one that cannot be decrypted must not hold up
    others."""
    rows = db.execute(
        select(attachment)
        .where(attachment.c.state == WAITING, attachment.c.ready_at <= now)
        .order_by(attachment.c.ready_at)
        .limit(most)
    )
    return [
        ToFetch(
            id=AttachmentId(row.id),
            channel=row.channel,
            sealed_source=row.sealed_source,
            tries=row.tries,
            tip_id=TipId(row.tip_id) if row.tip_id is not None else None,
        )
        for row in rows
    ]


def source_of(vault: Vault, item: ToFetch) -> Media:
    """The decrypted source of an attachment. Raises `WrongKey`, or `ValueError` and the like for what this version
    cannot parse."""
    return media_from_json(json.loads(vault.open(item.sealed_source)))


def stored(db: Connection, attachment_id: int, file: Stored) -> bool:
    """Record that an attachment's file is stored. False when another process has done so."""
    result = db.execute(
        update(attachment)
        .where(attachment.c.id == attachment_id, attachment.c.state == WAITING)
        .values(state=STORED, file=file.file, mime=file.mime, size=file.size, error=None)
    )
    return result.rowcount == 1


def put_off(db: Connection, attachment_id: int, until: datetime, error: str) -> None:
    """Record that fetching failed and is to be tried again at `until` (aware)."""
    db.execute(
        update(attachment)
        .where(attachment.c.id == attachment_id)
        .values(tries=attachment.c.tries + 1, ready_at=until, error=error[:80])
    )


def give_up(db: Connection, attachment_id: int, state: str, error: str) -> None:
    """Record that an attachment cannot be fetched: gone from the platform, too large, or of a forbidden type."""
    db.execute(
        update(attachment)
        .where(attachment.c.id == attachment_id, attachment.c.state == WAITING)
        .values(state=state, error=error[:80])
    )


def known(db: Connection, vault: Vault, names: Sequence[str]) -> set[str]:
    """Those of the file names that belong to an attachment, or to a message whose files wait to be fetched."""
    rows = db.execute(select(attachment.c.file).where(attachment.c.file.in_(names)))
    waits = db.execute(select(attachment.c.sealed_source).where(attachment.c.state == WAITING))
    uploads = {str(json.loads(vault.open(row.sealed_source)).get("ref", "")) for row in waits}
    return {row.file for row in rows} | uploads.intersection(names)


def to_remove(db: Connection, most: int) -> list[ToRemove]:
    """Erased attachments whose files are still on disk, at most `most`."""
    erased = attachment.c.state == ERASED
    rows = db.execute(
        select(attachment.c.id, attachment.c.file).where(erased, attachment.c.file.is_not(None)).limit(most)
    )
    return [ToRemove(AttachmentId(row.id), row.file) for row in rows]


def removed(db: Connection, attachment_ids: Sequence[int]) -> None:
    """Record that the files of these attachments were deleted."""
    db.execute(update(attachment).where(attachment.c.id.in_(attachment_ids)).values(file=None, mime=None, size=None))


def add_stored(db: Connection, vault: Vault, kind: str, file: Stored, now: datetime, **owner: int) -> int:
    """Insert an attachment whose file is stored already (an operator's picture); returns its id."""
    attachment_id: int = db.execute(
        insert(attachment)
        .values(
            **owner,
            channel="",
            kind=kind,
            sealed_source=vault.seal("{}"),
            state=STORED,
            tries=0,
            ready_at=now,
            file=file.file,
            mime=file.mime,
            size=file.size,
            added_at=now,
        )
        .returning(attachment.c.id)
    ).scalar_one()
    return attachment_id


def files_of(db: Connection, attachment_ids: Sequence[int]) -> list[StoredFile]:
    """The stored files of these attachments, the oldest first; those without a stored file are left out."""
    if not attachment_ids:
        return []
    rows = db.execute(
        select(attachment.c.id, attachment.c.kind, attachment.c.file, attachment.c.mime)
        .where(attachment.c.id.in_(attachment_ids), attachment.c.state == STORED)
        .order_by(attachment.c.id)
    )
    return [
        StoredFile(AttachmentId(row.id), row.kind, row.file, row.mime or "application/octet-stream") for row in rows
    ]
