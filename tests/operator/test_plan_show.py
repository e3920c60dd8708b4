"""`tinbao plan show`: a committee reads what its plan says, before and after it is loaded."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from plans.load import PLANS
from tests.operator.conftest import Operator

OWN = """
extends: bp-2025
code: own
title: Our own
source: Us
hotlines:
  - {key: police, number: "0204113113", names: {vi: công an phường Nếnh}}
campaigns:
  - key: fire
    title: Đề phòng cháy
    at: {rule: on_date, date: 21/11/2099}
    clock: "18:30"
    texts: {vi: "Có cháy gọi {fire}.", en: "Fire? Call {fire}."}
    audience: {models: [dan-van-kheo]}
    source: Us
"""


@pytest.fixture
def own(operator: Operator) -> str:
    file = operator.folder / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    return str(file)


def test_a_shipped_plan_can_be_read_before_anything_is_set_up(operator: Operator) -> None:
    operator.sets(TINBAO_SECRET_KEY="")
    told = operator.does("plan", "show", "bp-2025")
    assert told.startswith("Kế hoạch bp-2025: Phong trào thi đua")
    assert "Có sẵn trong bộ cài" in told
    assert "75 Đồng Nai" in told and "Trước đây: tỉnh Bình Phước; tỉnh Đồng Nai" in told
    assert "Ưu tiên tập thể cấp cơ sở và cá nhân trực tiếp làm" in told, "the notes"
    assert re.search(r"Hạn tới: 31/12/\d{4} \(số liệu từ 01/01/\d{4} đến 31/12/\d{4}\)", told)
    assert "Mục tiêu: trên 75 %" in told and "Mục tiêu: giảm ít nhất 5 %" in told
    assert "từ dữ liệu của hệ thống (tin báo đã giải quyết xong trên tổng số tin báo)" in told
    assert "người phụ trách nhập theo từng kỳ" in told
    assert told.count("Kết quả: chưa có số liệu") == told.count("Mục tiêu:") == 10
    assert "3 tập thể, 6 cá nhân; lãnh đạo nhiều nhất 35 % số cá nhân (2 người)" in told
    assert "113 công an [police]" in told
    assert operator.does("plan", "show").startswith("Kế hoạch base:"), "without a code: what holds where no plan is"


def test_a_loaded_plan_can_be_read_after_its_file_is_gone(operator: Operator, own: str) -> None:
    operator.does("plan", "load", own)
    Path(own).unlink()
    told = operator.does("plan", "show", "own")
    assert "Đã nạp" in told
    assert "0204113113 công an phường Nếnh [police]" in told
    assert "Gửi lần tới: 18:30 ngày 21/11/2099" in told and "Gửi cho: Dân vận khéo" in told
    assert "“Có cháy gọi 114.”" in told
    english = operator.does("plan", "show", "own", "--language", "en")
    assert "“Fire? Call 114.”" in english and "Result: no figures yet" in english


def test_the_plan_in_force_is_shown_when_none_is_named(operator: Operator, own: str) -> None:
    assert operator.does("plan", "show").startswith("Kế hoạch base:")
    operator.sets(TINBAO_PLANS=f"{own},vy-2024")
    assert "Đang có hiệu lực ở đây" in operator.does("plan", "show")
    assert operator.does("plan", "show").startswith("Kế hoạch own:")
    assert "Đã nạp" in operator.does("plan", "show", "vy-2024")
    assert "Có sẵn trong bộ cài" in operator.does("plan", "show", "hd-2025")
    assert operator.fails("plan", "show", "nope") == (
        "There is no plan 'nope'. Known: base, bp-2025, demo-nenh, hd-2025, own, tn-2024, tn-kl13, vy-2024\n"
    )


@pytest.mark.parametrize("code", sorted(path.stem for path in PLANS.glob("*-2*.yaml")))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_source_plan_can_be_said_in_both_languages(operator: Operator, code: str, language: str) -> None:
    operator.sets(TINBAO_SECRET_KEY="")
    told = operator.does("plan", "show", code, "--language", language)
    assert code in told.splitlines()[0]
    assert not {"{", "}", "None"} & set(told.split())


def test_programs_get_every_field_and_what_comes_next(operator: Operator, own: str) -> None:
    operator.sets(TINBAO_PLANS=own)
    told = json.loads(operator.does("plan", "show", "--json"))
    assert (told["code"], told["standing"]) == ("own", "in-force")
    assert told["limits"]["criminal"]["report"] == 12 * 3600
    assert told["awards"]["leaders_share"] == 0.35
    (campaign,) = told["campaigns"]
    assert campaign["at"] == {"rule": "on_date", "date": "2099-11-21"}
    assert campaign["next_at"] == "2099-11-21T11:30:00+00:00"
    (report,) = told["obligations"]
    assert report["next"]["due_day"] == report["next"]["period_end"]
    figure = next(one for one in told["indicators"] if one["key"] == "order-crimes")
    assert (figure["target"], figure["value"], figure["met"]) == (-0.05, None, None)
