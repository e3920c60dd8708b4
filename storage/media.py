"""Files that people sent: encrypted on disk, one file each, named by chance. Rows say what they belong to."""

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
    """A file on disk. `mime` is what its bytes are, `size` their number before encryption."""

    file: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFetch:
    """An attachment that a platform still holds. `sealed_source` says where (`source_of`)."""

    id: AttachmentId
    channel: str
    sealed_source: bytes
    tries: int
    tip_id: TipId | None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that we have. `kind` is a `MediaKind` value; `file` is its name in the `MediaStore`."""

    id: AttachmentId
    kind: str
    file: str
    mime: str

    @property
    def name(self) -> str:
        """What people see it called."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True)
class ToRemove:
    """An erased attachment whose file is still there."""

    id: AttachmentId
    file: str


class MediaStore:
    """The folder with the encrypted files."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault

    def put(self, data: bytes, mime: str, name: str = "") -> Stored:
        """Write a file so that a crash leaves either all of it or nothing. Who gives a `name` (letters and digits)
        writes over the file that bears it already."""
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
        """The bytes of a file. Raises `FileNotFoundError`, or `WrongKey`."""
        return self._vault.open_bytes(self._path(name).read_bytes())

    def reseal(self) -> int:
        """Seal every file with the newest key; returns how many. A crash leaves old and new files, both readable."""
        count = 0
        for path in sorted(self._folder.glob("??/*")):
            half = path.with_suffix(".half")
            if path.suffix == "":
                half.write_bytes(self._vault.reseal(path.read_bytes()))
                half.rename(path)
                count += 1
        return count

    def remove(self, name: str) -> None:
        """Forget a file."""
        self._path(name).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Sequence[str]:
        """The names of files that lie here for longer; what a crash left half written is taken away at once."""
        before, names = time.time() - seconds, []
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):  # somebody else has just taken it away
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
    """Attachments to fetch now, the oldest first. Nothing is opened yet: one that cannot be must not hold up others."""
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
    """What the platform holds. Raises `WrongKey`, or `ValueError` and its like for what this version cannot read."""
    return media_from_json(json.loads(vault.open(item.sealed_source)))


def stored(db: Connection, attachment_id: int, file: Stored) -> bool:
    """We have an attachment's file. False when another process was quicker."""
    result = db.execute(
        update(attachment)
        .where(attachment.c.id == attachment_id, attachment.c.state == WAITING)
        .values(state=STORED, file=file.file, mime=file.mime, size=file.size, error=None)
    )
    return result.rowcount == 1


def put_off(db: Connection, attachment_id: int, until: datetime, error: str) -> None:
    """Fetching failed; try again at `until`."""
    db.execute(
        update(attachment)
        .where(attachment.c.id == attachment_id)
        .values(tries=attachment.c.tries + 1, ready_at=until, error=error[:80])
    )


def give_up(db: Connection, attachment_id: int, state: str, error: str) -> None:
    """It will never come: gone from the platform, too large, of a forbidden type."""
    db.execute(
        update(attachment)
        .where(attachment.c.id == attachment_id, attachment.c.state == WAITING)
        .values(state=state, error=error[:80])
    )


def known(db: Connection, vault: Vault, names: Sequence[str]) -> set[str]:
    """Which of these files belong to something: to an attachment, or to a message whose files wait to be fetched."""
    rows = db.execute(select(attachment.c.file).where(attachment.c.file.in_(names)))
    waits = db.execute(select(attachment.c.sealed_source).where(attachment.c.state == WAITING))
    uploads = {str(json.loads(vault.open(row.sealed_source)).get("ref", "")) for row in waits}
    return {row.file for row in rows} | uploads.intersection(names)


def to_remove(db: Connection, most: int) -> list[ToRemove]:
    """Erased attachments whose file is still there."""
    erased = attachment.c.state == ERASED
    rows = db.execute(
        select(attachment.c.id, attachment.c.file).where(erased, attachment.c.file.is_not(None)).limit(most)
    )
    return [ToRemove(AttachmentId(row.id), row.file) for row in rows]


def removed(db: Connection, attachment_ids: Sequence[int]) -> None:
    """Their files are gone."""
    db.execute(update(attachment).where(attachment.c.id.in_(attachment_ids)).values(file=None, mime=None, size=None))


def add_stored(db: Connection, vault: Vault, kind: str, file: Stored, now: datetime, **owner: int) -> int:
    """A file that we have already (an operator's picture)."""
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
    """The files of attachments, as far as we have them, the oldest first."""
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
