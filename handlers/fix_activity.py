"""A group leader corrects what they logged: tells it again, adds photos, or deletes it."""

from __future__ import annotations

from core.access import Actor, Permission, Whose
from core.activity import read_activity
from core.activity_log import LoggedActivity, corrected
from core.errors import NotFound
from core.ids import ActivityId
from handlers.log_activity import ActivityUnclear, Told, Understood, keep_media, understood
from handlers.work import Work
from storage import activities


def fix_activity(work: Work, by: Actor, activity_id: ActivityId, told: Told) -> Understood:
    """Replace an activity's values by what the new words say, and add the photos that came with them. Its kind stays.

    Raises `ActivityUnclear`, or `NotFound` for somebody else's activity."""
    before = own_activity(work, by, activity_id)
    read = read_activity(told.text, told.said_at, before.kind, work.context.rules.kinds) if told.text else None
    if read is None:
        raise ActivityUnclear
    after = corrected(before, read, told.text)
    activities.save(work.db, work.context.vault, after)
    keep_media(work, after.id, told)
    return understood(work, after, read)


def add_photos(work: Work, by: Actor, activity_id: ActivityId, told: Told) -> None:
    """Add files to an activity. Raises `NotFound` for somebody else's activity."""
    keep_media(work, own_activity(work, by, activity_id).id, told)


def delete_activity(work: Work, by: Actor, activity_id: ActivityId) -> None:
    """Delete an activity. Raises `NotFound` for somebody else's activity."""
    activities.delete(work.db, own_activity(work, by, activity_id).id, work.now)


def own_activity(work: Work, by: Actor, activity_id: ActivityId) -> LoggedActivity:
    """An activity that the actor logged in one of their chats, for a group that they still lead. Raises `NotFound`."""
    found = activities.by_id(work.db, work.context.vault, activity_id)
    if found is None or not by.owns(found.logged_by):
        raise NotFound
    by.demand(Permission.LOG_ACTIVITY, Whose(group=found.group))
    return found
