"""Word an activity and a group's month for a chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.activity import MediationResult
from core.activity_kinds import WorkKind
from core.activity_log import GroupMonth, KindTotal, LoggedActivity
from core.activity_names import kind_name
from core.plan import ActivityRule
from core.replies import Choice, Reply, Words, say
from core.say import Say
from core.vietnam import VIETNAM

ActivityRules = Mapping[WorkKind, ActivityRule]
RESULTS: Final[Mapping[MediationResult, Say]] = {
    MediationResult.SUCCEEDED: Say.ACTIVITY_RESULT_SUCCEEDED,
    MediationResult.FAILED: Say.ACTIVITY_RESULT_FAILED,
    MediationResult.PARTLY: Say.ACTIVITY_RESULT_PARTLY,
}
QUESTIONS: Final[Mapping[str, Say]] = {
    "started_at": Say.ACTIVITY_MISSING_STARTED_AT,
    "ended_at": Say.ACTIVITY_MISSING_ENDED_AT,
    "people": Say.ACTIVITY_MISSING_PEOPLE,
    "households": Say.ACTIVITY_MISSING_HOUSEHOLDS,
    "count": Say.ACTIVITY_MISSING_COUNT,
    "result": Say.ACTIVITY_MISSING_RESULT,
    "place": Say.ACTIVITY_MISSING_PLACE,
}
"""The question for each of `core.activity.FIELDS`."""


def written(head: Say, activity: LoggedActivity, missing: tuple[str, ...], rules: ActivityRules) -> Reply:
    """A reply with the activity as it is logged now, and a question for each missing field."""
    lines = [say(head), *_values(activity, rules), *(say(QUESTIONS[field]) for field in missing)]
    if missing:
        lines.append(say(Say.ACTIVITY_ADD_MISSING))
    return Reply(lines=tuple(lines), rows=_buttons(activity))


def listed(activity: LoggedActivity, rules: ActivityRules) -> Reply:
    """A reply with one activity of the leader's own list, with their words."""
    lines = _values(activity, rules)
    if activity.words:
        lines.append(say(Say.CARD_SAID, text=activity.words))
    return Reply(lines=tuple(lines), rows=_buttons(activity))


def month(shown: GroupMonth, before: GroupMonth | None, rules: ActivityRules) -> Reply:
    """A reply with a month's counts by kind of activity. `before`: the previous month, which is then shown too and
    whose button comes first."""
    this = Choice("a:0:month:0", say(Say.BUTTON_THIS_MONTH))
    last = Choice("a:0:month:1", say(Say.BUTTON_LAST_MONTH))
    if before is None:
        return Reply(lines=_month(shown, rules), rows=((this, last),))
    return Reply(lines=_month(shown, rules) + _month(before, rules), rows=((last, this),))


def _values(activity: LoggedActivity, rules: ActivityRules) -> list[Words]:
    lines = [say(Say.ACTIVITY_LINE, kind=kind_name(activity.kind, rules.get(activity.kind)), when=_when(activity))]
    told = (
        (Say.ACTIVITY_PEOPLE, activity.people),
        (Say.ACTIVITY_HOUSEHOLDS, activity.households),
        (Say.ACTIVITY_COUNT, activity.count),
    )
    lines += [say(key, n=number) for key, number in told if number is not None]
    if activity.result is not None:
        lines.append(say(RESULTS[activity.result]))
    return lines


def _when(activity: LoggedActivity) -> str | Words:
    start = f"{activity.started_at.astimezone(VIETNAM):%H:%M %d/%m}"
    end = f"–{activity.ended_at.astimezone(VIETNAM):%H:%M}" if activity.ended_at is not None else ""
    return say(Say.ACTIVITY_ABOUT, when=start + end) if activity.rough else start + end


def _buttons(activity: LoggedActivity) -> tuple[tuple[Choice, ...], ...]:
    fix = Choice(f"a:{activity.id}:fix", say(Say.BUTTON_FIX))
    delete = Choice(f"a:{activity.id}:delete", say(Say.BUTTON_DELETE))
    photo = Choice(f"a:{activity.id}:photo", say(Say.BUTTON_ADD_PHOTO))
    return ((fix, delete), (photo,))


def _month(shown: GroupMonth, rules: ActivityRules) -> tuple[Words, ...]:
    name = f"{shown.first.month}/{shown.first.year}"
    if shown.is_empty:
        return (say(Say.MONTH_EMPTY, group=shown.group_name, month=name),)
    title = say(Say.MONTH_TITLE, group=shown.group_name, month=name, count=shown.times)
    return (title, *(_of_kind(total, rules) for total in shown.totals))


def _of_kind(total: KindTotal, rules: ActivityRules) -> Words:
    return say(
        Say.MONTH_LINE,
        kind=kind_name(total.kind, rules.get(total.kind)),
        times=total.times,
        people=total.people,
        households=total.households,
        count=total.count,
        succeeded=total.succeeded,
        partly=total.partly,
        failed=total.failed,
    )
