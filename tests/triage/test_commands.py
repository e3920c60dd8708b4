"""`tinbao triage` and `tinbao duplicates`: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import io
import json
from typing import Any

from bot.cli.triage import duplicates_lines, triage_lines


def asked(*rows: dict[str, Any] | str) -> io.StringIO:
    return io.StringIO("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))


def answered(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_with_everything_that_is_promised() -> None:
    out, errors = io.StringIO(), io.StringIO()
    status = triage_lines(
        asked(
            {"id": "a", "text": "đánh nhau ở phường Nếnh, có người chảy máu", "province": "24"},
            {"id": 2, "text": "cho em hỏi thủ tục tạm trú"},
            {"id": "c", "text": "mất trộm ở xã Tân Tiến", "province": None},
        ),
        out,
        errors,
    )
    fight, question, several = answered(out)
    assert status == 0
    assert errors.getvalue() == ""
    assert fight == {
        "id": "a", "category": "violence", "categories": fight["categories"], "urgency": "emergency",
        "not_a_tip": False, "commune": "07795", "communes": ["07795"],
    }  # fmt: skip
    assert len(fight["categories"]) == 3 and fight["categories"][0] == "violence"
    assert question["id"] == 2 and question["not_a_tip"] and question["category"] == "not_a_tip"
    assert question["urgency"] == "normal" and question["communes"] == []
    assert several["commune"] is None and len(several["communes"]) > 1


def test_a_bad_line_is_named_and_the_others_are_answered() -> None:
    out, errors = io.StringIO(), io.StringIO()
    status = triage_lines(
        asked("not json", {"id": "a", "text": "mất chó"}, "", "[1]", {"id": "b"}, {"text": "x"},
              {"id": "c", "text": "x", "province": 24}, {"id": True, "text": "x"}),
        out, errors,
    )  # fmt: skip
    assert status == 1
    assert [row["id"] for row in answered(out)] == ["a"]
    assert [line.split(":")[0] for line in errors.getvalue().splitlines()] == [
        "line 1", "line 4", "line 5", "line 6", "line 7", "line 8",
    ]  # fmt: skip


def test_no_lines_are_no_error() -> None:
    out = io.StringIO()
    assert triage_lines(asked(), out, io.StringIO()) == 0
    assert duplicates_lines(asked(), out, io.StringIO()) == 0
    assert out.getvalue() == ""


def test_witnesses_of_one_event_bear_one_group() -> None:
    out, errors = io.StringIO(), io.StringIO()
    status = duplicates_lines(
        asked(
            {"id": "a", "text": "cháy kho vải ở cụm Bãi Sậy, lửa lớn", "minutes": 600, "commune": "A"},
            {"id": "b", "text": "mất chó ở xóm Chùa", "minutes": 601, "commune": "A"},
            {"id": "c", "text": "chay to o kho vai cum bai say", "minutes": 607.5, "commune": "A"},
            {"id": "d", "text": "cháy kho vải ở cụm Bãi Sậy, lửa lớn", "minutes": 600, "commune": "B"},
        ),
        out,
        errors,
    )
    groups = {row["id"]: row["group"] for row in answered(out)}
    assert status == 0
    assert groups["a"] == groups["c"] is not None
    assert groups["b"] is groups["d"] is None


def test_lines_without_time_or_commune_are_named() -> None:
    out, errors = io.StringIO(), io.StringIO()
    status = duplicates_lines(
        asked(
            {"id": "a", "text": "x", "commune": "A"},
            {"id": "b", "text": "x", "minutes": "soon", "commune": "A"},
            {"id": "c", "text": "x", "minutes": 5},
            {"id": "d", "text": "x", "minutes": 5, "commune": "A"},
        ),
        out,
        errors,
    )
    assert status == 1
    assert len(errors.getvalue().splitlines()) == 3
    assert answered(out) == [{"id": "d", "group": None}]
