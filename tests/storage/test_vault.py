"""A database thief reads no name and no tip; a key can be changed; a wrong key is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import Database
from storage.keys import open_vault
from storage.vault import Vault, WrongKey, new_key, parse_keys


async def test_what_is_sealed_opens_only_with_the_key(database: Database, key: str) -> None:
    vault = await database.write(lambda db: open_vault(db, parse_keys(key)))
    token = vault.seal("cháy ở ấp 4")
    assert "cháy".encode() not in token
    assert vault.open(token) == "cháy ở ấp 4"
    with pytest.raises(WrongKey, match="sealed with another key"):
        await database.write(lambda db: open_vault(db, parse_keys(new_key())))


async def test_a_rotated_key_opens_the_old_and_finds_the_same_people(database: Database, key: str) -> None:
    old = await database.write(lambda db: open_vault(db, parse_keys(key)))
    both = await database.write(lambda db: open_vault(db, parse_keys(f"{new_key()},{key}")))
    assert both.open(old.seal("x")) == "x"
    assert both.hash("contact", "web", "1") == old.hash("contact", "web", "1")
    fresh = both.reseal(old.seal("x"))
    with pytest.raises(WrongKey):
        old.open(fresh)


def test_two_databases_hash_the_same_person_differently() -> None:
    keys = parse_keys(new_key())
    one, other = (Vault.open_with(keys, Vault.new_pepper(keys)) for _ in range(2))
    assert one.hash("contact", "web", "1") != other.hash("contact", "web", "1")


@pytest.mark.parametrize(("setting", "says"), [("", "is empty"), ("abc", "is not a key"), (" , ", "is empty")])
def test_a_missing_or_wrong_key_is_told_with_its_remedy(setting: str, says: str) -> None:
    with pytest.raises(WrongKey, match=says) as trouble:
        parse_keys(setting)
    assert "tinbao key" in str(trouble.value)


@given(st.text(), st.binary())
def test_anything_that_is_encrypted_is_decrypted_unchanged(text: str, data: bytes) -> None:
    keys = parse_keys(new_key())
    vault = Vault.open_with(keys, Vault.new_pepper(keys))
    assert vault.open(vault.seal(text)) == text
    assert vault.open_bytes(vault.seal_bytes(data)) == data


def test_a_changed_token_is_refused() -> None:
    keys = parse_keys(new_key())
    vault = Vault.open_with(keys, Vault.new_pepper(keys))
    token = bytearray(vault.seal("x"))
    token[20] ^= 1
    with pytest.raises(WrongKey):
        vault.open(bytes(token))
