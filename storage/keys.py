"""The database's own pepper, made at the first start and sealed with the operator's key."""

from __future__ import annotations

from cryptography.fernet import MultiFernet
from sqlalchemy import Connection, select, update

from storage.tables import setting
from storage.upsert import insert_if_new
from storage.vault import Vault

PEPPER = "pepper"


def open_vault(db: Connection, keys: MultiFernet) -> Vault:
    """The vault of this database. Raises `WrongKey` when the key is not the one that it was sealed with."""
    sealed = db.execute(select(setting.c.value).where(setting.c.key == PEPPER)).scalar_one_or_none()
    if sealed is None:
        insert_if_new(db, setting, {"key": PEPPER, "value": Vault.new_pepper(keys)})
        sealed = db.execute(select(setting.c.value).where(setting.c.key == PEPPER)).scalar_one()
    return Vault.open_with(keys, sealed)


def prove_writable(db: Connection) -> None:
    """Write a row as it is: a database that can only be read, or a full disk, shows itself here."""
    db.execute(update(setting).where(setting.c.key == PEPPER).values(value=setting.c.value))


def read(db: Connection, key: str) -> bytes | None:
    """A setting that is kept with the data."""
    value: bytes | None = db.execute(select(setting.c.value).where(setting.c.key == key)).scalar_one_or_none()
    return value


def write(db: Connection, key: str, value: bytes) -> None:
    """Keep a setting with the data."""
    if insert_if_new(db, setting, {"key": key, "value": value}) is None:
        db.execute(update(setting).where(setting.c.key == key).values(value=value))
