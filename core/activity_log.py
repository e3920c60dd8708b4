"""What self-managed groups have logged, and how a month of it adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.activity import Activity, MediationResult
from core.activity_kinds import WorkKind
from core.ids import ActivityId, ContactId, GroupId


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedActivity:
    """One activity as it was logged. Times are aware; `rough` means that they are a guess, from the part of a day that
    was named or from when it was logged. `count` counts other things than people and households; None: not told.
    `words` are the leader's own, or "" where none may be kept."""

    id: ActivityId
    group: GroupId
    logged_by: ContactId
    kind: WorkKind
    started_at: datetime
    ended_at: datetime | None
    rough: bool
    people: int | None
    households: int | None
    count: int | None
    result: MediationResult | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTotal:
    """All activities of one kind: how many `times`, and the sums of what was told of them. `succeeded`, `failed` and
    `partly` count mediations by how they ended."""

    kind: WorkKind
    times: int
    people: int
    households: int
    count: int
    succeeded: int
    failed: int
    partly: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMonth:
    """A group's month. `first` is its first day; the kind that was done most often comes first."""

    group_name: str
    first: date
    totals: tuple[KindTotal, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing was logged for it."""
        return not self.totals

    @property
    def times(self) -> int:
        """How many activities there were, of all kinds."""
        return sum(total.times for total in self.totals)


def logged(read: Activity, words: str, *, group: GroupId, logged_by: ContactId, said_at: datetime) -> LoggedActivity:
    """The row for a line that was read; its id is 0 until it is stored. Without a time in the line, `started_at` is
    `said_at` and `rough` is true."""
    return LoggedActivity(
        id=ActivityId(0),
        group=group,
        logged_by=logged_by,
        kind=read.kind,
        started_at=read.started_at or said_at,
        ended_at=read.ended_at,
        rough=read.rough or read.started_at is None,
        people=read.people,
        households=read.households,
        count=read.count,
        result=read.result,
        words=words if read.keeps_words else "",
    )


def corrected(before: LoggedActivity, read: Activity, words: str) -> LoggedActivity:
    """The activity with the values of a corrected line. A new line without a time keeps the old time, because people
    correct typing errors, sometimes days later."""
    after = logged(read, words, group=before.group, logged_by=before.logged_by, said_at=before.started_at)
    if read.started_at is not None:
        return replace(after, id=before.id)
    return replace(after, id=before.id, ended_at=before.ended_at, rough=before.rough)


def totals(activities: Iterable[LoggedActivity]) -> tuple[KindTotal, ...]:
    """Activities added up by kind, the most frequent first; of kinds with as many, the one that came up first."""
    of_kind: dict[WorkKind, list[LoggedActivity]] = {}
    for activity in activities:
        of_kind.setdefault(activity.kind, []).append(activity)
    added = [_total(kind, some) for kind, some in of_kind.items()]
    return tuple(sorted(added, key=lambda total: -total.times))


def _total(kind: WorkKind, activities: list[LoggedActivity]) -> KindTotal:
    results = [activity.result for activity in activities]
    return KindTotal(
        kind=kind,
        times=len(activities),
        people=sum(activity.people or 0 for activity in activities),
        households=sum(activity.households or 0 for activity in activities),
        count=sum(activity.count or 0 for activity in activities),
        succeeded=results.count(MediationResult.SUCCEEDED),
        failed=results.count(MediationResult.FAILED),
        partly=results.count(MediationResult.PARTLY),
    )
