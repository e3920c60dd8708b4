"""From officers' corrections to a learnt model file."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.triage.learn import Correction
from core.triage.understand import BadModel
from plans.learn import learn_from, shipped_examples
from plans.triage import learnt_model, load_model, load_triage

PLACES = ("nhà ông Năm", "vườn điều", "bờ kè", "kho cũ", "quán cô Tư", "rẫy mì", "bãi xe", "lò gạch")
SLANG = [Correction(f"tối nay {place} lại bắc chảo {word}, đông lắm", "smuggling", "urgent")
         for place in PLACES for word in ("gang", "lớn", "cua")]  # fmt: skip
ASKED = "sau miếu lại bắc chảo gang kìa"


def test_a_word_that_officers_taught_is_understood_after_the_next_start(tmp_path: Path) -> None:
    report = learn_from([*SLANG, Correction("đánh nhau", commune="07795"), Correction("x", "piracy")], tmp_path)
    assert report.live, report.lines()
    assert (report.taught, report.places, report.unknown) == (24, 1, 1)
    assert report.learnt.after.category_first > report.learnt.before.category_first
    assert load_triage().propose(ASKED).category != "smuggling"
    assert load_triage(model=learnt_model(tmp_path)).propose(ASKED).category == "smuggling"
    assert [file.name for file in report.file.parent.iterdir()] == ["model.json.gz"]
    assert str(report.file) in report.lines()[-1]


@pytest.mark.long
def test_what_is_refused_leaves_no_file(tmp_path: Path) -> None:
    few = learn_from(SLANG[:3], tmp_path)
    assert not few.live
    assert "Too few" in few.lines()[-1]
    known = [one for one in shipped_examples()[::7] if one.category != "not_a_tip"]
    any_button = [Correction(one.text, "drugs" if one.category != "drugs" else "dispute") for one in known]
    worse = learn_from(any_button, tmp_path)
    assert not worse.live
    assert "category: first" in worse.lines()[-1]
    assert not learnt_model(tmp_path).exists()


def test_what_was_not_measured_is_not_shown_as_perfect(tmp_path: Path) -> None:
    rows = {line[:32].strip(): line[32:].split() for line in learn_from([], tmp_path).lines()[2:-1]}
    assert len(rows) == 7
    for name, (before, after, *shipped) in rows.items():
        assert (before, after) == ("–", "–"), name
        assert all(0 <= float(one) < 1.01 for one in shipped), name
    of_one = learn_from([Correction("đêm qua nhà em bị trộm mất xe", "theft_robbery", "normal")], tmp_path).lines()
    assert [line[32:].split()[0] for line in of_one if line.startswith(("category: first", "emergency: recall"))] == [
        "1.000", "–",
    ]  # fmt: skip


def test_without_a_model_of_its_own_a_deployment_uses_the_shipped_one(tmp_path: Path) -> None:
    assert load_model(learnt_model(tmp_path)).examples == load_model().examples


@pytest.mark.parametrize("content", [b"", b"\x1f\x8bhalf", b"{}"])
def test_a_broken_learnt_model_is_named_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "model.json.gz"
    file.write_bytes(content)
    with pytest.raises(BadModel, match=r"model\.json\.gz: .*delete it"):
        load_model(file)
