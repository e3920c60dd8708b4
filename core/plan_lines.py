"""The lines that `tinbao plan show` prints, as values, before they are rendered in a language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.replies import Words, say
from core.say import Say


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line, indented by its depth (0 a heading). `listed` follow the words, with dots between them."""

    depth: int
    words: Words
    listed: tuple[Words, ...] = ()


def headed(title: Say, lines: Iterable[PlanLine]) -> list[PlanLine]:
    """A section with its heading; nothing when it has no lines."""
    found = list(lines)
    return [PlanLine(0, say(title)), *found] if found else []


def source(text: str, depth: int = 2) -> PlanLine:
    """Where a figure or rule comes from."""
    return PlanLine(depth, say(Say.PLAN_SOURCE, source=text))


def day(of: date) -> str:
    """A day as people in Vietnam write it: 12/03/2027."""
    return f"{of:%d/%m/%Y}"


def span(of: timedelta) -> Words:
    """How long, exactly, in the largest unit that needs no fraction; 24 hours stay hours, as the law says them."""
    seconds = round(of.total_seconds())
    for key, size in ((Say.DAYS, 86_400), (Say.HOURS, 3_600), (Say.MINUTES, 60)):
        if seconds % size == 0 and not (key is Say.DAYS and seconds == size):
            return say(key, n=seconds // size)
    return say(Say.SECONDS, n=seconds)
