"""Officers' corrections teach: the model in use is moved towards local examples, and judged before it may go live.

The weights in use are where the search starts, and a few small steps are all it takes, so a few dozen local examples
adjust the model without forgetting the rest. Pure Python, a second or two: what runs the bot needs no scikit-learn.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.triage.features import features
from core.triage.linear import Linear, softmax
from core.triage.proposal import Category, Urgency
from core.triage.understand import Model, Prediction, crossed, read

FEWEST: Final = 12
"""With fewer local examples than this nothing can be judged, so nothing is learnt."""

PARTS: Final = 4
"""The local examples are judged in so many parts, each by a model that learnt from the other parts only."""

ROUNDS: Final = 12
STEP: Final = 0.1
"""How far one example moves the weights in one round. Chosen by learning from 50 and 200 messages, judging by others:
half as much learns less, twice as much forgets more."""

URGENCY_STEP: Final = 0.01
"""The same for urgency: what an emergency is hardly differs between places, and larger steps cost more right alarms than
they brought."""

SLACK: Final = 0.01
"""A mark may fall by this much without counting as worse."""

SLACK_SHIPPED: Final = 0.04
"""The same for the shipped messages: the model in use was taught them, so that its marks there flatter it."""

SAMPLE: Final = 400
"""On about so many shipped messages the alarms are counted."""

MOST: Final = 0.5
"""No threshold of an alarm is raised above this."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message. `category` is a `Category`, `urgency` an `Urgency`."""

    text: str
    category: Category
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Correction:
    """What an officer set right about a tip: the reporter's words, and of `category`, `urgency`, `commune` (five-digit
    code) what they changed; None for what they left."""

    text: str
    category: str | None = None
    urgency: str | None = None
    commune: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """How well a model does on some messages, each 0 to 1 (1 where there is nothing to judge). `surprise` is the
    mean log loss of tip, category and urgency: less is better. `unmeasured` names those with nothing to judge."""

    tip_f1: float
    tips_kept: float
    category_first: float
    category_three: float
    emergency_recall: float
    emergency_precision: float
    surprise: float = 0.0
    unmeasured: frozenset[str] = frozenset()

    def worse_than(self, other: Marks, slack: float = SLACK) -> tuple[str, ...]:
        """The names of the marks that fell by more than the slack. Precision of alarms may fall as far as their recall
        rose."""
        names = ("tip_f1", "tips_kept", "category_first", "category_three", "emergency_recall")
        fell = [name for name in names if getattr(self, name) < getattr(other, name) - slack]
        gained = max(0.0, self.emergency_recall - other.emergency_recall)
        if self.emergency_precision < other.emergency_precision - slack - gained:
            fell.append("emergency_precision")
        return tuple(fell + (["surprise"] if self.surprise > other.surprise + slack else []))


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of it. `model` is None when the new one is refused; `reason` then says why (`few` or `worse`).

    `before` and `after` are on the `held` local examples, each judged by a model that did not learn from it,
    `shipped_before` and `shipped_after` on the shipped ones; `fell` names the marks that fell.
    """

    model: Model | None
    reason: str
    held: int
    before: Marks
    after: Marks
    shipped_before: Marks
    shipped_after: Marks
    fell: tuple[str, ...] = ()


def completed(model: Model, corrections: Sequence[Correction]) -> list[Example]:
    """Corrections as examples: what an officer left as it was, is what the model in use says. One that sets right the
    place only teaches nothing here. Raises `ValueError` for a category or an urgency that there is not."""
    out = []
    for one in corrections:
        if one.category is None and one.urgency is None:
            continue
        said = read(model, one.text)
        likeliest = max(said.categories, key=lambda name: said.categories[name])
        category = Category(one.category or likeliest)
        urgency = Urgency(one.urgency or max(said.urgencies, key=lambda name: said.urgencies[name]))
        out.append(Example(one.text, category, Urgency.NORMAL if category is Category.NOT_A_TIP else urgency))
    return out


def learn(model: Model, shipped: Sequence[Example], local: Sequence[Example]) -> Learnt:
    """Adjusts a model to local examples.

    Refuses when there are too few, or when any mark falls on the held-back local examples or on the shipped ones.
    """
    before, shipped_before = marks(model, local), marks(model, shipped)
    if len(local) < FEWEST:
        return Learnt(None, "few", len(local), before, before, shipped_before, shipped_before)
    after = _blindly(model, shipped, local)
    new = replace(levelled(model, adjusted(model, local), shipped), examples=model.examples + len(local))
    shipped_after = marks(new, shipped)
    fell = tuple(dict.fromkeys(after.worse_than(before) + shipped_after.worse_than(shipped_before, SLACK_SHIPPED)))
    if fell:
        return Learnt(None, "worse", len(local), before, after, shipped_before, shipped_after, fell)
    return Learnt(new, "", len(local), before, after, shipped_before, shipped_after)


def _blindly(model: Model, shipped: Sequence[Example], local: Sequence[Example]) -> Marks:
    """The marks on local examples, each part judged by a model that learnt from the other parts."""
    judged: list[Example] = []
    by: list[Model] = []
    for part in range(PARTS):
        held = [one for one in local if _part(one) == part]
        if held:
            blind = levelled(model, adjusted(model, [one for one in local if _part(one) != part]), shipped)
            judged.extend(held)
            by.extend([blind] * len(held))
    return marks_by(by, judged)


def levelled(old: Model, new: Model, shipped: Sequence[Example]) -> Model:
    """The new model with its alarm thresholds raised until it gives no more alarms on (some of) the shipped messages
    than the old one did: what officers correct is no fair sample of what comes in."""
    some = shipped[:: max(1, len(shipped) // SAMPLE)]
    pairs = [(read(old, one.text), read(new, one.text)) for one in some]
    open_, shut = ([pair for pair in pairs if pair[0].open_danger is state] for state in (True, False))
    return replace(
        new, emergency_from=_level(open_, old.emergency_from), emergency_else=_level(shut, old.emergency_else)
    )


def _level(pairs: Sequence[tuple[Prediction, Prediction]], least: float) -> float:
    alarms = sum(was.urgencies[Urgency.EMERGENCY] >= least for was, _ in pairs)
    ranked = sorted((now.urgencies[Urgency.EMERGENCY] for _, now in pairs), reverse=True)
    level = ranked[alarms] + 1e-6 if alarms < len(ranked) else least
    return min(max(least, level), max(least, MOST))


def _part(example: Example) -> int:
    """The same examples share a part each time, however many more come in."""
    return zlib.crc32(example.text.encode("utf-8", "replace")) % PARTS


def marks(model: Model, examples: Sequence[Example]) -> Marks:
    """Judges a model on labelled messages."""
    return marks_by([model] * len(examples), examples)


def marks_by(models: Sequence[Model], examples: Sequence[Example]) -> Marks:
    """Judges several models, each on the labelled message that stands in its place."""
    said = [read(model, one.text) for model, one in zip(models, examples, strict=True)]
    tips = [one.category is not Category.NOT_A_TIP for one in examples]
    called = [one.is_tip(model) for model, one in zip(models, said, strict=True)]
    both = sum(mine and right for mine, right in zip(called, tips, strict=True))
    ranks = [
        sorted(one.categories, key=lambda name: -one.categories[name]).index(example.category)
        for example, one in zip(examples, said, strict=True)
        if example.category in one.categories
    ]
    alarms = [one.is_emergency(model) for model, one in zip(models, said, strict=True)]
    real = [one.urgency is Urgency.EMERGENCY for one in examples]
    hit = sum(mine and right for mine, right in zip(alarms, real, strict=True))
    surprise = sum(_surprise(one, read_) for one, read_ in zip(examples, said, strict=True))
    judged = {
        "tip_f1": sum(called) + sum(tips), "tips_kept": sum(tips), "category_first": len(ranks),
        "category_three": len(ranks), "emergency_recall": sum(real), "emergency_precision": sum(alarms),
        "surprise": len(examples),
    }  # fmt: skip
    return Marks(
        _share(2 * both, judged["tip_f1"]), _share(both, sum(tips)), _share(ranks.count(0), len(ranks)),
        _share(sum(rank < 3 for rank in ranks), len(ranks)), _share(hit, sum(real)), _share(hit, sum(alarms)),
        surprise / max(1, len(examples)), frozenset(name for name, of in judged.items() if not of),
    )  # fmt: skip


def _surprise(example: Example, said: Prediction) -> float:
    if example.category is Category.NOT_A_TIP:
        return -math.log(max(1e-6, 1 - said.tip))
    chances = (said.tip, said.categories.get(example.category, 0.0), said.urgencies[example.urgency])
    return -sum(math.log(max(1e-6, one)) for one in chances)


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
    urgency = moved(model.urgency, both, [examples[at].urgency for at in tips], URGENCY_STEP)
    return replace(model, tip=tip, category=category, urgency=urgency, taught=difference(urgency, model.urgency))


def difference(new: Linear, old: Linear) -> Linear:
    """How far the rows of one linear model lie from those of another with the same labels."""
    rows = {
        name: [now - was for now, was in zip(new.weights(name), old.weights(name), strict=True)]
        for name, row in new.rows.items()
        if row != old.rows.get(name)
    }
    bias = tuple(now - was for now, was in zip(new.bias, old.bias, strict=True))
    return Linear.of(new.labels, bias, rows, new.temperature)


def moved(
    linear: Linear, seen: Sequence[Mapping[str, float]], labels: Sequence[str], step_size: float = STEP
) -> Linear:
    """A linear model moved towards labelled features by a few small steps against the log loss.

    A model whose probabilities are honest is on the whole left where it is; only what surprises it moves it. The bias
    stays: how many of each kind officers happened to correct says nothing about how many there are.
    """
    rows = {name: linear.weights(name) for one in seen for name in one}
    touched: set[str] = set()
    for _ in range(ROUNDS):
        for one, label in zip(seen, labels, strict=True):
            scores = list(linear.bias)
            for name, length in one.items():
                for at, weight in enumerate(rows[name]):
                    scores[at] += length * weight
            chances = softmax(scores, linear.temperature)
            steps = [
                step_size * ((mine == label) - chance) for mine, chance in zip(linear.labels, chances, strict=True)
            ]
            if max(map(abs, steps)) < 1e-3:
                continue
            touched.update(one)
            for name, length in one.items():
                row = rows[name]
                for at, step in enumerate(steps):
                    row[at] += length * step
    new = Linear.of(linear.labels, linear.bias, {name: rows[name] for name in sorted(touched)}, linear.temperature)
    return replace(new, rows={**linear.rows, **new.rows})
