"""The kinds of work of self-managed groups: those that come with the system, and those that a plan adds, by the words
that its leaders log them with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from core.activity_words import KINDS
from core.log_line import LogLine
from core.triage.text import fold

Span = tuple[int, int]


class ActivityKind(StrEnum):
    """The kinds that come with the system. Source: the five plans (self-managed groups and their work)."""

    PATROL = "patrol"
    AWARENESS = "awareness"
    MEDIATION = "mediation"
    FIRE_CHECK = "fire_check"
    LODGING_CHECK = "lodging_check"
    WORKS = "works"
    MEETING = "meeting"
    PLEDGE = "pledge"
    HAND_IN = "hand_in"
    REINTEGRATION_HELP = "reintegration_help"
    TIP_PASSED_ON = "tip_passed_on"
    OTHER = "other"


OwnKind = NewType("OwnKind", str)
"""A kind that a plan adds, by its code."""
WorkKind: TypeAlias = ActivityKind | OwnKind
"""Any kind of work that can be logged."""


def kind_of(code: str) -> WorkKind:
    """The kind with this code: one of the system's, else one that a plan adds, or once added."""
    return ActivityKind(code) if code in set(ActivityKind) else OwnKind(code)


def owner_of(words: str) -> ActivityKind | None:
    """The kind of the system that a line with just these words is logged as; None: they are free for a plan."""
    flat = fold(words)
    return next((ActivityKind(kind) for kind, pattern in KINDS.items() if pattern.fullmatch(flat)), None)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds that may be logged, in the order of the form's buttons, and the words that a plan adds for them."""

    offered: tuple[WorkKind, ...] = tuple(ActivityKind)
    words: tuple[tuple[re.Pattern[str], WorkKind], ...] = ()

    def find(self, line: LogLine) -> tuple[WorkKind, Span] | None:
        """The kind that a line names, and where; None when it names none.

        The words that come first count. Where words of a plan and of the system overlap, the longer ones do: "patrol
        the river" is more than "patrol". A group's name ("the mediation group met") yields to any other words."""
        shipped, added = _shipped(line), self._added(line)
        if shipped is None or added is None:
            return shipped or added
        (start, end), (added_start, added_end) = shipped[1], added[1]
        if start < added_end and added_start < end:
            return added if added_end - added_start >= end - start else shipped
        return min(shipped, added, key=lambda found: (line.follows_group_word(found[1][0]), found[1][0]))

    def _added(self, line: LogLine) -> tuple[WorkKind, Span] | None:
        hits = [
            (line.follows_group_word(hit.start()), hit.start(), -hit.end(), kind)
            for pattern, kind in self.words
            for hit in pattern.finditer(line.flat)
        ]
        if not hits:
            return None
        _, start, minus_end, kind = min(hits)
        return kind, (start, -minus_end)


SHIPPED: Final = Kinds()


def kinds_with(words: Mapping[WorkKind, Iterable[str]]) -> Kinds:
    """The system's kinds and all others that `words` names, which come before "other work"; each with its words.

    Words are compared without accents, whole, whatever stands between them but a comma."""
    own = [kind for kind in words if kind not in set(ActivityKind)]
    *shipped, other = ActivityKind
    patterns = [(_pattern(flat), kind) for kind, some in words.items() for flat in map(fold, some) if flat]
    return Kinds((*shipped, *own, other), tuple(patterns))


def _pattern(flat: str) -> re.Pattern[str]:
    together = r"[\s/–-]+".join(re.escape(word) for word in flat.split())
    return re.compile(rf"(?<!\w){together}(?!\w)")


def _shipped(line: LogLine) -> tuple[WorkKind, Span] | None:
    """The system's kind whose words come first, of several that start together the one first in the table."""
    hits = [
        (line.follows_group_word(hit.start()), hit.start(), order, hit.end(), ActivityKind(kind))
        for order, (kind, pattern) in enumerate(KINDS.items())
        for hit in pattern.finditer(line.flat)
        if line.exact(*hit.span())
    ]
    if not hits:
        return None
    _, start, _, end, kind = min(hits)
    return kind, (start, end)
