"""Backups: what is promised when one is made, and when one is put back."""

from __future__ import annotations

import asyncio
import tarfile

import pytest

from storage.migrate import newest
from storage.vault import new_key
from tests.conftest import make_postgres_database
from tests.operator.conftest import NENH, Operator
from tests.operator.test_trouble import INVITE, PLAN, files_end_at


def test_a_backup_of_sqlite_is_restored_into_postgresql(operator: Operator, postgres: str) -> None:
    operator.does(*INVITE)
    operator.does("plan", "load", PLAN)
    for kept in ("media/ab/file", "pictures/plan-picture.jpg"):
        (operator.folder / "data" / kept).parent.mkdir(parents=True, exist_ok=True)
        (operator.folder / "data" / kept).write_text(kept)
    before = operator.does("backup", "b.tgz").split()[0]
    assert (operator.folder / "b.tgz").stat().st_mode & 0o077 == 0
    operator.sets(
        TINBAO_DATABASE_URL=asyncio.run(make_postgres_database(postgres)),
        TINBAO_DATA_DIR=str(operator.folder / "elsewhere"),
    )
    assert operator.does("restore", "b.tgz").split()[0] == before
    for kept in ("media/ab/file", "pictures/plan-picture.jpg"):
        assert (operator.folder / "elsewhere" / kept).read_text() == kept
    assert operator.does("invite", "--role", "leader", "--group", "nenh-tuan-tra").startswith("g_")


def test_a_restore_never_mixes_two_databases(operator: Operator) -> None:
    operator.does(*INVITE)
    operator.does("backup", "b.tgz")
    assert "restore into an empty database" in operator.fails("restore", "b.tgz")


def test_with_another_key_nothing_is_restored(operator: Operator) -> None:
    operator.does(*INVITE)
    operator.does("backup", "b.tgz")
    key = new_key()
    operator.sets(TINBAO_DATA_DIR=str(operator.folder / "elsewhere"), TINBAO_SECRET_KEY=key)
    assert "sealed with another key" in operator.fails("restore", "b.tgz")
    assert operator.does("invite", "--role", "officer", "--unit", NENH).startswith("o_")  # empty as before


def test_a_backup_that_does_not_fit_on_the_disk_leaves_no_partial_file(operator: Operator) -> None:
    operator.does("plan", "load", PLAN)
    with files_end_at(33_000):
        assert "cannot be written" in operator.fails("backup", "b.tgz")
    assert "cannot be written" in operator.fails("backup", "nowhere/b.tgz")
    assert [path.name for path in operator.folder.iterdir()] == ["data"]


@pytest.mark.parametrize("rows", ["words", '{"table": "strangers", "row": {}}', '{"table": "invite", "row": {"x": 1}}'])
def test_a_file_that_is_no_backup_is_refused(operator: Operator, rows: str) -> None:
    assert "cannot be read as a backup: No such file" in operator.fails("restore", "b.tgz")
    (operator.folder / "b.tgz").write_text("no archive")
    assert "cannot be read as a backup" in operator.fails("restore", "b.tgz")
    (operator.folder / "rows.jsonl").write_text(rows + "\n")
    (operator.folder / "version").write_text(newest())
    with tarfile.open(operator.folder / "b.tgz", "w:gz") as tar:
        tar.add(operator.folder / "rows.jsonl", "rows.jsonl")
        tar.add(operator.folder / "version", "version")
    assert "line 1 is no row of our tables" in operator.fails("restore", "b.tgz")


def test_a_backup_of_another_version_asks_for_that_version(operator: Operator) -> None:
    (operator.folder / "rows.jsonl").write_text("")
    (operator.folder / "version").write_text("0000")
    with tarfile.open(operator.folder / "b.tgz", "w:gz") as tar:
        tar.add(operator.folder / "rows.jsonl", "rows.jsonl")
        tar.add(operator.folder / "version", "version")
    assert "holds tables of version 0000" in operator.fails("restore", "b.tgz")


def test_a_backup_cannot_write_outside_the_data_folder(operator: Operator) -> None:
    operator.does(*INVITE)
    operator.does("backup", "b.tgz")
    (operator.folder / "stranger").write_text("planted")
    with tarfile.open(operator.folder / "b.tgz") as good, tarfile.open(operator.folder / "evil.tgz", "w:gz") as evil:
        for member in good:
            evil.addfile(member, good.extractfile(member))
        evil.add(operator.folder / "stranger", "../../planted")
        evil.add(operator.folder / "stranger", "media/../../../planted")
    operator.sets(TINBAO_DATA_DIR=str(operator.folder / "elsewhere" / "data"))
    operator.does("restore", "evil.tgz")
    assert list(operator.folder.rglob("planted")) == []


def test_after_a_rotation_the_old_key_can_be_dropped(operator: Operator) -> None:
    old, new = new_key(), new_key()
    operator.sets(TINBAO_SECRET_KEY=old)
    operator.does(*INVITE)
    operator.sets(TINBAO_SECRET_KEY=new)
    operator.fails("rotate")
    operator.sets(TINBAO_SECRET_KEY=f"{new},{old}")
    assert "the older keys can be dropped" in operator.does("rotate")
    operator.sets(TINBAO_SECRET_KEY=new)
    operator.does("tips", "list")
    operator.sets(TINBAO_SECRET_KEY=old)
    operator.fails("tips", "list")
