"""Officers' corrections teach: the model in use is moved towards local examples, and judged before it may go live.

The weights in use are where the search starts and what it is drawn back to, so a few dozen local examples adjust the
model without forgetting the rest. Pure Python, some seconds: what runs the bot needs no scikit-learn.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.triage.features import features
from core.triage.linear import Linear
from core.triage.proposal import Category, Urgency
from core.triage.understand import Model, crossed, read

FEWEST: Final = 12
"""With fewer local examples than this nothing can be judged, so nothing is learnt."""

HELD_BACK: Final = 4
"""Every fourth local example is held back to judge by."""

ROUNDS: Final = 30
STRENGTH: Final = 0.5
"""How hard an example pulls against the weights in use (the C of a support vector machine)."""

SLACK: Final = 0.01
"""A mark may fall by this much without counting as worse."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message. `category` is a `Category`, `urgency` an `Urgency`."""

    text: str
    category: Category
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Marks:
    """How well a model does on some messages, each 0 to 1 (1 where there is nothing to judge)."""

    tip_f1: float
    tips_kept: float
    category_first: float
    category_three: float
    emergency_recall: float
    emergency_precision: float

    def worse_than(self, other: Marks) -> tuple[str, ...]:
        """The names of the marks that fell by more than the slack."""
        return tuple(name for name in self.__dataclass_fields__ if getattr(self, name) < getattr(other, name) - SLACK)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of it. `model` is None when the new one is refused; `reason` then says why (`few` or `worse`).

    `before` and `after` are on the `held` local examples that the new model did not learn from, `shipped_before` and
    `shipped_after` on the shipped ones; `fell` names the marks that fell.
    """

    model: Model | None
    reason: str
    held: int
    before: Marks
    after: Marks
    shipped_before: Marks
    shipped_after: Marks
    fell: tuple[str, ...] = ()


def learn(model: Model, shipped: Sequence[Example], local: Sequence[Example]) -> Learnt:
    """Adjusts a model to local examples, the shipped ones beside them so that they are not forgotten.

    Refuses when there are too few, or when any mark falls on the held-back local examples or on the shipped ones.
    """
    held = [one for one in local if _held(one)]
    taught = [one for one in local if not _held(one)]
    before, shipped_before = marks(model, held), marks(model, shipped)
    if len(local) < FEWEST or not held or not taught:
        return Learnt(None, "few", len(held), before, before, shipped_before, shipped_before)
    new = replace(adjusted(model, [*taught, *shipped]), examples=model.examples + len(taught))
    after, shipped_after = marks(new, held), marks(new, shipped)
    fell = tuple(dict.fromkeys(after.worse_than(before) + shipped_after.worse_than(shipped_before)))
    if fell:
        return Learnt(None, "worse", len(held), before, after, shipped_before, shipped_after, fell)
    return Learnt(new, "", len(held), before, after, shipped_before, shipped_after)


def _held(example: Example) -> bool:
    """The same examples are held back each time, however many more come in."""
    return zlib.crc32(example.text.encode("utf-8", "replace")) % HELD_BACK == 0


def marks(model: Model, examples: Sequence[Example]) -> Marks:
    """Judges a model on labelled messages."""
    said = [read(model, one.text) for one in examples]
    tips = [one.category is not Category.NOT_A_TIP for one in examples]
    called = [one.is_tip(model) for one in said]
    both = sum(mine and right for mine, right in zip(called, tips, strict=True))
    ranks = [
        sorted(one.categories, key=lambda name: -one.categories[name]).index(example.category)
        for example, one in zip(examples, said, strict=True)
        if example.category in one.categories
    ]
    alarms = [one.is_emergency(model) for one in said]
    real = [one.urgency is Urgency.EMERGENCY for one in examples]
    hit = sum(mine and right for mine, right in zip(alarms, real, strict=True))
    return Marks(
        _share(2 * both, sum(called) + sum(tips)), _share(both, sum(tips)), _share(ranks.count(0), len(ranks)),
        _share(sum(rank < 3 for rank in ranks), len(ranks)), _share(hit, sum(real)), _share(hit, sum(alarms)),
    )  # fmt: skip


def _share(good: int, of: int) -> float:
    return good / of if of else 1.0


def adjusted(model: Model, examples: Sequence[Example]) -> Model:
    """The model moved towards labelled messages; thresholds stay."""
    seen = [features(one.text) for one in examples]
    kinds = ["none" if one.category is Category.NOT_A_TIP else "tip" for one in examples]
    tips = [at for at, one in enumerate(examples) if one.category is not Category.NOT_A_TIP]
    tip = moved(model.tip, seen, kinds)
    category = moved(model.category, [seen[at] for at in tips], [examples[at].category for at in tips])
    both = [{**seen[at], **crossed(seen[at], model.category.probabilities(seen[at]))} for at in tips]
    urgency = moved(model.urgency, both, [examples[at].urgency for at in tips])
    return replace(model, tip=tip, category=category, urgency=urgency)


def moved(linear: Linear, seen: Sequence[Mapping[str, float]], labels: Sequence[str]) -> Linear:
    """A linear model moved towards labelled features, one label after the other."""
    size = len(linear.labels)
    rows = {name: array("f", row) for name, row in linear.weights.items()}
    bias = list(linear.bias)
    for at, label in enumerate(linear.labels):
        # With two labels each carries half of the margin (see `bench/train_triage.py`).
        scale = 2.0 if size == 2 else 1.0
        weights = {name: scale * row[at] for name, row in rows.items()}
        signs = [1.0 if mine == label else -1.0 for mine in labels]
        bias[at] = _descend(weights, scale * bias[at], seen, signs) / scale
        for name, weight in weights.items():
            rows.setdefault(name, array("f", [0.0] * size))[at] = weight / scale
    return Linear(linear.labels, tuple(bias), rows, linear.warmth)


def _descend(
    weights: dict[str, float], bias: float, seen: Sequence[Mapping[str, float]], signs: Sequence[float]
) -> float:
    """Dual coordinate descent for squared hinge loss, started from `weights` (changed in place) and `bias`; returns
    the new bias. (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008, algorithm 1.)"""
    pulls = [0.0] * len(seen)
    slack = 0.5 / STRENGTH
    lengths = [1.0 + slack + sum(size * size for size in one.values()) for one in seen]
    for _ in range(ROUNDS):
        most = 0.0
        for at, one in enumerate(seen):
            sign = signs[at]
            score = bias + sum(size * weights.get(name, 0.0) for name, size in one.items())
            slope = sign * score - 1.0 + slack * pulls[at]
            new = max(0.0, pulls[at] - slope / lengths[at])
            step = (new - pulls[at]) * sign
            if not step:
                continue
            pulls[at] = new
            most = max(most, abs(step))
            bias += step
            for name, size in one.items():
                weights[name] = weights.get(name, 0.0) + step * size
        if most < 1e-3:
            break
    return bias
