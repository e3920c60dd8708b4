"""A plan's awareness message goes out with its picture, also after the plan's file is gone."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app.build import build_runtime, lay_out_plans
from bot.app.settings import WrongSetting, read_settings
from bot.cli.plans import check_plans, load_plans
from storage.tables import attachment, campaign
from tests.conftest import NOW
from tests.pictures import jpeg

PLAN = """
code: poster
extends: base
title: A plan with a poster
source: the story
units:
  - {code: "07795", name: phường Nếnh}
campaigns:
  - key: fire
    title: Đề phòng cháy
    at: {rule: season, start: 1/1, end: 31/12, every_days: 7}
    clock: "18:00"
    picture: poster.jpg
    texts: {vi: "Tắt bếp trước khi đi ngủ."}
    source: the story
"""


def written(folder: Path, picture: bytes | None = None) -> Path:
    """The plan's file, with its picture beside it."""
    file = folder / "poster.yaml"
    file.write_text(PLAN, encoding="utf-8")
    if picture is not None:
        (folder / "poster.jpg").write_bytes(picture)
    return file


async def test_a_loaded_plan_goes_on_with_its_picture_when_its_file_is_gone(key: str, tmp_path: Path) -> None:
    file = written(tmp_path, jpeg())
    settings = read_settings(_env_file=None, data_dir=tmp_path / "data", secret_key=key, commune="07795")
    runtime = await build_runtime(settings)
    try:
        await load_plans(runtime, [file], lambda _: None)
        file.unlink()
        (tmp_path / "poster.jpg").unlink()
        for days in (0, 8, 15):
            later = NOW.replace(year=2027, month=3, day=1 + days)
            await runtime.database.write(lambda db, now=later: lay_out_plans(db, runtime, now))  # type: ignore[misc]
        rows = await runtime.database.read(
            lambda db: db.execute(
                select(campaign.c.key, attachment.c.file).outerjoin(
                    attachment, attachment.c.campaign_id == campaign.c.id
                )
            ).all()
        )
    finally:
        await runtime.close()
    assert len(rows) >= 4, "one for the day of loading, and one for each week after"
    assert all(row.file for row in rows), "each with its picture"


@pytest.mark.parametrize("picture", [None, b"no picture at all"])
async def test_a_picture_that_is_missing_or_none_is_told_before_anything_is_loaded(
    picture: bytes | None, key: str, tmp_path: Path
) -> None:
    file = written(tmp_path, picture)
    out = io.StringIO()
    assert check_plans([file], date(2026, 11, 20), out) == 1
    assert "poster.jpg" in out.getvalue() and "campaign fire" in out.getvalue()
    runtime = await build_runtime(read_settings(_env_file=None, data_dir=tmp_path / "data", secret_key=key))
    try:
        with pytest.raises(WrongSetting, match=r"poster\.jpg"):
            await load_plans(runtime, [file], lambda _: None)
        kept = await runtime.database.read(lambda db: db.execute(select(campaign.c.id)).all())
    finally:
        await runtime.close()
    assert kept == []
