"""A second look at what may be an emergency: a Gaussian kernel machine, asked only where the linear model is in doubt.

It compares a message with the support vectors, which are the training messages close to the decision border. Features:
words and pairs of words, cues, likely categories, the parts of the story. The sums over all of them are taken at once, in long integers that hold one
16-bit counter per support vector, so that it costs about a millisecond without any library.
"""

from __future__ import annotations

import base64
import math
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from core.triage.parts import told

UNIT: Final = 0.0016
"""What a feature of weight 1 adds to the likeness of two messages that share it."""

CUE: Final = 4
PART: Final = 6
PAIR: Final = 1
BOTH: Final = 10
LEXICON: Final = (4, 12, 20, 28)
LIKELY: Final = ((0.2, 6), (0.5, 16), (0.8, 32))
"""The weights of cues and signs, parts, pairs of parts, cues beside the likely category, each further hit of the
lexicon, each level of a category's probability."""

FEW: Final = 50
"""A feature that fewer support vectors have is counted one by one; for the others a long integer is kept and added."""

ALPHA: Final = 10_000
SIZE: Final = 10_000
"""Numbers are kept as whole parts of this."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the second look sees: words, all of one `size`, and other features with their weights."""

    words: frozenset[str]
    size: float
    fixed: Mapping[str, int]


def sight(seen: Mapping[str, float], categories: Mapping[str, float], line: Sequence[str]) -> Sight:
    """From the features of a message (`features`), its likely categories and its `sensed` words."""
    words, size = [], 0.0
    fixed: dict[str, int] = {}
    cues = []
    for name, length in seen.items():
        kind = name[:2]
        if kind in ("c:", "s:"):
            fixed[name] = CUE
            if kind == "c:":
                cues.append(name)
        elif kind == "l:":
            fixed.update((f"{name}{level}", LEXICON[level]) for level in range(min(4, max(1, round(length / 0.08)))))
        elif kind != "p:" and name.count(" ") < 2:
            words.append(name)
            size = length
    for category, likely in categories.items():
        fixed.update((f"g:{category}{level}", weight) for level, weight in LIKELY if likely >= level)
        if likely >= 0.5:
            fixed.update((f"g:{category}&{cue}", BOTH) for cue in cues)
    single, pairs = told(line)
    fixed.update(dict.fromkeys(single, PART))
    fixed.update(dict.fromkeys(pairs, PAIR))
    return Sight(frozenset(words), size, fixed)


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The support vectors by feature: `where[name]` lists the numbers of those that have it.

    `alphas` are their weights, `sizes` the sizes of their words, `lengths` their squared lengths, `narrow` the width of
    the kernel. `slope` and `shift` make the score a log-odds.
    """

    where: Mapping[str, array[int]]
    alphas: array[float]
    sizes: Sequence[float]
    lengths: Sequence[float]
    bias: float
    narrow: float
    slope: float
    shift: float
    _lanes: dict[str, int] = field(default_factory=dict, compare=False)
    _weighed: list[float] = field(default_factory=list, compare=False)

    def log_odds(self, one: Sight) -> float:
        """The log-odds that a message is an emergency."""
        return self.slope * self.score(one) + self.shift

    def score(self, one: Sight) -> float:
        """The signed distance of a message from the decision border; positive means emergency."""
        words = [(name, 1) for name in one.words if name in self.where]
        fixed = [(name, weight) for name, weight in one.fixed.items() if name in self.where]
        own = len(words) * one.size * one.size + UNIT * sum(weight for _, weight in fixed)
        # alpha * exp(-narrow * |distance|²), with what does not depend on the message taken out of the sum.
        by_word, by_part = 2 * self.narrow * one.size, 2 * self.narrow * UNIT
        exp = math.exp
        near = [
            weight * exp(by_word * size * same + by_part * alike)
            for weight, size, same, alike in zip(
                self._weights(), self.sizes, self._counts(words), self._counts(fixed), strict=True
            )
        ]
        return self.bias + exp(-self.narrow * own) * sum(near)

    def _weights(self) -> list[float]:
        if not self._weighed:
            both = zip(self.alphas, self.lengths, strict=True)
            self._weighed.extend(alpha * math.exp(-self.narrow * far) for alpha, far in both)
        return self._weighed

    def _counts(self, names: Iterable[tuple[str, int]]) -> array[int]:
        """For each support vector the weights of those names together that it has."""
        few: list[tuple[int, array[int]]] = []
        lanes: dict[int, int] = {}
        for name, weight in names:
            where = self.where[name]
            if len(where) < FEW:
                few.append((weight, where))
            else:
                lanes[weight] = lanes.get(weight, 0) + self._lane(name, where)
        total = sum(weight * lane for weight, lane in lanes.items())
        out = array("H", total.to_bytes(2 * len(self.alphas), "little"))
        if sys.byteorder == "big":
            out.byteswap()
        for weight, where in few:
            for number in where:
                out[number] += weight
        return out

    def _lane(self, name: str, where: Sequence[int]) -> int:
        """A long integer with a 1 in the counter of each support vector that has the feature."""
        lane = self._lanes.get(name)
        if lane is None:
            row = bytearray(2 * len(self.alphas))
            for number in where:
                row[2 * number] = 1
            lane = self._lanes[name] = int.from_bytes(row, "little")
        return lane

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; lists of numbers packed, two bytes each."""
        return {
            "names": "\n".join(self.where),
            "many": _packed("H", [len(where) for where in self.where.values()]),
            "where": _packed("H", [number for where in self.where.values() for number in where]),
            "alphas": _packed("h", [round(ALPHA * one) for one in self.alphas]),
            "sizes": _packed("H", [round(SIZE * one) for one in self.sizes]),
            "lengths": _packed("H", [round(SIZE * one) for one in self.lengths]),
            "bias": self.bias, "narrow": self.narrow, "slope": self.slope, "shift": self.shift,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SecondLook:
        """The inverse of `to_json`. Raises `ValueError`, `KeyError` or `TypeError` when it does not fit together."""
        names = data["names"].split("\n")
        many, where = _unpacked("H", data["many"]), _unpacked("H", data["where"])
        alphas = array("f", (one / ALPHA for one in _unpacked("h", data["alphas"])))
        sizes, lengths = ([one / SIZE for one in _unpacked("H", data[name])] for name in ("sizes", "lengths"))
        ends = list(accumulate(many))
        if len(names) != len(many) or not ends or ends[-1] != len(where):
            raise ValueError("the support vectors do not fit their features")
        if not len(alphas) == len(sizes) == len(lengths) or max(where) >= len(alphas):
            raise ValueError("the support vectors do not fit each other")
        rows = {name: where[end - size : end] for name, end, size in zip(names, ends, many, strict=True)}
        bias, narrow, slope, shift = (float(data[name]) for name in ("bias", "narrow", "slope", "shift"))
        return cls(rows, alphas, sizes, lengths, bias, narrow, slope, shift)


def _packed(kind: str, numbers: Sequence[int]) -> str:
    row = array(kind, numbers)
    if sys.byteorder == "big":
        row.byteswap()
    return base64.b64encode(row.tobytes()).decode()


def _unpacked(kind: str, text: str) -> array[int]:
    row = array(kind)
    row.frombytes(base64.b64decode(text, validate=True))
    if sys.byteorder == "big":
        row.byteswap()
    return row
