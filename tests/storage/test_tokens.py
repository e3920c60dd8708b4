"""Tokens of a platform: the newest pair is never lost, and nobody reads one in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import tokens
from storage.database import Database
from storage.tables import channel_token
from storage.tokens import REAUTHORISE, Kept, Pair
from storage.vault import Vault
from tests.conftest import NOW

ACCOUNT = "zalo_oa:1102233445566778899"
DAY = timedelta(hours=25)


async def kept(database: Database, vault: Vault) -> Kept:
    found = await database.read(lambda db: tokens.kept(db, vault, ACCOUNT))
    assert found is not None
    return found


async def plant(database: Database, vault: Vault, token: str) -> bool:
    return await database.write(lambda db: tokens.plant(db, vault, ACCOUNT, token, NOW))


async def renew(database: Database, vault: Vault, pair: Pair) -> None:
    known = await kept(database, vault)
    await database.write(lambda db: tokens.renewed(db, vault, ACCOUNT, known, pair, NOW, NOW + DAY))


async def test_the_setting_gives_the_first_token_and_is_passed_over_afterwards(
    database: Database, vault: Vault
) -> None:
    assert await plant(database, vault, "first")
    await renew(database, vault, Pair("a2", "r2"))
    assert not await plant(database, vault, "first")
    assert not await plant(database, vault, "a stranger's")
    assert (await kept(database, vault)).pair == Pair("a2", "r2")


async def test_a_new_consent_comes_in_by_the_setting_once_the_old_tokens_are_dead(
    database: Database, vault: Vault
) -> None:
    await plant(database, vault, "first")
    await renew(database, vault, Pair("a2", "r2"))
    await database.write(lambda db: tokens.gave_up(db, ACCOUNT, REAUTHORISE))
    assert not await plant(database, vault, "first")
    assert (await kept(database, vault)).trouble == REAUTHORISE
    assert await plant(database, vault, "consented anew")
    now = await kept(database, vault)
    assert now.pair == Pair("a2", "consented anew")
    assert (now.trouble, now.attempt_at, now.access_until) == ("", None, NOW + DAY)


@pytest.mark.parametrize("trouble", [tokens.REAUTHORISE, "refused -1"])
async def test_a_new_token_is_taken_whatever_number_the_old_one_was_refused_with(
    database: Database, vault: Vault, trouble: str
) -> None:
    await plant(database, vault, "first")
    await database.write(lambda db: tokens.gave_up(db, ACCOUNT, trouble))
    assert await plant(database, vault, "consented anew")


async def test_the_pair_before_is_kept_and_neither_can_be_read_without_the_key(
    database: Database, vault: Vault
) -> None:
    await plant(database, vault, "refresh-one")
    await renew(database, vault, Pair("access-two", "refresh-two"))
    await renew(database, vault, Pair("access-three", "refresh-three"))
    row = await database.read(lambda db: db.execute(select(channel_token)).one())
    assert vault.open_json(row.sealed_before)["refresh"] == "refresh-two"
    assert b"refresh" not in row.sealed_pair + row.sealed_before
    assert "refresh-" not in repr(row)


async def test_a_refresh_that_was_begun_stays_written_down_until_its_end(database: Database, vault: Vault) -> None:
    await plant(database, vault, "first")
    await database.write(lambda db: tokens.begin(db, ACCOUNT, NOW))
    assert (await kept(database, vault)).attempt_at == NOW
    await renew(database, vault, Pair("a", "r"))
    assert (await kept(database, vault)).attempt_at is None


async def test_the_operator_sees_the_status_of_the_tokens_but_no_token(database: Database, vault: Vault) -> None:
    def status(days: float) -> tokens.TokenStatus:
        return seen[days]

    async def look(days: float) -> tokens.TokenStatus:
        return await database.read(lambda db: tokens.status(db, vault, ACCOUNT, NOW + timedelta(days=days)))

    assert not (await look(0)).known
    await plant(database, vault, "secret-one")
    assert not (await look(0)).alive
    await renew(database, vault, Pair("secret-access", "secret-refresh"))
    seen = {days: await look(days) for days in (0, 1, 2, 74.9, 75.1)}
    assert [status(days).alive for days in (0, 1, 2)] == [True, True, False]
    assert [status(days).old for days in (1, 74.9, 75.1)] == [False, False, True]
    assert "secret" not in repr(seen)
