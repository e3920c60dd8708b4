"""Encryption of what could identify a person, and keyed hashes to look it up.

Columns hold Fernet tokens (AES-128-CBC with HMAC-SHA256) made with the newest key of `TINBAO_SECRET_KEY`; older keys of
the list still decrypt older tokens, so a key is rotated by putting the new one first. Look-ups use HMAC-SHA256 under a
random *pepper* that is itself stored in the database, encrypted: so hashes survive a rotation, and whoever steals the
database can neither decrypt a token nor test a guess.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any, Final

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

PEPPER_BYTES: Final = 32


class WrongKey(Exception):
    """Raised when the key is missing, malformed, or not the one that the data was encrypted with. The text says what to
    do."""


def parse_keys(setting: str) -> MultiFernet:
    """The keys of a comma-separated setting, newest first. Raises `WrongKey`."""
    keys = [key.strip() for key in setting.split(",") if key.strip()]
    if not keys:
        raise WrongKey(
            "TINBAO_SECRET_KEY is empty. Without it names and tips cannot be encrypted, so nothing is started. "
            "Make a key with `tinbao key`, put it into the environment or .env, and keep a copy away from the database."
        )
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise WrongKey(
            "TINBAO_SECRET_KEY is not a key: each must be 32 bytes in URL-safe base64 (44 characters), several "
            "separated by commas, the newest first. `tinbao key` makes one."
        ) from None


def new_key() -> str:
    """A fresh key for `TINBAO_SECRET_KEY`."""
    return Fernet.generate_key().decode()


class Vault:
    """Encrypts (`seal`) and decrypts (`open`) what could identify a person."""

    def __init__(self, keys: MultiFernet, pepper: bytes) -> None:
        self._keys = keys
        self._pepper = pepper

    @staticmethod
    def open_with(keys: MultiFernet, sealed_pepper: bytes) -> Vault:
        """The vault of a database with this encrypted pepper. Raises `WrongKey` when no key decrypts it."""
        try:
            return Vault(keys, keys.decrypt(sealed_pepper))
        except InvalidToken:
            raise WrongKey(
                "TINBAO_SECRET_KEY does not open this database: it was sealed with another key. "
                "Put that key back (after the newest one, separated by a comma), or point to the right database."
            ) from None

    @staticmethod
    def new_pepper(keys: MultiFernet) -> bytes:
        """A fresh pepper, encrypted, to be stored in the database."""
        return keys.encrypt(secrets.token_bytes(PEPPER_BYTES))

    def seal(self, text: str) -> bytes:
        """Encrypt words."""
        return self._keys.encrypt(text.encode())

    def seal_bytes(self, data: bytes) -> bytes:
        """Encrypt bytes."""
        return self._keys.encrypt(data)

    def seal_json(self, value: Any) -> bytes:
        """Encrypt a JSON value."""
        return self._keys.encrypt(orjson.dumps(value))

    def open(self, token: bytes) -> str:
        """Decrypt words. Raises `WrongKey` for a token of an unknown key or one that was changed."""
        return self.open_bytes(token).decode()

    def open_bytes(self, token: bytes) -> bytes:
        """Decrypt bytes. Raises `WrongKey`."""
        try:
            return self._keys.decrypt(token)
        except InvalidToken:
            raise WrongKey(
                "a sealed value does not open: its key is missing from the list, or it was changed"
            ) from None

    def open_json(self, token: bytes) -> Any:
        """Decrypt a JSON value. Raises `WrongKey`."""
        return orjson.loads(self.open_bytes(token))

    def reseal(self, token: bytes) -> bytes:
        """The same content under the newest key."""
        return self._keys.rotate(token)

    def hash(self, *parts: str) -> bytes:
        """A keyed hash of the parts, for unique look-ups. 32 bytes."""
        return hmac.digest(self._pepper, "\x1f".join(parts).encode(), hashlib.sha256)

    def mac(self, data: bytes) -> bytes:
        """A keyed hash that chains audit rows. 32 bytes."""
        return hmac.digest(self._pepper, b"audit\x1f" + data, hashlib.sha256)

    def secret_for(self, purpose: str) -> str:
        """A stable secret for one purpose (a webhook, a cookie's signature): 43 URL-safe characters."""
        digest = hmac.digest(self._pepper, b"secret\x1f" + purpose.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
