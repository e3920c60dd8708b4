"""Reads an activity from one line of a group leader: "a patrol, three people, 22h to 1h, hamlet 4".

A line that tells of an incident is not an activity, even when it names a patrol: it is treated as a tip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.activity_counts import find_counts
from core.activity_kinds import SHIPPED, ActivityKind, Kinds, WorkKind
from core.activity_times import find_times
from core.activity_words import (
    ALARM,
    ASKS,
    AT,
    FAILED,
    INCIDENT,
    INCIDENT_EXCUSED,
    NOTHING_FOUND,
    PLACE,
    SOMEBODY,
    SUCCEEDED,
    TOMORROW,
    TOPIC_MAY_BE_A_CRIME,
    WEAK,
    WISHED_OR_PLANNED,
    WITNESSED,
)
from core.log_line import LogLine

LONGEST: Final = 400
"""Characters. A longer text is no activity; when the kind was chosen by button, only this much of it is read."""
STRANGE: Final = 3
"""The most unknown words that may stand before the words of the activity. Residents' stories have more of them."""


class MediationResult(StrEnum):
    """How a mediation ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    PARTLY = "partly"


FIELDS: Final = ("started_at", "ended_at", "people", "households", "count", "result", "place")
"""What a line may tell beside its kind, and what a plan may ask for (`core.plan.ActivityRule.asks`)."""

STANDS_FOR: Final = {"count": ("households",), "households": ("count",)}
"""A field need not be asked for when one of these was told: twelve homes checked are twelve checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What one line says about an activity.

    Times are UTC; `rough` means that the line named only a day or a part of it, so the clock time is a guess.
    `count` is what else was counted: cases mediated, rooms checked, lamps hung, weapons handed in, tips passed on.
    `place` and `rest` are the leader's own words; help for people who come home from prison keeps none of them, only
    the count.
    """

    kind: WorkKind
    started_at: datetime | None = None
    ended_at: datetime | None = None
    rough: bool = False
    people: int | None = None
    households: int | None = None
    count: int | None = None
    result: MediationResult | None = None
    place: str = ""
    rest: str = ""

    @property
    def keeps_words(self) -> bool:
        """Whether the words may be stored: never for reintegration help, where they could name a person."""
        return self.kind is not ActivityKind.REINTEGRATION_HELP


def missing(activity: Activity, asks: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the fields that a plan asks for the line did not tell, in the plan's order."""
    return tuple(name for name in asks if not _told(activity, name))


def read_activity(text: str, now: datetime, kind: WorkKind | None = None, kinds: Kinds = SHIPPED) -> Activity | None:
    """The activity that a line tells of, or None when it is none: a tip, a question, a plan for tomorrow.

    `now` (aware) is when it was said: "last night" counts from it. With a `kind` (chosen by button) every line is one.
    `kinds` are those of the plan in force.
    Raises `ValueError` for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone")
    line = LogLine(text[:LONGEST])
    found = kinds.find(line)
    chosen = kind is not None
    if kind is None:
        if found is None or len(text) > LONGEST:
            return None
        kind = found[0]
    times = find_times(line, now, by_night=kind is ActivityKind.PATROL)
    counts = find_counts(line)
    if found is not None:
        if not chosen and not _is_log(line, *found, proved=bool(times or counts)):
            return None
        line.cross_out(*found[1])
    result = _find_result(line) if kind is ActivityKind.MEDIATION else None
    place = _find_place(line)
    keep = kind is not ActivityKind.REINTEGRATION_HELP
    return Activity(
        kind=kind,
        started_at=times.start if times else None,
        ended_at=times.end if times else None,
        rough=times.rough if times else False,
        people=counts.people,
        households=counts.households,
        count=counts.things,
        result=result,
        place=place if keep else "",
        rest=line.rest() if keep else "",
    )


def _told(activity: Activity, name: str) -> bool:
    values = (getattr(activity, one) for one in (name, *STANDS_FOR.get(name, ())))
    return any(value is not None and value != "" for value in values)


def _weak(line: LogLine, span: tuple[int, int]) -> bool:
    """Words that often mean something else ("meet", "check") need a number or a time beside them."""
    return WEAK.fullmatch(line.flat[slice(*span)]) is not None


def _is_log(line: LogLine, kind: WorkKind, span: tuple[int, int], *, proved: bool) -> bool:
    """Whether the line reports work that was done, rather than a trouble, a wish, a question or a plan. `proved`: it
    names a number or a time."""
    flat, before = line.flat, line.flat[: span[0]]
    strange = line.strange_words(span[0])
    if strange > (STRANGE if proved else 0) or (not proved and _weak(line, span)):
        return False
    if ALARM.search(flat) or ASKS.search(flat) or TOMORROW.search(flat):
        return False
    if WISHED_OR_PLANNED.search(before) or SOMEBODY.search(before) or INCIDENT.search(before):
        return False
    told = NOTHING_FOUND.sub(" ", INCIDENT_EXCUSED.sub(" ", flat))
    if kind in TOPIC_MAY_BE_A_CRIME:
        # "Told people about theft": the crime is the subject. "Told people, and saw a theft": it happened.
        return WITNESSED.search(told) is None
    return INCIDENT.search(told) is None


def _find_result(line: LogLine) -> MediationResult | None:
    failed = FAILED.search(line.flat)
    if failed is not None:
        line.cross_out(*failed.span())
    succeeded = next((hit for hit in SUCCEEDED.finditer(line.flat) if line.free(*hit.span())), None)
    if succeeded is not None:
        line.cross_out(*succeeded.span())
    if failed is not None:
        return MediationResult.PARTLY if succeeded is not None else MediationResult.FAILED
    return MediationResult.SUCCEEDED if succeeded is not None else None


def _find_place(line: LogLine) -> str:
    places = []
    for hit in line.searches(PLACE):
        start, end = line.place(*hit.span())
        at = AT.match(line.flat, start, end)
        if end > hit.end() or " " in hit.group() or hit.group()[-1].isdigit():
            line.cross_out(start, end)
            places.append(line.cross_out(at.end() if at and at.end() < end else start, end))
    return ", ".join(places)
