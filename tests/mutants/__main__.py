"""`python -m tests.mutants [FILE …]`: are our tests able to fail? Ends with 1 when a mutant survives that is not on the
list, when the list names one that does not, or when too few are killed. What to run is in `pyproject.toml`."""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.covered import Measured, run_unchanged
from tests.mutants.enums import members_of_enums
from tests.mutants.source import Mutant, mutants_of
from tests.mutants.trial import Fate, Trial, all_tried
from tests.mutants.verdict import Verdict, known_survivors

FOLDER = Path("build/mutants").resolve()
PATIENCE = 4
"""A mutant's tests may take so many times as long as they took, and `START_S` more."""
START_S = 30


def main() -> int:
    """Try the mutants of the files named, or of all in `[tool.mutants]`."""
    settings = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    asked = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    asked.add_argument("files", nargs="*", default=settings["files"])
    asked.add_argument("--minutes", type=float, default=settings["minutes"], help="begin no trial after so long")
    given = asked.parse_args()
    stop_at = time.monotonic() + 60 * given.minutes
    enums = members_of_enums(Path(room) for room in settings["rooms"])
    of_folder: dict[str, list[Mutant]] = defaultdict(list)
    for path in (str(file) for name in given.files for file in _files(Path(name))):
        of_folder[path.partition("/")[0]] += mutants_of(path, enums)
    verdict = Verdict(known_survivors())
    for folder, mutants in of_folder.items():
        tests = run_unchanged(settings["tests"][folder], leave_out=settings["leave-out"], folder=FOLDER / folder)
        print(f"{folder}: {len(mutants)} mutants, {len(tests.seconds)} tests", flush=True)
        _prove(mutants, tests)
        for name, fate in _tried(mutants, tests, stop_at):
            verdict.add(name, fate)
            if fate is not Fate.KILLED:
                print(f"  {fate}: {name}", flush=True)
    every = [mutant for mutants in of_folder.values() for mutant in mutants]
    return _tell(verdict, every, float(settings["killed"]))


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _prove(mutants: list[Mutant], tests: Measured) -> None:
    """Try the unchanged text first: if that is killed, every mutant would be."""
    for path in sorted({mutant.path for mutant in mutants}):
        one = next((mutant for mutant in mutants if mutant.path == path and tests.against(mutant)), None)
        if one is not None:
            unchanged = Mutant(path=path, place=one.place, change="nothing", text=Path(path).read_text("utf-8"))
            trial = Trial(unchanged, tests.against(one), 600)
            if [fate for _, fate in all_tried([trial], FOLDER)] != [Fate.SURVIVED]:
                raise SystemExit(f"{path}: its tests fail in a trial although nothing is changed")


def _tried(mutants: list[Mutant], tests: Measured, stop_at: float) -> Iterator[tuple[str, Fate]]:
    trials = []
    for mutant in mutants:
        if against := tests.against(mutant):
            limit = PATIENCE * sum(tests.seconds[test] for test in against) + START_S
            trials.append(Trial(mutant, against, limit))
        else:
            yield mutant.name, Fate.SURVIVED
    in_time = (trial for trial in trials if time.monotonic() < stop_at)
    for trial, fate in all_tried(in_time, FOLDER):
        yield trial.mutant.name, fate


def _tell(verdict: Verdict, mutants: list[Mutant], floor: float) -> int:
    tried = verdict.killed + len(verdict.survivors)
    print(
        f"\n{len(mutants)} mutants, {tried} tried, {verdict.killed} killed: {verdict.share:.1f} % (floor {floor:g} %)"
    )
    gone = verdict.gone((mutant.name for mutant in mutants), {mutant.path for mutant in mutants})
    for words, names in (
        ("survived and is not on the list", verdict.unknown),
        ("is on the list and was killed", verdict.wrongly_listed),
        ("is on the list and is no more", gone),
    ):
        for name in names:
            print(f"{words}: {name}")
    return int(bool(verdict.unknown or verdict.wrongly_listed or gone or verdict.share < floor))


if __name__ == "__main__":
    sys.exit(main())
