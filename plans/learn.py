"""`tinbao learn`: trains this deployment's model from officers' corrections, and keeps it if it is no worse."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.triage.learn import Correction, Example, Learnt, completed, learn
from core.triage.proposal import Category, Urgency
from plans.triage import EXAMPLES, learnt_model, load_model

__all__ = ["Correction", "Report", "learn_from", "shipped_examples"]

WORDS: Final = {
    "tip_f1": "tip or not: F1",
    "tips_kept": "tips not called something else",
    "category_first": "category: first",
    "category_three": "category: among first three",
    "emergency_recall": "emergency: recall",
    "emergency_precision": "emergency: precision",
    "surprise": "surprise (less is better)",
}


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of learning. `live` tells whether a new model was written, to `file`; `learnt` has the figures.

    `taught` corrections were about category or urgency, `places` were about the commune only (look through those for
    local names that are missing from the aliases), `unknown` had a category or urgency that does not exist.
    """

    live: bool
    file: Path
    learnt: Learnt
    taught: int
    places: int
    unknown: int

    def lines(self) -> list[str]:
        """The report in plain words, for a terminal; a dash where there was nothing to measure."""
        out = [f"{self.taught} corrections of category or urgency, {self.places} of the commune only, "
               f"{self.unknown} that name no category or urgency known here"]  # fmt: skip
        columns = (self.learnt.before, self.learnt.after, self.learnt.shipped_before, self.learnt.shipped_after)
        out.append(f"{'':<32}{'here before':>14}{'here after':>14}{'shipped before':>16}{'shipped after':>16}")
        for name, words in WORDS.items():
            figures = ["–" if name in marks.unmeasured else f"{getattr(marks, name):.3f}" for marks in columns]
            out.append(f"{words:<32}{figures[0]:>14}{figures[1]:>14}{figures[2]:>16}{figures[3]:>16}")
        if self.live:
            out.append(f"The new model is at least as good and was written to {self.file}.")
        elif self.learnt.reason == "few":
            out.append("Too few corrections to judge a new model by: the one in use stays.")
        else:
            fell = ", ".join(WORDS[name] for name in self.learnt.fell)
            out.append(f"The new model is refused, the one in use stays. What fell: {fell}.")
        return out


def shipped_examples(file: Path = EXAMPLES) -> list[Example]:
    """Labelled messages that the shipped model was trained on. Only the short ones, because judging by all takes four
    times as long. Raises `OSError`."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Example(row["text"], Category(row["category"]), Urgency(row["urgency"])) for row in rows]


def learn_from(corrections: Sequence[Correction], data_dir: Path) -> Report:
    """Learns from all corrections, starting from the shipped model each time, so that no correction counts twice. Takes
    some seconds.

    Figures "here" are on the corrections themselves, each judged by a model that did not learn from it. A model that is
    no worse replaces data_dir/triage/model.json.gz in one step; the bot uses it from its next start on. A worse one is
    refused and nothing is written. Raises `OSError`.
    """
    model = load_model()
    known = [one for one in corrections if _is_known(one)]
    local = completed(model, known)
    learnt = learn(model, shipped_examples(), local)
    file = learnt_model(data_dir)
    if learnt.model is not None:
        text = json.dumps(learnt.model.to_json(), ensure_ascii=False, separators=(",", ":"))
        _write(file, gzip.compress(text.encode(), mtime=0))
    return Report(
        live=learnt.model is not None, file=file, learnt=learnt, taught=len(local), places=len(known) - len(local),
        unknown=len(corrections) - len(known),
    )  # fmt: skip


def _is_known(correction: Correction) -> bool:
    return correction.category in (None, *Category) and correction.urgency in (None, *Urgency)


def _write(file: Path, data: bytes) -> None:
    """Writes the file in one step: after a crash it holds the old content or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".model-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
