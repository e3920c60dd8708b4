"""What an operator sees when something is wrong: words that say what to do, and a status that is not 0."""

from __future__ import annotations

import asyncio
import resource
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import asyncpg
import pytest

from bot.app.instance_lock import only_one
from storage import sqlite
from storage.vault import new_key
from tests.conftest import make_postgres_database
from tests.operator.conftest import NENH, Operator

INVITE = ("invite", "--role", "officer", "--unit", NENH)


PLAN = str(Path(__file__).parents[2] / "plans" / "demo-nenh.yaml")


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("command", [("run",), ("doctor",), INVITE, ("tips", "list")])
@pytest.mark.parametrize(("given", "words"), [("", "is empty"), ("abc", "is not a key")])
def test_without_a_good_key_nothing_starts_and_the_way_to_one_is_told(
    operator: Operator, command: tuple[str, ...], given: str, words: str
) -> None:
    operator.sets(TINBAO_SECRET_KEY=given)
    told = operator.fails(*command)
    assert words in told
    assert "tinbao key" in told


def test_another_key_is_recognised_as_wrong(operator: Operator) -> None:
    operator.does(*INVITE)
    operator.sets(TINBAO_SECRET_KEY=new_key())
    assert "sealed with another key" in operator.fails("tips", "list")


def test_a_key_may_come_as_a_credential_of_systemd(operator: Operator) -> None:
    folder = operator.folder / "credentials"
    folder.mkdir()
    (folder / "tinbao_secret_key").write_text(new_key() + "\n")
    operator._patch.delenv("TINBAO_SECRET_KEY")
    assert "is empty" in operator.fails(*INVITE)
    operator.sets(CREDENTIALS_DIRECTORY=str(folder))
    assert operator.does(*INVITE).startswith("o_")


def test_a_taken_port_is_told_before_anything_is_opened(operator: Operator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        operator.sets(TINBAO_PORT=str(other.getsockname()[1]))
        assert "set TINBAO_PORT to another" in operator.fails("run")
    assert not (operator.folder / "data").exists()


def test_all_wrong_settings_are_told_at_once_each_with_its_remedy(operator: Operator) -> None:
    operator.sets(TINBAO_PORT="x", TINBAO_COMMUNE="795", TINBAO_PUBLIC_URL="example.org", TINBAO_TELEGRAM_MODE="push")
    told = operator.fails("run")
    assert "TINBAO_PORT: write a number" in told
    assert "TINBAO_COMMUNE: write the commune's five digits" in told
    assert "TINBAO_PUBLIC_URL: must begin with http" in told
    assert "TINBAO_TELEGRAM_MODE: Input should be 'polling' or 'webhook'" in told


def test_the_doctor_finds_misspelt_settings_in_the_environment_and_in_the_file(operator: Operator) -> None:
    operator.sets(TINBAO_TELEGRAM_TOKN="1:a")
    (operator.folder / ".env").write_text("# TINBAO_NOTHING=1\nTINBAO_HOTS=0.0.0.0\n")
    told = operator.fails("doctor")
    assert "TINBAO_TELEGRAM_TOKN is no setting, did you mean TINBAO_TELEGRAM_TOKEN?" in told
    assert "TINBAO_HOTS is no setting, did you mean TINBAO_HOST?" in told
    assert "TINBAO_NOTHING" not in told
    assert "TINBAO_LOG" not in told


def test_the_doctor_distinguishes_a_failed_connection_from_a_wrong_token(operator: Operator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        nobody = f"http://127.0.0.1:{other.getsockname()[1]}"
    operator.sets(TINBAO_TELEGRAM_TOKEN="123456:" + "a" * 35, TINBAO_TELEGRAM_API=nobody)
    assert f"Telegram cannot be reached at {nobody}" in operator.fails("doctor")
    operator.sets(TINBAO_TELEGRAM_TOKEN="nonsense")
    assert "the Telegram token has the wrong shape" in operator.fails("doctor")


def test_commands_refuse_what_they_cannot_do(operator: Operator) -> None:
    operator.does("plan", "load", PLAN)
    say = ("broadcast", "--title", "a", "--text", "b")
    assert "no unit '99999'" in operator.fails(*say, "--unit", "99999")
    assert "no group 'nobody'" in operator.fails(*say, "--group", "nobody")
    assert "has passed" in operator.fails(*say, "--at", "2020-01-01T08:00")
    assert "write it like 2026-12-01T08:00" in operator.fails(*say, "--at", "tomorrow")
    assert "there is no such picture" in operator.fails(*say, "--picture", "nowhere.jpg")
    assert "goes out at 08:00 01/12/2099" in operator.does(*say, "--at", "2099-12-01T08:00", "--group", "nenh-camera")
    assert "goes out at 08:00 01/12/2099" in operator.does(*say, "--at", "2099-12-01T01:00Z")
    assert "no unit '1'" in operator.fails("invite", "--role", "officer", "--unit", "1")
    assert "no group 'nobody'" in operator.fails("invite", "--role", "leader", "--group", "nobody")
    assert "--roles takes web, courier, scheduler" in operator.fails("run", "--roles", "boss")
    assert operator.does("invite", "--role", "officer").startswith("o_")  # for the commune of the settings
    operator.sets(TINBAO_TELEGRAM_TOKEN="nonsense")
    assert "TINBAO_TELEGRAM_TOKEN has the wrong shape" in operator.fails("invite", "--role", "officer")


def test_a_plan_with_a_mistake_is_refused_whole_with_its_line(operator: Operator) -> None:
    plan = operator.folder / "ours.yaml"
    plan.write_text("extends: base\ncode: ours\ntitle: Ours\nsource: Us\nobligatons: []\n")
    for command in (("plan", "check"), ("plan", "load")):
        told = operator.fails(*command, str(plan))
        assert f'{plan}:5:1: "obligatons" is not known here. Did you mean "obligations"?' in told
    assert "The file cannot be read" in operator.fails("plan", "load", "nowhere.yaml")


@pytest.mark.parametrize("command", [("run",), ("doctor",), INVITE, ("backup", "b.tgz"), ("migrate",)])
def test_a_postgresql_that_nobody_started_is_told(operator: Operator, command: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    operator.sets(TINBAO_DATABASE_URL=f"postgresql://us:secret@127.0.0.1:{port}/tinbao", TINBAO_PORT="0")
    told = operator.fails(*command)
    assert "is it running, and is its host right? look at TINBAO_DATABASE_URL" in told
    assert "secret" not in told


def test_what_postgresql_refuses_is_told_with_its_remedy(operator: Operator, postgres: str) -> None:
    ours = asyncio.run(make_postgres_database(postgres))
    operator.sets(TINBAO_DATABASE_URL=ours.replace("/town", "/nowhere"), TINBAO_PORT="0")
    assert "no database of that name" in operator.fails("run")
    operator.sets(TINBAO_DATABASE_URL=ours.replace("postgres:", "stranger:", 1))
    assert "wrong user or password" in operator.fails("doctor")
    operator.sets(TINBAO_DATABASE_URL=ours)
    assert "no tables yet" in operator.fails("backup", "b.tgz")
    operator.does(*INVITE)
    asyncio.run(only_let_read(ours))
    assert "PostgreSQL only lets us read" in operator.fails("run")


async def only_let_read(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    finally:
        await connection.close()


@pytest.mark.parametrize("url", ["nonsense", "mysql://us:secret@host/name", "postgresql://us:secret@host:port/name"])
@pytest.mark.parametrize("command", [("doctor",), ("backup", "b.tgz"), ("migrate",)])
def test_an_invalid_database_url_is_reported_without_its_password(
    operator: Operator, url: str, command: tuple[str, ...]
) -> None:
    operator.sets(TINBAO_DATABASE_URL=url)
    told = operator.fails(*command)
    assert "use sqlite:///data/tinbao.db or postgresql://user:password@host/name" in told
    assert "secret" not in told


def test_a_locked_database_says_how_to_find_who_holds_it(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    operator.does(*INVITE)
    monkeypatch.setattr(sqlite, "BUSY_MS", 50)
    with closing(sqlite3.connect(operator.folder / "data" / "tinbao.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "fuser" in operator.fails(*INVITE)
        assert "fuser" in operator.fails("doctor")
    operator.does(*INVITE)


def test_two_processes_never_run_on_one_sqlite(operator: Operator) -> None:
    operator.sets(TINBAO_PORT="0")
    with only_one(operator.folder / "data", "sqlite"):
        assert "runs already" in operator.fails("run")
        operator.does(*INVITE)


def test_a_full_disk_is_told_and_a_running_start_is_refused(operator: Operator) -> None:
    operator.does(*INVITE)
    operator.sets(TINBAO_PORT="0")
    with files_end_at(4096):
        for command in (("run",), ("doctor",), INVITE):
            assert "the disk is full" in operator.fails(*command)
    operator.does(*INVITE)


def test_a_folder_that_cannot_be_made_is_told(operator: Operator) -> None:
    (operator.folder / "file").write_text("in the way")
    operator.sets(TINBAO_DATA_DIR=str(operator.folder / "file" / "data"))
    assert "set TINBAO_DATA_DIR to one that may be written" in operator.fails(*INVITE)


def test_a_damaged_database_is_told(operator: Operator) -> None:
    (operator.folder / "data").mkdir()
    (operator.folder / "data" / "tinbao.db").write_text("these are words and no database at all, and quite a few")
    assert "restore a backup" in operator.fails("doctor")


def test_tables_of_a_newer_version_are_left_alone(operator: Operator) -> None:
    operator.does(*INVITE)
    with closing(sqlite3.connect(operator.folder / "data" / "tinbao.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "made by a newer Tin Báo" in operator.fails("doctor")
    assert "of version 9999" in operator.fails("backup", "b.tgz")


def test_what_crashed_our_own_code_is_reported_and_can_be_retried(operator: Operator) -> None:
    operator.does(*INVITE)
    assert "0 messages to be sent broke us" in operator.types("doctor").out
    with closing(sqlite3.connect(operator.folder / "data" / "tinbao.db", isolation_level=None)) as database:
        database.execute(
            "INSERT INTO contact (id, channel, address_hash, sealed_address, is_group, language, reachable, created_at)"
            " VALUES (1, 'web', x'00', x'00', 0, 'vi', 1, '2026-11-20 01:30:00')"
        )
        database.execute(
            "INSERT INTO outbox (reason, contact_id, channel, lane, state, sealed_reply, slot, language, created_at,"
            " ready_at, tries) VALUES ('r', 1, 'web', 2, 5, x'00', '', 'vi', '2026-11-20', '2026-11-20', 1)"
        )
        database.execute(
            "INSERT INTO timer (reason, kind, subject, due_at, tries, retry_at)"
            " VALUES ('t', 'take', 1, '2026-11-20', 3, '2099-11-20')"
        )
    told = operator.fails("doctor")
    assert "WRONG 1 messages to be sent broke us and are set aside; they are tried again after an upgrade" in told
    assert "WRONG 1 timers broke us and are set aside" in told
    told = operator.does("replay")
    assert "1 messages to send and 1 timers were set aside; `tinbao run` tries them now." in told
    told = operator.types("doctor").out
    assert "ok    0 messages to be sent broke us" in told and "ok    0 timers broke us" in told
