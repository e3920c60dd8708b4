"""An operator at the command line: the real command, in this process, with settings of their own."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot.cli.command import main
from storage.vault import new_key

NENH = "07795"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    trouble: str


class Operator:
    """Somebody who types `tinbao …`."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, screen: pytest.CaptureFixture[str]) -> None:
        self.folder, self._patch, self._screen = folder, patch, screen
        for name in [name for name in os.environ if name.startswith("TINBAO_")]:
            patch.delenv(name)
        patch.chdir(folder)
        self.sets(TINBAO_DATA_DIR=str(folder / "data"), TINBAO_SECRET_KEY=new_key(), TINBAO_COMMUNE=NENH)
        self.sets(TINBAO_LOG="critical")
        # The command sets logs up for its whole process and keeps its loggers; this process has other tests to run.
        set_up = structlog.configure
        patch.setattr(structlog, "configure", lambda **how: set_up(**{**how, "cache_logger_on_first_use": False}))

    def sets(self, **settings: str) -> None:
        """Write settings into the environment."""
        for name, value in settings.items():
            self._patch.setenv(name, value)

    def types(self, *words: str) -> Said:
        """Run `tinbao WORDS…` to its end. A traceback fails the story."""
        self._patch.setattr(sys, "argv", ["tinbao", *words])
        self._screen.readouterr()
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        else:
            status = 0
        shown = self._screen.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return Said(status, shown.out, shown.err)

    def fails(self, *words: str) -> str:
        """Run a command that cannot be done; what it told the operator."""
        said = self.types(*words)
        assert said.status != 0, said
        return said.trouble + said.out

    def does(self, *words: str) -> str:
        """Run a command that can be done; what it printed."""
        said = self.types(*words)
        assert said.status == 0, said
        return said.out


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Operator:
    """An operator of phường Nếnh with an empty folder and a fresh key."""
    return Operator(tmp_path, monkeypatch, capsys)
