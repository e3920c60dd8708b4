"""The database's own pepper, created at the first start and encrypted with the operator's key; and settings stored with
the data."""

from __future__ import annotations

from cryptography.fernet import MultiFernet
from sqlalchemy import Connection, select, update

from storage.tables import setting
from storage.upsert import insert_if_new
from storage.vault import Vault

PEPPER = "pepper"


def open_vault(db: Connection, keys: MultiFernet) -> Vault:
    """The vault of this database. Raises `WrongKey` when its pepper was encrypted with another key."""
    sealed = db.execute(select(setting.c.value).where(setting.c.key == PEPPER)).scalar_one_or_none()
    if sealed is None:
        insert_if_new(db, setting, {"key": PEPPER, "value": Vault.new_pepper(keys)})
        sealed = db.execute(select(setting.c.value).where(setting.c.key == PEPPER)).scalar_one()
    return Vault.open_with(keys, sealed)


def prove_writable(db: Connection) -> None:
    """Write a row unchanged, so that a read-only database or a full disk is noticed."""
    db.execute(update(setting).where(setting.c.key == PEPPER).values(value=setting.c.value))


def read(db: Connection, key: str) -> bytes | None:
    """A setting that is stored with the data, or None."""
    value: bytes | None = db.execute(select(setting.c.value).where(setting.c.key == key)).scalar_one_or_none()
    return value


def write(db: Connection, key: str, value: bytes) -> None:
    """Store a setting with the data."""
    if insert_if_new(db, setting, {"key": key, "value": value}) is None:
        db.execute(update(setting).where(setting.c.key == key).values(value=value))
