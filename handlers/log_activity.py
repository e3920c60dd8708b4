"""A group leader logs what the group did, sets it right, and sees the month."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.access import Permission, Role, Whose, demand
from core.activity import Activity, ActivityKind, read_activity
from core.calendar import instant, vietnamese_day
from core.conversation.commands import (
    DeleteActivity,
    FixActivity,
    ListActivities,
    LogActivity,
    MonthSummary,
    ShowActivityForm,
)
from core.conversation.person import ConversationState, Step
from core.errors import NotFound
from core.receipts import pairs
from core.replies import Choice, Reply, Words, say
from core.say import Say
from handlers.chat.hearing import Hearing
from storage import activities, tips
from storage.activities import ActivityRow

SHOWN: Final = 5
ASKED_FOR: Final = ("people", "households")
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def show_form(work: Hearing, act: ShowActivityForm) -> list[Reply]:
    """Which kind? The next message tells the rest."""
    buttons = [Choice(f"a:0:kind:{kind.value}", kind_name(kind)) for kind in ActivityKind]
    return [Reply(lines=(say(Say.ACTIVITY_WHICH_KIND),), rows=pairs(buttons))]


def log_activity(work: Hearing, act: LogActivity) -> list[Reply]:
    """Log one activity from a line of words, or from the form's kind and a line."""
    read = _read(act.text, act.kind, work.heard.sent_at) if act.text or not act.kind else None
    if read is None:
        work.state = ConversationState(Step.ACTIVITY, {"kind": act.kind})
        return [Reply(lines=(say(Say.ACTIVITY_UNCLEAR),), wants_answer=True)]
    group = _group(work)
    number = activities.add(work.db, work.context.vault, group, work.me.id, read, act.text, work.now)
    tips.add_media(work.db, work.context.vault, work.heard.channel.value, act.media, work.now, activity_id=number)
    return [_told(work, number, Say.ACTIVITY_LOGGED, read)]


def fix_activity(work: Hearing, act: FixActivity) -> list[Reply]:
    """The words anew, or photos to go with it."""
    row = _own(work, act.activity)
    if act.media:
        tips.add_media(work.db, work.context.vault, work.heard.channel.value, act.media, work.now, activity_id=row.id)
        if not act.text:
            work.state = ConversationState(Step.FIX_ACTIVITY, {"activity": row.id})
            return [Reply(lines=(say(Say.ACTIVITY_PHOTO_KEPT),))]
    read = _read(act.text, row.kind.value, work.heard.sent_at)
    if read is None:
        work.state = ConversationState(Step.FIX_ACTIVITY, {"activity": row.id})
        return [Reply(lines=(say(Say.ACTIVITY_UNCLEAR),), wants_answer=True)]
    activities.change(work.db, work.context.vault, row.id, read, act.text)
    return [_told(work, row.id, Say.ACTIVITY_FIXED, read)]


def delete_activity(work: Hearing, act: DeleteActivity) -> list[Reply]:
    """Take an activity out of the log; it stays marked as deleted, so that a month's figures can be explained."""
    row = _own(work, act.activity)
    activities.delete(work.db, row.id, work.now)
    return [Reply(lines=(say(Say.ACTIVITY_DELETED),))]


def list_activities(work: Hearing, act: ListActivities) -> list[Reply]:
    """One's own latest, each with its buttons."""
    rows = activities.latest(work.db, work.context.vault, work.me.id, SHOWN)
    if not rows:
        return [Reply(lines=(say(Say.NO_ACTIVITIES),))]
    return [
        Reply(
            lines=_lines(row.kind, row.started_at, row.ended_at, row.people, row.households, row.words),
            rows=_buttons(row.id),
        )
        for row in reversed(rows)
    ]


def month_summary(work: Hearing, act: MonthSummary) -> list[Reply]:
    """The group's month in figures, by kind."""
    group = _group(work)
    first = vietnamese_day(work.now).replace(day=1)
    for _ in range(min(act.back, 12)):
        first = (first - timedelta(days=1)).replace(day=1)
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    rows = activities.between(work.db, work.context.vault, group, instant(first), instant(last + timedelta(days=1)))
    name = activities.group_name(work.db, group)
    month = f"{first.month}/{first.year}"
    if not rows:
        return [Reply(lines=(say(Say.MONTH_EMPTY, group=name, month=month),), rows=_month_rows())]
    counted = Counter(row.kind for row in rows)
    lines: list[Words] = [say(Say.MONTH_TITLE, group=name, month=month, count=len(rows))]
    for kind, count in counted.most_common():
        of_kind = [row for row in rows if row.kind is kind]
        lines.append(
            say(
                Say.MONTH_LINE,
                kind=kind_name(kind),
                count=count,
                people=sum(row.people or 0 for row in of_kind),
                households=sum(row.households or 0 for row in of_kind),
            )
        )
    return [Reply(lines=tuple(lines), rows=_month_rows())]


def kind_name(kind: ActivityKind) -> Words:
    """The kind in the reader's language."""
    return say(Say(f"activity-{kind.value}"))


def _read(text: str, kind: str, at: datetime) -> Activity | None:
    read = read_activity(text, at, ActivityKind(kind) if kind else None)
    return replace(read, started_at=read.started_at or at) if read is not None else None


def _group(work: Hearing) -> str:
    group = next((duty.group for duty in work.by.duties if duty.role is Role.LEADER), "")
    demand(work.by.duties, Permission.LOG_ACTIVITY, Whose(group=group or "-"))
    return group


def _own(work: Hearing, number: int) -> ActivityRow:
    row = activities.by_id(work.db, work.context.vault, number)
    if row is None or row.contact_id != work.me.id:
        raise NotFound
    return row


def _told(work: Hearing, number: int, head: Say, read: Activity) -> Reply:
    lines = _lines(read.kind, read.started_at or work.now, read.ended_at, read.people, read.households, "")
    missing = [say(Say(f"activity-missing-{name}")) for name in read.missing if name in ASKED_FOR]
    return Reply(lines=(say(head), *lines, *missing), rows=_buttons(number))


def _lines(
    kind: ActivityKind,
    started: datetime,
    ended: datetime | None,
    people: int | None,
    households: int | None,
    words: str,
) -> tuple[Words, ...]:
    when = _local(started) if ended is None else f"{_local(started)}–{ended.astimezone(VIETNAM):%H:%M}"
    lines = [say(Say.ACTIVITY_LINE, kind=kind_name(kind), when=when)]
    if people is not None:
        lines.append(say(Say.ACTIVITY_PEOPLE, n=people))
    if households is not None:
        lines.append(say(Say.ACTIVITY_HOUSEHOLDS, n=households))
    if words:
        lines.append(say(Say.CARD_SAID, text=words))
    return tuple(lines)


def _buttons(number: int) -> tuple[tuple[Choice, ...], ...]:
    return (
        (Choice(f"a:{number}:fix", say(Say.BUTTON_FIX)), Choice(f"a:{number}:delete", say(Say.BUTTON_DELETE))),
        (Choice(f"a:{number}:photo", say(Say.BUTTON_ADD_PHOTO)),),
    )


def _month_rows() -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("a:0:month:0", say(Say.BUTTON_THIS_MONTH)), Choice("a:0:month:1", say(Say.BUTTON_LAST_MONTH))),)


def _local(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m}"
