"""The survivors that we know of, each with the reason why it may live, beside those that were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.mutants.trial import Fate

LIST = Path(__file__).with_name("survivors.yaml")


def known_survivors(list_: Path = LIST) -> dict[str, str]:
    """Each mutant's name → why it may live. Raises `ValueError` for one without a reason."""
    listed: dict[str, str] = {}
    for entry in yaml.safe_load(list_.read_text("utf-8")) or []:
        if not str(entry.get("why") or "").strip():
            raise ValueError(f"no reason is given for {entry.get('mutant')}")
        for name in entry["mutants"] if "mutants" in entry else [entry["mutant"]]:
            listed[str(name)] = str(entry["why"])
    return listed


@dataclass
class Verdict:
    """What a run found out."""

    known: Mapping[str, str]
    killed: int = 0
    survivors: list[str] = field(default_factory=list)
    wrongly_listed: list[str] = field(default_factory=list)

    def add(self, name: str, fate: Fate) -> None:
        """A mutant was tried. Running out of time is as good as a red test: somebody would have noticed."""
        if fate is Fate.SURVIVED:
            self.survivors.append(name)
        else:
            self.killed += 1
            if name in self.known:
                self.wrongly_listed.append(name)

    def gone(self, names: Iterable[str], paths: Iterable[str]) -> list[str]:
        """Listed mutants of these files that no longer exist."""
        there, files = set(names), tuple(f"{path} " for path in paths)
        return [name for name in self.known if name.startswith(files) and name not in there]

    @property
    def unknown(self) -> list[str]:
        """Survivors that are not on the list."""
        return [name for name in self.survivors if name not in self.known]

    @property
    def share(self) -> float:
        """Of the mutants tried, how many were killed, in per cent."""
        tried = self.killed + len(self.survivors)
        return 100 * self.killed / tried if tried else 100.0
