"""A linear model: features in, a probability for each label out. `bench.train_triage` trains it; here it is read
from JSON."""

from __future__ import annotations

import base64
import math
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

STEPS: Final = 1000
"""Weights are whole thousandths."""

MOST: Final = 32_767
"""The greatest weight that the file can hold, in thousandths."""

NONE: Final = 32_768
"""How a weight of 0 is kept in a row: more than any weight can be below it."""

LANE: Final = 4
"""Bytes for each label in a row: enough to add the rows of 65,536 features; no message has a fifth of them."""


@dataclass(frozen=True, slots=True)
class Linear:
    """One row of weights per feature, one column per label. `temperature` divides the scores so that probabilities
    are calibrated (temperature scaling, fitted on messages that were not trained on); its name in files is `warmth`.

    A row is one long integer with a lane for each label, so that the rows of a message are added for all labels at
    once: three times as quick as adding numbers one by one.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, int]
    temperature: float = 1.0

    @classmethod
    def of(
        cls,
        labels: Sequence[str],
        bias: Sequence[float],
        weights: Mapping[str, Sequence[float]],
        temperature: float = 1.0,
    ) -> Linear:
        """From weights as numbers; they are rounded to thousandths, and none is greater than `MOST` of them."""
        rows = {
            name: _packed(round(max(-MOST, min(MOST, STEPS * one))) for one in row) for name, row in weights.items()
        }
        return cls(tuple(labels), tuple(bias), rows, temperature)

    def weights(self, name: str) -> list[float]:
        """The weights of a feature, one per label; zeros for one that is not known."""
        row = self.rows.get(name)
        return [0.0] * len(self.labels) if row is None else [one / STEPS for one in self._sums([row])]

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """One score per label, in the order of `labels`."""
        rows = self.rows
        by_size: dict[float, list[int]] = {}
        for name, size in features.items():
            row = rows.get(name)
            if row is not None:
                by_size.setdefault(size, []).append(row)
        out = list(self.bias)
        for size, found in by_size.items():
            for at, total in enumerate(self._sums(found)):
                out[at] += size * total / STEPS
        return out

    def _sums(self, rows: Sequence[int]) -> list[int]:
        """The sum of some rows, in thousandths, one per label."""
        lanes = array("I", sum(rows).to_bytes(LANE * len(self.labels), "little"))
        if sys.byteorder == "big":
            lanes.byteswap()
        none = NONE * len(rows)
        return [lane - none for lane in lanes]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each label is; they add up to 1."""
        return dict(zip(self.labels, softmax(self.scores(features), self.temperature), strict=True))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; weights as thousandths, two bytes each, packed (a third of the time to read)."""
        packed = array("h", (one for row in self.rows.values() for one in self._sums([row])))
        if sys.byteorder == "big":
            packed.byteswap()
        return {
            "labels": list(self.labels),
            "bias": [round(one, 4) for one in self.bias],
            "warmth": round(self.temperature, 4),
            "names": "\n".join(self.rows),
            "weights": base64.b64encode(packed.tobytes()).decode(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Linear:
        """The inverse of `to_json`. Raises `ValueError` when the weights do not fit the names and labels."""
        size = len(data["labels"])
        # The models know much the same features: their names are kept once.
        names = list(map(sys.intern, data["names"].split("\n"))) if data["names"] else []
        packed = array("h")
        packed.frombytes(base64.b64decode(data["weights"], validate=True))
        if sys.byteorder == "big":
            packed.byteswap()
        if len(data["bias"]) != size or len(packed) != size * len(names):
            raise ValueError("a row of weights does not fit the labels")
        lanes = array("I", map(NONE.__add__, packed))
        if sys.byteorder == "big":
            lanes.byteswap()
        every, step = lanes.tobytes(), LANE * size
        rows = {name: int.from_bytes(every[at * step : (at + 1) * step], "little") for at, name in enumerate(names)}
        return cls(tuple(data["labels"]), tuple(data["bias"]), rows, float(data["warmth"]))


def _packed(row: Iterable[int]) -> int:
    """One row of thousandths as a long integer."""
    lanes = array("I", (NONE + one for one in row))
    if sys.byteorder == "big":
        lanes.byteswap()
    return int.from_bytes(lanes.tobytes(), "little")


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    raised = [math.exp((score - top) / temperature) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]
