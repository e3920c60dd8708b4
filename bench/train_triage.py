"""Trains what triage learnt and writes plans/tips/model.json.gz. Run by hand: `python -m bench.train_triage`.

Teaches from the shipped examples (plans/tips/examples.jsonl) and the development messages; thresholds and warmth are
chosen on messages that the trained model has not seen (folds). Needs scikit-learn, which the running bot does not.
"""

from __future__ import annotations

import gzip
import json
import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from core.triage.features import features
from core.triage.linear import Linear
from core.triage.text import clean, normal
from core.triage.understand import Model, Reading, crossed, read

ROOT: Final = Path(__file__).parent.parent
EXAMPLES: Final = ROOT / "plans" / "tips" / "examples.jsonl"
DEVELOPMENT: Final = ROOT / "tests" / "data" / "tips_dev.jsonl"
MODEL: Final = ROOT / "plans" / "tips" / "model.json.gz"

FOLDS: Final = 8
SMALL: Final = 0.02
"""Rows whose weights all stay below this are left out of the file."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message. `group` joins messages that must not be split over folds."""

    text: str
    category: str
    urgency: str
    group: str


def examples(file: Path, prefix: str) -> list[Example]:
    """Reads a JSON Lines file of labelled messages."""
    out = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        group = row.get("dup_group") or row.get("id") or str(number)
        out.append(Example(row["text"], row["category"], row["urgency"], f"{prefix}{group}"))
    return out


def folds(rows: Sequence[Example], count: int = FOLDS) -> list[int]:
    """A fold for each message; the messages of a group share one."""
    at: dict[str, int] = {}
    return [at.setdefault(row.group, len(at)) % count for row in rows]


def _linear(
    seen: Sequence[Mapping[str, float]], labels: Sequence[str], strength: float, weights: Sequence[float] | None = None
) -> Linear:
    """One logistic regression as a `Linear`."""
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(seen)
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(matrix, list(labels), sample_weight=weights)
    names = vectors.get_feature_names_out()
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, bias = (
            np.vstack([-coefficients[0] / 2, coefficients[0] / 2]),
            np.array([-bias[0] / 2, bias[0] / 2]),
        )
    rows = {
        str(name): array("f", [float(one) for one in row])
        for name, row in zip(names, coefficients.T, strict=True)
        if np.abs(row).max() >= SMALL
    }
    return Linear(tuple(str(one) for one in model.classes_), tuple(float(one) for one in bias), rows)


def fit(rows: Sequence[Example], *, inner: int = 4) -> Model:
    """The three models, learnt from labelled messages; the thresholds are still the middle ones.

    Urgency looks at the likely category; it is taught with categories guessed by models that did not see the message.
    """
    seen = [features(row.text) for row in rows]
    tip = _linear(seen, ["tip" if row.category != "not_a_tip" else "none" for row in rows], 30)
    tips = [at for at, row in enumerate(rows) if row.category != "not_a_tip"]
    category = _linear([seen[at] for at in tips], [rows[at].category for at in tips], 30)
    fold = folds(rows, inner)
    crosses: list[dict[str, float]] = [{} for _ in rows]
    for one in range(inner):
        part = [at for at in tips if fold[at] != one]
        blind = _linear([seen[at] for at in part], [rows[at].category for at in part], 30)
        for at in range(len(rows)):
            if fold[at] == one:
                crosses[at] = crossed(seen[at], blind.probabilities(seen[at]))
    both = [{**seen[at], **crosses[at]} for at in range(len(rows))]
    urgency = _linear([both[at] for at in tips], [rows[at].urgency for at in tips], 6)
    return Model(tip, category, urgency, 0.5, 0.5, len(rows), rarity([row.text for row in rows]))


def rarity(texts: Sequence[str]) -> dict[str, float]:
    """Word -> how rare it is (inverse document frequency), for words of two messages or more."""
    seen = Counter(word for text in texts for word in set(normal(clean(text))))
    return {word: round(math.log((len(texts) + 1) / (many + 1)), 3) for word, many in seen.items() if many > 1}


def blind_readings(rows: Sequence[Example], more: Sequence[Example]) -> list[Reading]:
    """What models say of each message of `rows` that learnt from `more` and from the other folds of `rows` only."""
    fold = folds(rows)
    out: dict[int, Reading] = {}
    for one in range(FOLDS):
        model = fit([*more, *(row for row, where in zip(rows, fold, strict=True) if where != one)])
        for at, row in enumerate(rows):
            if fold[at] == one:
                out[at] = read(model, row.text)
    return [out[at] for at in range(len(rows))]


def thresholds(rows: Sequence[Example], said: Sequence[Reading]) -> tuple[float, float]:
    """From where on a message is a tip, and an emergency: chosen on readings by models that had not seen it.

    Tip: at most one tip in a hundred is lost. Emergency: at most two in a hundred are lost.
    """
    tips = sorted(one.tip for row, one in zip(rows, said, strict=True) if row.category != "not_a_tip")
    alarms = sorted(
        one.urgencies["emergency"] for row, one in zip(rows, said, strict=True) if row.urgency == "emergency"
    )
    return min(0.6, tips[len(tips) // 100] - 0.01), min(0.5, alarms[len(alarms) // 50] - 0.005)


def warmth(rows: Sequence[Any], chances: Sequence[Mapping[str, float]], right: Sequence[str]) -> float:
    """The temperature under which the given probabilities are most honest (least log loss)."""
    logs = [{name: float(np.log(max(one, 1e-9))) for name, one in chance.items()} for chance in chances]

    def loss(heat: float) -> float:
        total = 0.0
        for log, label in zip(logs, right, strict=True):
            raised = {name: np.exp(one / heat) for name, one in log.items()}
            total -= float(np.log(raised[label] / sum(raised.values())))
        return total

    return min((0.5 + 0.05 * step for step in range(40)), key=loss)


def main() -> None:
    """Trains, chooses thresholds, writes the file."""
    development, shipped = examples(DEVELOPMENT, "d"), examples(EXAMPLES, "e") if EXAMPLES.exists() else []
    said = blind_readings(development, shipped)
    tip_from, emergency_from = thresholds(development, said)
    tips = [at for at, row in enumerate(development) if row.category != "not_a_tip"]
    heat = warmth(development, [said[at].categories for at in tips], [development[at].category for at in tips])
    model = fit([*shipped, *development])
    model = replace(
        model, tip_from=tip_from, emergency_from=emergency_from, category=replace(model.category, warmth=heat)
    )
    text = json.dumps(model.to_json(), ensure_ascii=False, separators=(",", ":"))
    MODEL.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(
        f"{model.examples} examples, tip from {tip_from:.3f}, emergency from {emergency_from:.3f}, warmth {heat:.2f},"
    )
    print(f"{MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
