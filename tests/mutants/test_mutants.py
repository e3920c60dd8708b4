"""The faults that are put into our code are those that are meant, and nothing else in the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.covered import MOST_S, Measured
from tests.mutants.enums import members_of_enums
from tests.mutants.source import Mutant, Place, mutants_of
from tests.mutants.trial import Fate
from tests.mutants.verdict import Verdict, known_survivors

ENUMS = {"State": ["NEW", "TAKEN", "CLOSED"], "Action": ["TAKE", "CLOSE"]}


def changes(tmp_path: Path, code: str) -> dict[str, str]:
    """What each mutant of some code is called → its text."""
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    found = mutants_of("a.py", ENUMS, tmp_path)
    for mutant in found:
        compile(mutant.text, "a.py", "exec")
    assert len({mutant.name for mutant in found}) == len(found)
    return {mutant.name.removeprefix("a.py "): mutant.text for mutant in found}


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ("x = 1 <= y", {"x: 1 <= y -> 1 < y", "x: 1 <= y -> 1 > y", "x: 1 -> 2"}),
        ("x = a is b", {"x: a is b -> a is not b"}),
        ("x = a and b", {"x: a and b -> a", "x: a and b -> b"}),
        ("x = not a", {"x: not a -> a"}),
        ("x = a + 1", {"x: a + 1 -> a - 1", "x: 1 -> 2"}),
        ("x = 'a' + b", {"x: 'a' -> ''"}),
        ("x = ['', True]", {"x: '' -> 'mutated'", "x: True -> False"}),
        ("x = State.CLOSED", {"x: State.CLOSED -> State.NEW"}),
        ("if a == 'word': pass", {"module: a == 'word' -> True", "module: a == 'word' -> False"}),
        ("while a: pass", {"module: a -> False"}),
        ("f(a)", {"module: f(a) -> pass"}),
        ("a.b = c", {"module: a.b = c -> pass"}),
        ("a += b", {"module: a += b -> pass"}),
        ("def f(): raise E('words')", {"f: raise E('words') -> pass"}),
        ("def f(): return a", {"f: return a -> return None"}),
        ("def f(a=True): pass", {"f: True -> False"}),
        ("class C:\n    def m(self): return a", {"C.m: return a -> return None"}),
        ("for a in b: continue", {"module: continue -> break"}),
        ("x = [a for a in b if a]", {"x: a -> True", "x: a -> False"}),
    ],
)
def test_each_fault_is_made(tmp_path: Path, code: str, faults: set[str]) -> None:
    assert set(changes(tmp_path, code)) == faults


@pytest.mark.parametrize(
    "code",
    [
        '"""Words."""',
        "log.info('event', a=1)",
        "x: Literal['a']",
        "@dataclass(frozen=True)\nclass C: pass",
        "class S(StrEnum):\n    A = 'a'",
        "x = f'{a} words'",
        "from a import b",
    ],
)
def test_what_tests_need_not_see_is_left_alone(tmp_path: Path, code: str) -> None:
    assert changes(tmp_path, code) == {}


def test_a_table_loses_each_cell_and_gets_each_that_it_has_not(tmp_path: Path) -> None:
    found = changes(
        tmp_path, "M = {\n    (State.NEW, Action.TAKE): State.TAKEN,\n    (State.TAKEN, Action.CLOSE): 'ở'}\n"
    )
    assert {name.partition(": ")[2] for name in found if name.startswith("M: ")} == {
        *("without State.NEW, Action.TAKE", "without State.TAKEN, Action.CLOSE"),
        *("with State.NEW, Action.CLOSE", "with State.TAKEN, Action.TAKE"),
        *("with State.CLOSED, Action.TAKE", "with State.CLOSED, Action.CLOSE"),
    }
    assert "M[(State.NEW, Action.TAKE)]: State.TAKEN -> State.CLOSED" in found
    assert set(changes(tmp_path, "O = {State.NEW, State.TAKEN}")) == {
        *("O: without State.NEW", "O: without State.TAKEN", "O: with State.CLOSED"),
    }


def test_nothing_else_in_the_file_changes(tmp_path: Path) -> None:
    found = changes(tmp_path, "# đúng\nx = 'ngõ'; y = 2  # còn lại\n")
    assert found == {
        "x: 'ngõ' -> ''": "# đúng\nx = (''); y = 2  # còn lại\n",
        "y: 2 -> 3": "# đúng\nx = 'ngõ'; y = (3)  # còn lại\n",
    }


def test_enums_are_read_from_the_source_and_those_of_one_name_are_left_out(tmp_path: Path) -> None:
    for folder, members in (("a", "A = 'a'\n    B = 'b'"), ("b", "A = 'a'\n    C = 'c'")):
        (tmp_path / folder).mkdir()
        text = f"class Same(Enum):\n    {members}\n\nclass Of{folder}(StrEnum):\n    {members}\n"
        (tmp_path / folder / "x.py").write_text(text, encoding="utf-8")
    assert members_of_enums([tmp_path / "a", tmp_path / "b"]) == {"Ofa": ["A", "B"], "Ofb": ["A", "C"]}


def test_a_mutant_meets_the_tests_of_its_line_quickest_first_and_not_for_ever() -> None:
    tests = Measured(
        seconds={"t/a.py::slow": MOST_S, "t/a.py::quick": 1, "t/a.py::default": 2, "t/b.py::other": 1},
        lines={"core/x.py": {1: [""], 7: ["t/a.py::slow", "t/a.py::quick", ""], 9: [""]}},
    )

    def against(line: int, *, in_a_function: bool) -> list[str]:
        place = Place(where="f", lines=range(line, line + 1), in_a_function=in_a_function)
        return tests.against(Mutant(path="core/x.py", place=place, change="", text=""))

    assert against(7, in_a_function=True) == ["t/a.py::quick"]
    assert against(9, in_a_function=True) == []
    assert against(1, in_a_function=False) == ["t/a.py::quick", "t/a.py::default"]
    tests.seconds["t/a.py::slow"] = 5
    assert against(1, in_a_function=False)[-2:] == ["t/a.py::slow", "t/b.py::other"]
    assert against(7, in_a_function=True) == ["t/a.py::quick", "t/a.py::slow"]


def test_a_survivor_is_known_with_a_reason_or_counts_against_us(tmp_path: Path) -> None:
    verdict = Verdict({"core/x.py f: a -> b": "the same", "core/x.py f: c -> d": "the same", "core/y.py g: e": "gone"})
    verdict.add("core/x.py f: a -> b", Fate.SURVIVED)
    verdict.add("core/x.py f: c -> d", Fate.KILLED)
    verdict.add("core/x.py f: x -> y", Fate.SURVIVED)
    verdict.add("core/x.py f: y -> z", Fate.TIMED_OUT)
    assert (verdict.unknown, verdict.wrongly_listed, verdict.share) == (
        ["core/x.py f: x -> y"],
        ["core/x.py f: c -> d"],
        50,
    )
    assert verdict.gone(["core/x.py f: a -> b"], ["core/y.py"]) == ["core/y.py g: e"]
    assert verdict.gone([], ["core/z.py"]) == []
    listed = tmp_path / "list.yaml"
    listed.write_text("- {mutant: 'core/x.py f: a', why: ' '}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no reason.*core/x\.py"):
        known_survivors(listed)


def test_every_survivor_on_the_list_has_a_reason() -> None:
    assert all(known_survivors().values())
