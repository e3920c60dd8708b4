"""A group leader's view of the log: their own latest activities, and the group's month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.access import Actor, Permission, groups_for
from core.activity_log import GroupMonth, LoggedActivity, totals
from core.calendar import add_months, instant, vietnamese_day
from core.errors import NotFound
from core.ids import GroupId
from handlers.log_activity import own_group
from handlers.work import Work
from storage import activities, groups

LISTED: Final = 5
FIRST_DAYS: Final = 5
"""Days at the start of a month in which people still mean the previous month."""
MONTHS_BACK: Final = 12


@dataclass(frozen=True, slots=True)
class MonthOverview:
    """A group's month. `before` is the previous month, to be shown too: set in a month's first days, while nothing is
    logged for this month but something is for the previous one."""

    month: GroupMonth
    before: GroupMonth | None = None


def own_latest(work: Work, by: Actor) -> Sequence[LoggedActivity]:
    """The latest activities that the actor logged in any of their chats for groups that they lead, the newest first."""
    mine = groups_for(by.duties, Permission.LOG_ACTIVITY)
    return activities.latest(work.db, work.context.vault, logged_by=by.chats, groups=mine, most=LISTED)


def sum_up_month(work: Work, by: Actor, back: int = 0) -> MonthOverview:
    """Sum up a month of the group that the actor leads: this month, or `back` months before. An activity belongs to the
    month in which it began, in Vietnamese time. Raises `NotFound` for somebody who leads no group."""
    group = own_group(by)
    today = vietnamese_day(work.now)
    month = _month(work, group, add_months(today.replace(day=1), -min(max(back, 0), MONTHS_BACK)))
    if back == 0 and month.is_empty and today.day <= FIRST_DAYS:
        before = _month(work, group, add_months(month.first, -1))
        return MonthOverview(month, None if before.is_empty else before)
    return MonthOverview(month)


def _month(work: Work, group_id: GroupId, first: date) -> GroupMonth:
    group = groups.by_id(work.db, group_id)
    if group is None:
        raise NotFound
    end = add_months(first, 1)
    logged = activities.between(work.db, work.context.vault, group_id, instant(first), instant(end))
    return GroupMonth(group_name=group.name, first=first, totals=totals(logged))
