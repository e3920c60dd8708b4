"""The messages and buttons of a group leader about the group's work. Others are handled like a resident's."""

from __future__ import annotations

from datetime import datetime

from core.activity import read_activity
from core.activity_kinds import Kinds
from core.conversation.button_ids import id_in
from core.conversation.commands import (
    DeleteActivity,
    FixActivity,
    ListActivities,
    LogActivity,
    MonthSummary,
    ShowActivityForm,
)
from core.conversation.person import ConversationState, Person, Step
from core.conversation.turn import Turn, do, reply
from core.messages import Inbound
from core.replies import Choice, Reply, say
from core.say import Say


def says(person: Person, state: ConversationState, heard: Inbound, now: datetime, kinds: Kinds) -> Turn | None:
    """What words or photos of a leader ask for; None when they are not about an activity."""
    if state.step is Step.ACTIVITY:
        return do(LogActivity(text=heard.text, kind=str(state.draft.get("kind", "")), media=heard.media))
    if state.step is Step.FIX_ACTIVITY and (heard.text or heard.media):
        return do(FixActivity(activity=int(state.draft["activity"]), text=heard.text, media=heard.media))
    return logs(heard, kinds)


def logs(heard: Inbound, kinds: Kinds) -> Turn | None:
    """What one line asks for that says it all ("a patrol, three people, 22h to 1h"); None for any other."""
    if heard.text and read_activity(heard.text, heard.sent_at, kinds=kinds) is not None:
        return do(LogActivity(text=heard.text, media=heard.media))
    return None


def presses(person: Person, rest: str, kinds: Kinds) -> Turn | None:
    """What a button of an activity or of the form asks for: `<activity>:<verb>` or `0:kind:<kind>`; None for one that
    means nothing."""
    id_part, _, verb_and = rest.partition(":")
    verb, _, argument = verb_and.partition(":")
    activity = id_in(id_part)
    if activity is None:
        return None
    match verb:
        case "kind" if argument in kinds.offered:
            return reply(
                Reply(lines=(say(Say.ACTIVITY_TELL),), wants_answer=True),
                then=ConversationState(Step.ACTIVITY, {"kind": argument}),
            )
        case "fix":
            return reply(
                Reply(lines=(say(Say.ACTIVITY_TELL_AGAIN),), wants_answer=True),
                then=ConversationState(Step.FIX_ACTIVITY, {"activity": activity}),
            )
        case "photo":
            return reply(
                Reply(lines=(say(Say.ACTIVITY_SEND_PHOTO),)),
                then=ConversationState(Step.FIX_ACTIVITY, {"activity": activity}),
            )
        case "delete":
            return reply(_sure(activity), then=None)
        case "delete!":
            return do(DeleteActivity(activity))
        case "form":
            return do(ShowActivityForm())
        case "list":
            return do(ListActivities())
        case "month":
            return do(MonthSummary(1 if argument == "1" else 0))
    return None


def _sure(activity: int) -> Reply:
    yes = Choice(f"a:{activity}:delete!", say(Say.BUTTON_DELETE_YES))
    no = Choice(f"a:{activity}:list", say(Say.BUTTON_KEEP))
    return Reply(lines=(say(Say.ACTIVITY_DELETE_SURE),), rows=((yes, no),))
