"""Where the first look at an emergency is in doubt a second one judges; elsewhere nothing is spent on it."""

from __future__ import annotations

import json
import math
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.triage.learn import Example, adjusted
from core.triage.parts import told
from core.triage.proposal import Category, Urgency
from core.triage.second_look import SecondLook, Sight
from core.triage.understand import IN_DOUBT, SURELY_NO_TIP, BadModel, Model, Prediction, Triage, read
from plans.triage import MODEL, unpacked

DEVELOPMENT = Path(__file__).parent.parent / "data" / "tips_dev.jsonl"
TEXTS = [json.loads(line)["text"] for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]


def chance(said: Prediction) -> float:
    return said.urgencies[Urgency.EMERGENCY]


def log_odds(one: float) -> float:
    return math.log(one / (1 - one))


@pytest.fixture(scope="module")
def doubted(triage: Triage) -> list[str]:
    """Messages that may be tips and whose first look is in doubt."""
    first = replace(triage.model, second_look=None)
    said = {text: read(first, text) for text in TEXTS}
    return [text for text, one in said.items() if IN_DOUBT[0] < chance(one) < IN_DOUBT[1] and one.tip >= SURELY_NO_TIP]


def test_a_second_look_judges_what_is_in_doubt_and_nothing_else(triage: Triage, doubted: list[str]) -> None:
    first = replace(triage.model, second_look=None)
    changed = [text for text in TEXTS if read(first, text) != read(triage.model, text)]
    assert changed == doubted
    assert 10 < len(doubted) < len(TEXTS) / 2, "most messages are judged at the first look"
    moved = [abs(chance(read(first, one)) - chance(read(triage.model, one))) for one in doubted]
    assert max(moved) > 0.1, "it never matters"


def test_a_second_look_changes_a_doubtful_case(triage: Triage) -> None:
    text = "con bé lớp 7 bị người lạ chở đi từ trưa, điện thoại tắt"
    said = read(replace(triage.model, second_look=None), text)
    assert triage.model.second_look is not None
    for shift, emergency in ((20.0, True), (-20.0, False)):
        sure = replace(triage.model, second_look=replace(triage.model.second_look, shift=shift))
        assert IN_DOUBT[0] < chance(said) < IN_DOUBT[1]
        assert read(sure, text).is_emergency(sure) is emergency
    assert abs(chance(read(triage.model, text)) - chance(said)) > 0.1


def test_the_other_urgencies_keep_their_proportion(triage: Triage, doubted: list[str]) -> None:
    for text in doubted[:20]:
        was, now = read(replace(triage.model, second_look=None), text).urgencies, read(triage.model, text).urgencies
        assert sum(now.values()) == pytest.approx(1)
        assert now["urgent"] * was["normal"] == pytest.approx(was["urgent"] * now["normal"])


def test_a_learnt_model_changes_the_second_look_too(triage: Triage, doubted: list[str]) -> None:
    text = min(doubted, key=lambda one: abs(chance(read(triage.model, one)) - 0.5))
    before = chance(read(triage.model, text))
    for urgency, sign in ((Urgency.EMERGENCY, 1), (Urgency.NORMAL, -1)):
        learnt = adjusted(triage.model, [Example(text, Category.OTHER, urgency)] * 2)
        moved = replace(triage.model, urgency=learnt.urgency, taught=learnt.taught)
        after = chance(read(moved, text))
        first = [chance(read(replace(model, second_look=None), text)) for model in (triage.model, moved)]
        by = log_odds(after) - log_odds(before)
        assert by == pytest.approx(log_odds(first[1]) - log_odds(first[0]), abs=0.01)
        assert sign * by > 0.05
        as_written = chance(read(Model.load(json.dumps(moved.to_json())), text))
        assert as_written == pytest.approx(after, abs=0.01)


def test_a_model_without_it_is_read_as_before(triage: Triage) -> None:
    raw = triage.model.to_json()
    del raw["second_look"], raw["taught"]
    old = Model.load(json.dumps(raw))
    assert old.second_look is None
    assert read(old, TEXTS[0]).urgencies.keys() == set(Urgency)


def test_it_says_the_same_after_it_was_written_and_read(triage: Triage) -> None:
    look = triage.model.second_look
    assert look is not None
    again = SecondLook.from_json(json.loads(json.dumps(look.to_json())))
    names = list(look.where)
    one = Sight(frozenset(name for name in names if name[1:2] != ":"), 0.1, {"c:now": 4, "r:weapon": 6})
    assert again == look
    assert again.score(one) == pytest.approx(look.score(one))


@pytest.mark.parametrize(
    ("name", "value"),
    [("where", "AAAA"), ("alphas", ""), ("many", "AQA="), ("sizes", "%%%"), ("bias", "x"), ("names", None)],
)
def test_broken_support_vectors_are_a_bad_model(name: str, value: str | None) -> None:
    raw = json.loads(unpacked(MODEL))
    raw["second_look"][name] = value
    with pytest.raises(BadModel, match="cannot be read"):
        Model.load(json.dumps(raw))


@settings(max_examples=50)
@given(st.frozensets(st.sampled_from("abcd")), st.dictionaries(st.sampled_from("wxyz"), st.integers(1, 28)))
def test_likeness_is_what_the_formula_says(words: frozenset[str], fixed: dict[str, int]) -> None:
    where = {name: array("H", at) for name, at in (("a", [0]), ("b", [0, 1]), ("c", []), ("w", [1]), ("x", [0, 1]))}
    sizes, lengths, alphas = array("f", [0.5, 0.25]), array("f", [0.6, 0.3]), array("f", [2.0, -1.0])
    look = SecondLook(where, alphas, sizes, lengths, 0.125, 0.7, 2.0, 1.0)
    own = sum(0.04 for name in words if name in where) + sum(0.0016 * by for name, by in fixed.items() if name in where)
    score = 0.125
    for number in range(2):
        shared = sum(0.2 * sizes[number] for name in words if number in where.get(name, ()))
        shared += sum(0.0016 * by for name, by in fixed.items() if number in where.get(name, ()))
        score += alphas[number] * 2.718281828459045 ** (-0.7 * (own + lengths[number] - 2 * shared))
    assert look.score(Sight(words, 0.2, fixed)) == pytest.approx(score)
    assert look.log_odds(Sight(words, 0.2, fixed)) == pytest.approx(2 * score + 1)


def test_words_that_play_one_part_are_seen_alike_and_beside_each_other() -> None:
    single, pairs = told(["no", "dang", "cam", "dao", "ruot", "em"])
    assert {"r:weapon", "r:hold", "r:they", "r:chase", "r:self", "r:t_now"} <= single
    assert {"r:hold>weapon", "r:t_now|weapon"} <= pairs
    assert "r:weapon>hold" not in pairs
    assert told(["tui", "no", "cam", "rua", "ruot", "em"])[0] & single >= {"r:weapon", "r:hold", "r:chase"}
    assert "r:fire" in told(["chay^"])[0] and "r:fire" not in told(["chay~"])[0]
