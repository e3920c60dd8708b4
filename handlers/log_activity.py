"""A group leader logs what the group did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.access import Actor, Permission, groups_for
from core.activity import Activity, missing, read_activity
from core.activity_kinds import WorkKind
from core.activity_log import LoggedActivity, logged
from core.errors import NotFound, Refusal
from core.ids import ActivityId, GroupId
from core.messages import Channel, Media
from core.say import Say
from handlers.work import Work
from storage import activities, tips


class ActivityUnclear(Refusal):
    """Raised when the words do not say what was done."""

    key = Say.ACTIVITY_UNCLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a leader tells of an activity. "Last night" is relative to `said_at` (aware). The `media` are on the servers
    of `channel` and are fetched from there."""

    text: str
    said_at: datetime
    channel: Channel
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """An activity as it is logged now, and the fields that its plan asks for but the leader did not tell."""

    activity: LoggedActivity
    missing: tuple[str, ...]


def log_activity(work: Work, by: Actor, told: Told, kind: WorkKind | None = None) -> Understood:
    """Log one activity from a line of words. `kind` was chosen by button; None: the words tell it.

    Raises `ActivityUnclear`, or `NotFound` for somebody who leads no group."""
    group = own_group(by)
    read = read_activity(told.text, told.said_at, kind, work.context.rules.kinds) if told.text else None
    if read is None:
        raise ActivityUnclear
    new = logged(read, told.text, group=group, logged_by=by.own_chat, said_at=told.said_at)
    written = replace(new, id=activities.add(work.db, work.context.vault, new, work.now))
    keep_media(work, written.id, told)
    return understood(work, written, read)


def own_group(by: Actor) -> GroupId:
    """The group that the actor logs for: of several, the one that they joined first. Raises `NotFound`."""
    groups = groups_for(by.duties, Permission.LOG_ACTIVITY)
    if not groups:
        raise NotFound
    return groups[0]


def keep_media(work: Work, activity_id: ActivityId, told: Told) -> None:
    """Queue the files of an activity to be fetched."""
    tips.add_media(work.db, work.context.vault, told.channel.value, told.media, work.now, activity_id=activity_id)


def understood(work: Work, activity: LoggedActivity, read: Activity) -> Understood:
    """The activity with the fields that its plan asks for and the line did not tell."""
    rule = work.context.rules.activities.get(activity.kind)
    return Understood(activity, missing(read, rule.asks) if rule is not None else ())
