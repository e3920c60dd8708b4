"""Which tips tell of one event: proposed to officers, who confirm. Reporters never learn of each other.

Only tips of one commune within a few hours are compared. `OpenTips` finds the candidates by the rare words they share,
so that ten thousand open tips cost a few milliseconds.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.triage.likeness import Trace, signals, trace
from core.triage.understand import Model, read

WINDOW_MINUTES: Final = 300.0
"""Tips further apart than this are never proposed as one."""

SAME_FROM: Final = 0.6
"""From this likelihood on two tips are proposed as one."""

CANDIDATES: Final = 40
"""So many tips that share the rarest words are looked at closely."""

COMMON_SHARE: Final = 0.03
"""A word that more of the open tips bear than this share (and more than 60 of them) finds no candidates."""

# Learnt by logistic regression on the development pairs and rounded; contradictions (another spot of the same kind,
# another number, "not there") weigh more than learnt, because a wrong pair costs an officer more than a missed one.
_WEIGHTS: Final = (3.3, 1.9, 3.2, 2.7, -4.2, -6.5, -5.0, -0.1, -1.2)
_BIAS: Final = -5.9

_LATE_HOURS: Final = 3.0
_LATE_COST: Final = 1.5
"""Beyond three hours each hour speaks more strongly for another event."""

_SURE_KIND: Final = 0.7
_OTHER_KIND_COST: Final = 2.5
"""Two tips that are surely of different kinds need much in common before they are proposed as one."""


def same_event(left: Trace, right: Trace) -> float:
    """How likely two tips tell of one event, 0 to 1. Tips of different communes, or too far apart in time, are 0."""
    apart = abs(left.minutes - right.minutes)
    if left.commune != right.commune or not apart <= WINDOW_MINUTES:
        return 0.0
    score = _BIAS + sum(weight * signal for weight, signal in zip(_WEIGHTS, signals(left, right), strict=True))
    score -= _LATE_COST * max(0.0, apart / 60 - _LATE_HOURS)
    if _of_other_kinds(left, right):
        score -= _OTHER_KIND_COST
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, score))))


def _of_other_kinds(left: Trace, right: Trace) -> bool:
    """Each is surely of a kind that the other is not: a fire here, a theft there."""
    if (
        max(left.categories.values(), default=0.0) < _SURE_KIND
        or max(right.categories.values(), default=0.0) < _SURE_KIND
    ):
        return False
    return not left.categories.keys() & right.categories.keys()


def traced(model: Model, id: str, text: str, commune: str, minutes: float) -> Trace:
    """A tip made comparable; what is no tip has no category in common with anything."""
    said = read(model, text)
    likely = {name: chance * said.tip for name, chance in said.categories.items()}
    return trace(id, text, commune, minutes, likely, model.common)


@dataclass(frozen=True, slots=True)
class Match:
    """An open tip that may tell of the same event, and how likely (0 to 1)."""

    id: str
    likely: float


class OpenTips:
    """Open tips in memory, found again by what they share. Not safe for several threads."""

    def __init__(self, tips: Iterable[Trace] = ()) -> None:
        self._tips: dict[str, Trace] = {}
        self._bearing: dict[tuple[str, str], set[str]] = {}
        self._in: dict[str, int] = {}
        for tip in tips:
            self.add(tip)

    def __len__(self) -> int:
        return len(self._tips)

    def add(self, tip: Trace) -> None:
        """Takes a tip in; one with the same id is replaced."""
        self.remove(tip.id)
        self._tips[tip.id] = tip
        self._in[tip.commune] = self._in.get(tip.commune, 0) + 1
        for key in _keys(tip):
            self._bearing.setdefault((tip.commune, key), set()).add(tip.id)

    def remove(self, id: str) -> None:
        """Forgets a tip (closed, or withdrawn); an unknown one is no error."""
        tip = self._tips.pop(id, None)
        if tip is None:
            return
        self._in[tip.commune] -= 1
        for key in _keys(tip):
            bearers = self._bearing[tip.commune, key]
            bearers.discard(id)
            if not bearers:
                del self._bearing[tip.commune, key]

    def like(self, tip: Trace, limit: int = 3) -> list[Match]:
        """The open tips that most likely tell of the same event, best first; only those likely enough to propose."""
        found = [Match(other.id, same_event(tip, other)) for other in self._candidates(tip)]
        found = [match for match in found if match.likely >= SAME_FROM]
        return heapq.nlargest(limit, found, key=lambda match: match.likely)

    def _candidates(self, tip: Trace) -> list[Trace]:
        many = max(60.0, COMMON_SHARE * self._in.get(tip.commune, 0))
        shared: dict[str, float] = {}
        for key, weight in _keys(tip).items():
            bearers = self._bearing.get((tip.commune, key), ())
            if len(bearers) <= many:
                for id in bearers:
                    shared[id] = shared.get(id, 0.0) + weight
        shared.pop(tip.id, None)
        near = (id for id in shared if abs(self._tips[id].minutes - tip.minutes) <= WINDOW_MINUTES)
        return [self._tips[id] for id in heapq.nlargest(CANDIDATES, near, key=lambda id: shared[id])]


def _keys(tip: Trace) -> dict[str, float]:
    """The words and pairs by which a tip is found, with their weight."""
    return {**tip.weights, **tip.names}


def group(tips: Sequence[Trace]) -> dict[str, str | None]:
    """Tip id -> the id of its event's first tip, None for a tip that stands alone.

    In the order of time each tip joins the event whose tips it resembles most: the likeliest of them counts, but a tip
    that contradicts one of the others (another lane, another hamlet) stays out.
    """
    events: list[list[Trace]] = []
    for tip in sorted(tips, key=lambda one: (one.minutes, one.id)):
        best: tuple[float, list[Trace]] | None = None
        for event in events:
            likely = _joins(tip, event)
            if likely >= SAME_FROM and (best is None or likely > best[0]):
                best = (likely, event)
        if best is None:
            events.append([tip])
        else:
            best[1].append(tip)
    return {tip.id: event[0].id if len(event) > 1 else None for event in events for tip in event}


def _joins(tip: Trace, event: Sequence[Trace]) -> float:
    if tip.commune != event[0].commune or tip.minutes - event[-1].minutes > WINDOW_MINUTES:
        return 0.0
    chances = [same_event(tip, other) for other in event]
    if min(chances) < 0.02 and len(event) < 3:
        return 0.0
    # Several that are nearly likely enough speak as one that is.
    return max(max(chances), min(0.99, 1.25 * sum(chances) / len(chances)) if len(event) > 1 else 0.0)
