"""One process at a time sends with an account. When it is killed, the next one need not wait."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from bot.delivery.lease_owner import here, is_gone
from storage.database import Database
from storage.leases import hold
from tests.conftest import NOW

ACCOUNT = "telegram:1"
LATER = NOW + timedelta(minutes=10)


def killed() -> str:
    """The name of a process that was killed."""
    waits = "from bot.delivery.lease_owner import here; print(here(), flush=True); input()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", waits], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        assert not is_gone(name), "it lives"
        process.kill()
    return name


async def holds(database: Database, owner: str) -> bool:
    """Whether this owner gets the lease of the account."""
    return await database.write(lambda db: hold(db, ACCOUNT, owner, NOW, LATER, is_gone))


async def test_a_living_process_keeps_the_lease_of_its_account(database: Database) -> None:
    assert await holds(database, here())
    assert not await holds(database, "somebody else")
    assert await holds(database, here()), "it may be renewed"


async def test_the_lease_of_a_killed_process_is_free_at_once(database: Database) -> None:
    assert await holds(database, killed())
    assert await holds(database, here())


@pytest.mark.parametrize("other", ["another-machine:1:1", "c0ffee", "", ":::", "another-machine:x:"])
async def test_an_owner_that_cannot_be_checked_does_not_count_as_dead(database: Database, other: str) -> None:
    assert await holds(database, other)
    assert not await holds(database, here())


def test_a_reused_process_id_is_another_process() -> None:
    machine, number, began = here().split(":")
    assert is_gone(f"{machine}:{number}:{int(began) - 1}")
