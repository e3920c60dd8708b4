"""A group leader's commands, by line or by form. The answers show the activity as it is logged."""

from __future__ import annotations

from core.activity_kinds import kind_of
from core.activity_names import kind_name
from core.conversation.commands import (
    DeleteActivity,
    FixActivity,
    ListActivities,
    LogActivity,
    MonthSummary,
    ShowActivityForm,
)
from core.conversation.person import ConversationState, Step
from core.ids import ActivityId
from core.messages import Media
from core.receipts import pairs
from core.replies import Choice, Reply, say
from core.say import Say
from handlers import fix_activity as fixing
from handlers import log_activity as logs
from handlers import show_activities as showing
from handlers.chat.activity_receipts import listed, month, written
from handlers.chat.hearing import Hearing
from handlers.log_activity import ActivityUnclear, Told


def show_form(work: Hearing, command: ShowActivityForm) -> list[Reply]:
    """Ask for the kind of activity. The next message tells the rest."""
    rules, kinds = work.context.rules.activities, work.context.rules.kinds
    buttons = [Choice(f"a:0:kind:{kind}", kind_name(kind, rules.get(kind))) for kind in kinds.offered]
    return [Reply(lines=(say(Say.ACTIVITY_WHICH_KIND),), rows=pairs(buttons))]


def log_activity(work: Hearing, command: LogActivity) -> list[Reply]:
    """Log an activity, or ask for clearer words."""
    kind = kind_of(command.kind) if command.kind else None
    try:
        done = logs.log_activity(work, work.by, _told(work, command.text, command.media), kind)
    except ActivityUnclear:
        return _ask_again(work, ConversationState(Step.ACTIVITY, {"kind": command.kind}))
    return [written(Say.ACTIVITY_LOGGED, done.activity, done.missing, work.context.rules.activities)]


def fix_activity(work: Hearing, command: FixActivity) -> list[Reply]:
    """Correct an activity. Photos without words are attached to it, and more may follow."""
    activity_id, told = ActivityId(command.activity), _told(work, command.text, command.media)
    again = ConversationState(Step.FIX_ACTIVITY, {"activity": activity_id})
    if told.media and not told.text:
        fixing.add_photos(work, work.by, activity_id, told)
        work.state = again
        return [Reply(lines=(say(Say.ACTIVITY_PHOTO_KEPT),))]
    try:
        done = fixing.fix_activity(work, work.by, activity_id, told)
    except ActivityUnclear:
        return _ask_again(work, again)
    return [written(Say.ACTIVITY_FIXED, done.activity, done.missing, work.context.rules.activities)]


def delete_activity(work: Hearing, command: DeleteActivity) -> list[Reply]:
    """Delete an activity from the log."""
    fixing.delete_activity(work, work.by, ActivityId(command.activity))
    return [Reply(lines=(say(Say.ACTIVITY_DELETED),))]


def list_activities(work: Hearing, command: ListActivities) -> list[Reply]:
    """Show the leader's own latest activities, each with its buttons, the newest last."""
    mine = showing.own_latest(work, work.by)
    if not mine:
        return [Reply(lines=(say(Say.NO_ACTIVITIES),))]
    return [listed(activity, work.context.rules.activities) for activity in reversed(mine)]


def month_summary(work: Hearing, command: MonthSummary) -> list[Reply]:
    """Show the group's month in numbers."""
    summary = showing.sum_up_month(work, work.by, command.back)
    return [month(summary.month, summary.before, work.context.rules.activities)]


def _told(work: Hearing, text: str, media: tuple[Media, ...]) -> Told:
    return Told(text=text, said_at=work.heard.sent_at, channel=work.heard.channel, media=media)


def _ask_again(work: Hearing, state: ConversationState) -> list[Reply]:
    work.state = state
    return [Reply(lines=(say(Say.ACTIVITY_UNCLEAR),), wants_answer=True)]
