"""Trains what triage learnt and writes plans/tips/model.json.gz. Run by hand: `python -m bench.train_triage`.

Teaches from the development messages and the shipped examples (plans/tips): `examples.jsonl`, short and often in pairs
that differ in one fact; `stories.jsonl`, as long and as frequent as residents write; `rare.jsonl`, of which there are
few in life: emergencies of quiet kinds, messages that only look like tips. Thresholds and temperatures are chosen on
messages that the trained model has not seen (folds). Needs scikit-learn, which the running bot does not.
"""

from __future__ import annotations

import gzip
import json
import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import SVC, LinearSVC

from core.triage.features import looked_at
from core.triage.linear import Linear
from core.triage.second_look import UNIT, SecondLook, Sight, sight
from core.triage.text import clean, normal
from core.triage.understand import Model, Prediction, crossed, read

ROOT: Final = Path(__file__).parent.parent
EXAMPLES: Final = ROOT / "plans" / "tips" / "examples.jsonl"
STORIES: Final = ROOT / "plans" / "tips" / "stories.jsonl"
RARE: Final = ROOT / "plans" / "tips" / "rare.jsonl"
DEVELOPMENT: Final = ROOT / "tests" / "data" / "tips_dev.jsonl"
MODEL: Final = ROOT / "plans" / "tips" / "model.json.gz"

FOLDS: Final = 8
FEWEST: Final = 4
"""Features that fewer messages have are left out: they make the file several times as large and teach next to nothing.
"""

FEWEST_URGENT: Final = 3
"""The same for urgency, where rare words tell a little."""

SMALL: Final = 0.03
"""Rows whose weights all stay below this are left out of the file."""

DIGITS: Final = 2
"""Weights are rounded to hundredths: the file is a quarter smaller, and the marks stay as they are."""


TIP_AT_MOST: Final = 0.33
"""A message that is a tip with this probability is treated as one, whatever the development messages would allow."""

WORTH_AN_ALARM: Final = 0.81
"""The share of alarms that must be right; the threshold is the lowest that keeps it. A little above the mark (0.80),
because on messages that the threshold was not chosen on it is a little less."""

COUNTING: Final = 1.0
"""The share of naive Bayes in the category model."""

# Temperatures that calibrate the machines' scores (`main` tells when they no longer do).
TIP_WARMTH: Final = 0.25
CATEGORY_WARMTH: Final = 0.18
URGENCY_WARMTH: Final = 0.45

# The second look: how much a wrong one costs, the width of its kernel, and the logistic that makes its score honest.
SECOND_COST: Final = 3.0
SECOND_NARROW: Final = 0.7
SECOND_SLOPE: Final = 5.2
SECOND_SHIFT: Final = 0.0

CACHE_MB: Final = 700
"""Memory for the kernel machine while it learns: with less it takes longer."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One labelled message. `group` joins messages that must not be split over folds."""

    text: str
    category: str
    urgency: str
    group: str


def examples(file: Path, prefix: str) -> list[LabelledText]:
    """Reads a JSON Lines file of labelled messages."""
    out = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        group = row.get("dup_group") or row.get("id") or str(number)
        out.append(LabelledText(row["text"], row["category"], row["urgency"], f"{prefix}{group}"))
    return out


def shipped_examples() -> tuple[list[LabelledText], list[LabelledText]]:
    """What everything learns from beside the development messages, and what urgency does not learn from."""
    return [*examples(EXAMPLES, "e"), *examples(STORIES, "s")], examples(RARE, "r")


def folds(rows: Sequence[LabelledText], count: int = FOLDS) -> list[int]:
    """A fold for each message; the messages of a group share one."""
    at: dict[str, int] = {}
    return [at.setdefault(row.group, len(at)) % count for row in rows]


def _linear(
    seen: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    strength: float,
    temperature: float,
    counting: float = 0.0,
) -> Linear:
    """One linear support vector machine per label, with a share (`counting`) of complement naive Bayes, as a `Linear`.

    The machine separates what it has seen, naive Bayes is better on rare features; both are linear, so that their sum
    costs no more than one.
    """
    vectors = DictVectorizer()
    matrix = _narrow(vectors.fit_transform(seen))
    model = LinearSVC(C=strength, random_state=0).fit(matrix, list(labels))
    names = vectors.get_feature_names_out()
    coefficients, bias = model.coef_, model.intercept_
    if counting:
        rare = ComplementNB(alpha=0.3).fit(matrix, list(labels)).feature_log_prob_
        coefficients = coefficients + counting * (rare - rare.mean(axis=0))
    if len(model.classes_) == 2:
        coefficients = np.vstack([-coefficients[0] / 2, coefficients[0] / 2])
        bias = np.array([-bias[0] / 2, bias[0] / 2])
    rows = {
        str(name): [round(float(one), DIGITS) for one in row]
        for name, row in zip(names, coefficients.T, strict=True)
        if np.abs(row).max() >= SMALL
    }
    return Linear.of([str(one) for one in model.classes_], [float(one) for one in bias], rows, temperature)


def _narrow(matrix: Any) -> Any:
    """liblinear wants 32-bit indices."""
    matrix = matrix.tocsr()
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return matrix


def _known(seen: Sequence[Mapping[str, float]], fewest: int = FEWEST) -> list[dict[str, float]]:
    """Without the features that fewer than `fewest` messages have."""
    many = Counter(name for one in seen for name in one)
    return [{name: size for name, size in one.items() if many[name] >= fewest} for one in seen]


def fit(rows: Sequence[LabelledText], rare: Sequence[LabelledText] = (), *, inner: int = 4) -> Model:
    """The models, learnt from labelled messages; the thresholds are still the middle ones.

    What is a tip and what it is about is learnt from `rows` and `rare`, how urgent it is from `rows` only, where each
    kind is as often an emergency as in life. Urgency looks at the likely category; it is taught with categories guessed
    by models that did not see the message.
    """
    every = [*rows, *rare]
    looked = [looked_at(row.text) for row in every]
    features = [one for one, _ in looked]
    seen, fully = _known(features), _known(features, FEWEST_URGENT)
    tip = _linear(seen, ["tip" if row.category != "not_a_tip" else "none" for row in every], 1.0, TIP_WARMTH)
    tips = [at for at, row in enumerate(every) if row.category != "not_a_tip"]

    def category(among: Sequence[int]) -> Linear:
        labels = [every[at].category for at in among]
        return _linear([seen[at] for at in among], labels, 1.0, CATEGORY_WARMTH, COUNTING)

    fold = folds(every, inner)
    both: list[dict[str, float]] = []
    sights: list[Sight] = []
    urgencies = []
    for one in range(inner):
        blind = category([at for at in tips if fold[at] != one])
        for at in tips:
            if fold[at] == one and at < len(rows):
                likely = blind.probabilities(seen[at])
                both.append({**fully[at], **crossed(fully[at], likely)})
                sights.append(sight(features[at], likely, looked[at][1]))
                urgencies.append(rows[at].urgency)
    urgency = _linear(both, urgencies, 1.0, URGENCY_WARMTH)
    look = _second_look(sights, [one == "emergency" for one in urgencies])
    common = rarity([row.text for row in every])
    return Model(tip, category(tips), urgency, 0.5, 0.5, examples=len(every), common=common, second_look=look)


def _second_look(sights: Sequence[Sight], emergency: Sequence[bool]) -> SecondLook:
    """The kernel machine over what the second look sees, without what fewer than `FEWEST_URGENT` messages have."""
    many = Counter(name for one in sights for name in (*one.words, *one.fixed))
    rows = [
        {name: size for name, size in (
            *((word, one.size) for word in one.words),
            *((name, math.sqrt(weight * UNIT)) for name, weight in one.fixed.items()),
        ) if many[name] >= FEWEST_URGENT}
        for one in sights
    ]  # fmt: skip
    vectors = DictVectorizer()
    machine = SVC(C=SECOND_COST, gamma=SECOND_NARROW, cache_size=CACHE_MB).fit(
        _narrow(vectors.fit_transform(rows)), list(emergency)
    )
    where: dict[str, array[int]] = {name: array("H") for name in vectors.get_feature_names_out()}
    for number, at in enumerate(machine.support_):
        for name in rows[at]:
            where[name].append(number)
    lengths = [sum(size * size for size in rows[at].values()) for at in machine.support_]
    return SecondLook(
        where, array("f", machine.dual_coef_.toarray()[0]), array("f", [sights[at].size for at in machine.support_]),
        array("f", lengths), float(machine.intercept_[0]), SECOND_NARROW, SECOND_SLOPE, SECOND_SHIFT,
    )  # fmt: skip


def rarity(texts: Sequence[str]) -> dict[str, float]:
    """Word -> how rare it is (inverse document frequency), for words of two messages or more."""
    seen = Counter(word for text in texts for word in set(normal(clean(text))))
    return {word: round(math.log((len(texts) + 1) / (many + 1)), 3) for word, many in seen.items() if many > 1}


def blind_readings(
    rows: Sequence[LabelledText], more: Sequence[LabelledText], rare: Sequence[LabelledText] = ()
) -> list[Prediction]:
    """What models say of each message of `rows` that learnt from `more`, `rare` and the other folds of `rows`.

    A model takes a minute or two, and there are `FOLDS` of them, so each core of the machine trains its share.
    """
    fold = folds(rows)
    parts = [[[row for row, where in zip(rows, fold, strict=True) if (where == one) is held] for held in (False, True)]
             for one in range(FOLDS)]  # fmt: skip
    with ProcessPoolExecutor() as cores:
        said = cores.map(
            _held_readings, ([*more, *others] for others, _ in parts), repeat(rare), (own for _, own in parts)
        )
        each = [iter(readings) for readings in said]
    return [next(each[where]) for where in fold]


def _held_readings(
    rows: Sequence[LabelledText], rare: Sequence[LabelledText], held: Sequence[LabelledText]
) -> list[Prediction]:
    """What a model that learnt from `rows` and `rare` says of the messages held back."""
    model = fit(rows, rare)
    return [read(model, row.text) for row in held]


def thresholds(model: Model, rows: Sequence[LabelledText], said: Sequence[Prediction]) -> Model:
    """The model with its thresholds, chosen on readings by models that had not seen the messages.

    Tip: at most one tip in a hundred is lost. Emergency: as many as can be had while `WORTH_AN_ALARM` of the alarms are
    right. A threshold of its own for messages without an open danger was tried; chosen blindly, it did harm.
    """
    pairs = list(zip(rows, said, strict=True))
    tips = sorted(one.tip for row, one in pairs if row.category != "not_a_tip")
    tip_from = min(TIP_AT_MOST, tips[len(tips) // 100] - 0.001)
    likeliest = sorted(
        ((one.urgencies["emergency"], row.urgency == "emergency") for row, one in pairs if one.tip >= tip_from),
        reverse=True,
    )
    hits, level = 0, 0.5
    for alarms, (chance, right) in enumerate(likeliest, 1):
        hits += right
        if hits >= WORTH_AN_ALARM * alarms:
            level = chance
    return replace(model, tip_from=tip_from, emergency_from=level - 1e-4, emergency_else=level - 1e-4)


def log_loss(chances: Sequence[Mapping[str, float]], right: Sequence[str], heat: float) -> float:
    """How badly calibrated probabilities are (less is better) when their scores are divided by `heat` once more."""
    total = 0.0
    for chance, label in zip(chances, right, strict=True):
        logs = {name: math.log(max(one, 1e-9)) / heat for name, one in chance.items()}
        total += math.log(sum(math.exp(one) for one in logs.values())) - logs[label]
    return total / len(right)


def main() -> None:
    """Trains, chooses thresholds, writes the file."""
    development = examples(DEVELOPMENT, "d")
    shipped, rare = shipped_examples()
    said = blind_readings(development, shipped, rare)
    model = thresholds(fit([*shipped, *development], rare), development, said)
    text = json.dumps(model.to_json(), ensure_ascii=False, separators=(",", ":"))
    MODEL.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{model.examples} examples, tip from {model.tip_from:.3f}, emergency from {model.emergency_from:.3f}")
    tips = [at for at, row in enumerate(development) if row.category != "not_a_tip"]
    for name, chances, right in (
        ("tip", [{"tip": one.tip, "none": 1 - one.tip} for one in said],
         ["none" if row.category == "not_a_tip" else "tip" for row in development]),
        ("category", [said[at].categories for at in tips], [development[at].category for at in tips]),
        ("urgency", [said[at].urgencies for at in tips], [development[at].urgency for at in tips]),
    ):  # fmt: skip
        best = min((0.4 + 0.1 * step for step in range(30)), key=lambda heat: log_loss(chances, right, heat))
        print(f"{name}: probabilities would be most honest {best:.1f} times as warm")
    print(f"{MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
