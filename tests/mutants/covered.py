"""Which tests run a line: the tests are run once as they are, measured by `coverage` with the test as its context."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from tests.mutants.source import Mutant

MOST_S = 60.0
"""Against one mutant no more tests are run than take so many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The seconds that each test took (by its pytest node id), and which tests ran which line of which file."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def against(self, mutant: Mutant) -> list[str]:
        """The tests to run against a mutant: those that run its line, the quickest first.

        What runs at import leaves no trace of who uses it (a default, say): then all tests, beginning with those of the
        test files that have to do with the mutant's file."""
        of_file = self.lines.get(mutant.path, {})
        runs = {test for line in mutant.place.lines for test in of_file.get(line, ()) if test}
        near = {test.partition("::")[0] for tests in of_file.values() for test in tests if test}
        if not runs and near and not mutant.place.in_a_function:
            runs = set(self.seconds)
        chosen = sorted(
            runs & self.seconds.keys(), key=lambda test: (test.partition("::")[0] not in near, self.seconds[test])
        )
        taken = itertools.accumulate(self.seconds[test] for test in chosen)
        return [test for test, until in zip(chosen, taken, strict=True) if until <= MOST_S or test == chosen[0]]


def run_unchanged(paths: Sequence[str], *, leave_out: str, folder: Path) -> Measured:
    """Run the tests below `paths`, but for those whose name holds a word of the pytest expression `leave_out`, with the
    code as it is. Raises `SystemExit` when one fails: then nothing can be learnt from mutants."""
    folder.mkdir(parents=True, exist_ok=True)
    data, times = folder / "coverage", folder / "seconds.json"
    command = [sys.executable, "-m", "pytest", "-n", "2", "-p", "tests.mutants.seconds", "--cov", "--cov-context=test"]
    environment = {**os.environ, "COVERAGE_FILE": str(data), "TEST_SECONDS": str(times), "CI": "true"}
    ended = subprocess.run(
        [*command, "--cov-report=", "-k", f"not ({leave_out})", *paths], env=environment, check=False
    )
    if ended.returncode:
        raise SystemExit("The tests fail with the code as it is.")
    return Measured(seconds=json.loads(times.read_text("utf-8")), lines=_lines(data))


def _lines(data: Path) -> dict[str, dict[int, list[str]]]:
    measured = CoverageData(str(data))
    measured.read()
    return {
        str(Path(file).relative_to(Path.cwd())): {
            line: sorted({context.partition("|")[0] for context in contexts})
            for line, contexts in measured.contexts_by_lineno(file).items()
        }
        for file in measured.measured_files()
    }
