"""One mutant against its tests, in a process of its own: nothing on the disk is changed.

The first process has imported what we depend on and none of our own code. Each trial is a fork of it in which one of
our modules is made from the mutant's text, so a trial costs no start of Python.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import CodeType

import pytest

from tests.mutants.source import Mutant

AT_ONCE = 2
DEPENDED_ON = (
    *("aiogram", "alembic.command", "asyncpg", "httpx", "hypothesis", "PIL.Image", "pydantic_settings"),
    *("pytest_asyncio", "sqlalchemy.ext.asyncio", "starlette.applications", "structlog", "uvicorn", "uvloop"),
)


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant, the tests to run against it and how many seconds they may take."""

    mutant: Mutant
    tests: Sequence[str]
    limit_s: float


class _Loader(SourceFileLoader):
    def __init__(self, module: str, mutant: Mutant) -> None:
        super().__init__(module, str(Path(mutant.path).resolve()))
        self.text = mutant.text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec", dont_inherit=True)


class _Finder:
    """Gives the mutant for its module; every other module is found as always."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.module = ".".join(Path(mutant.path).with_suffix("").parts)

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self.module:
            return None
        loader = _Loader(name, self.mutant)
        return spec_from_file_location(name, loader.path, loader=loader)


def all_tried(trials: Iterable[Trial], folder: Path) -> Iterator[tuple[Trial, Fate]]:
    """Try every mutant, two at once, and give each with its fate as it is known."""
    for module in DEPENDED_ON:
        importlib.import_module(module)
    context = get_context("fork")
    waiting = iter(trials)
    running: dict[ForkProcess, tuple[Trial, float]] = {}
    try:
        while True:
            while len(running) < AT_ONCE and (trial := next(waiting, None)):
                process = context.Process(target=_child, args=(trial, folder))
                process.start()
                running[process] = (trial, time.monotonic() + trial.limit_s)
            if not running:
                return
            soonest = min(until for _, until in running.values())
            wait([process.sentinel for process in running], timeout=max(0, soonest - time.monotonic()))
            for process, (trial, until) in list(running.items()):
                late = time.monotonic() >= until
                if process.is_alive() and not late:
                    continue
                timed_out = process.is_alive()
                _end(process)
                del running[process]
                survived = process.exitcode == pytest.ExitCode.OK
                yield trial, Fate.TIMED_OUT if timed_out else Fate.SURVIVED if survived else Fate.KILLED
    finally:
        for process in running:
            _end(process)


def _child(trial: Trial, folder: Path) -> None:
    os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    sys.meta_path.insert(0, _Finder(trial.mutant))
    scratch = folder / f"tmp-{os.getpid()}"
    options = [
        "-x",
        "-p",
        "no:cacheprovider",
        "--tb=no",
        f"--basetemp={scratch}",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]
    code = pytest.main([*options, *trial.tests])
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(code)


def _end(process: ForkProcess) -> None:
    """End the process and all that it started."""
    if process.is_alive() and process.pid:
        os.killpg(process.pid, signal.SIGKILL)
    process.join()
