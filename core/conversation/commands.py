"""What a conversation step asks to be done. A handler runs each command in the transaction of the message."""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import Language, Media, Place
from core.states import Action, Outcome
from core.triage.proposal import Category, Proposal, Urgency


class Command:
    """The base of all commands."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTip(Command):
    """A new tip, with what triage proposes (None for media or a place without words)."""

    text: str
    proposal: Proposal | None
    place: Place | None = None
    media: tuple[Media, ...] = ()
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToTip(Command):
    """More of the same tip. `answer` marks the answer to a question of the police, `quiet` asks for no reply."""

    tip: int
    text: str = ""
    proposal: Proposal | None = None
    place: Place | None = None
    media: tuple[Media, ...] = ()
    answer: bool = False
    quiet: bool = False
    asked_where: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectTip(Command):
    """The reporter sets right what we understood."""

    tip: int
    category: Category | None = None
    urgency: Urgency | None = None
    commune: str = ""


@dataclass(frozen=True, slots=True)
class TipMenu(Command):
    """Show a menu of a tip: `fixcat`, `cats`, `fixplace`, `fixurg`, `withdraw`, `contact`, `ok`, `add`, `keep`."""

    tip: int
    menu: str


@dataclass(frozen=True, slots=True)
class SplitTip(Command):
    """Move the last addition out of its tip into a new tip, because it was about something else."""

    tip: int


@dataclass(frozen=True, slots=True)
class LetContact(Command):
    """Let the police see how to reach the reporter. `by` are the reporter's words; None withdraws the permission."""

    tip: int
    by: str | None


@dataclass(frozen=True, slots=True)
class WithdrawTip(Command):
    """The reporter withdraws their tip."""

    tip: int


@dataclass(frozen=True, slots=True)
class ShowTip(Command):
    """Show the state of the tip with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class ShowMyTips(Command):
    """Show the reporter's own latest tips."""


@dataclass(frozen=True, slots=True)
class SetLanguage(Command):
    language: Language


@dataclass(frozen=True, slots=True)
class SetCommune(Command):
    """A QR poster told where the person is."""

    commune: str


@dataclass(frozen=True, slots=True)
class UseInvite(Command):
    """Join with a one-time invite, `o_…` (police, committee) or `g_…` (group leader)."""

    payload: str


@dataclass(frozen=True, slots=True)
class LeaveDuty(Command):
    """Give up all roles."""


@dataclass(frozen=True, slots=True)
class SetReachable(Command):
    reachable: bool


@dataclass(frozen=True, slots=True)
class MoveChat(Command):
    """The chat has another address now."""

    to: str


@dataclass(frozen=True, slots=True)
class ShowCases(Command):
    """Show the open cases of the officer's units."""


@dataclass(frozen=True, slots=True)
class GoOnDuty(Command):
    on: bool


@dataclass(frozen=True, slots=True)
class CaseMenu(Command):
    """Show a menu of a case: `close`, `ask`, `notours`, `fix`, `same`."""

    case: int
    menu: str


@dataclass(frozen=True, slots=True)
class TakeCase(Command):
    case: int


@dataclass(frozen=True, slots=True)
class AskReporter(Command):
    """Put a question to the reporter: a ready one by its index, or the officer's words."""

    case: int
    words: str = ""
    ready: int | None = None


@dataclass(frozen=True, slots=True)
class PassOn(Command):
    """Give the case to another unit. `to` are the officer's words for the commune; "" means the province."""

    case: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class CloseCase(Command):
    case: int
    outcome: Outcome
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class SameCase(Command):
    """Whether two cases that look alike are one event, as the officer sees it."""

    case: int
    other: int
    same: bool


@dataclass(frozen=True, slots=True)
class ActOnCase(Command):
    """Do what one press says (`core.states.ONE_PRESS`): reopen a case, say."""

    case: int
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectCase(Command):
    """An officer sets right what was understood; it is kept as an example to learn from."""

    case: int
    category: Category | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogActivity(Command):
    """A group leader tells what was done. `kind` was chosen by button, or is told by the words."""

    text: str
    kind: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowActivityForm(Command):
    """Which kind of activity? By button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixActivity(Command):
    """Replace the words of an activity, or add photos to it."""

    activity: int
    text: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class DeleteActivity(Command):
    activity: int


@dataclass(frozen=True, slots=True)
class ListActivities(Command):
    pass


@dataclass(frozen=True, slots=True)
class MonthSummary(Command):
    """The group's month: 0 this one, 1 the one before."""

    back: int = 0


@dataclass(frozen=True, slots=True)
class AskPolice(Command):
    """A question for the officer on duty; no case is made."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowQuestion(Command):
    """An officer wants to answer this question."""

    question: int


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Command):
    """An officer's answer, or their reply that the question should be reported as a tip."""

    question: int
    words: str
    may_be_tip: bool = False


@dataclass(frozen=True, slots=True)
class MakeLink(Command):
    """A one-time code to link another chat of the same person."""


@dataclass(frozen=True, slots=True)
class UseLink(Command):
    """Link this chat with the one that the code came from."""

    code: str


@dataclass(frozen=True, slots=True)
class PreferChat(Command):
    """Send this person's messages to another of their own chats from now on."""

    contact: int


@dataclass(frozen=True, slots=True)
class Unlink(Command):
    """Unlink this chat from the person's other chats."""


@dataclass(frozen=True, slots=True)
class SubmitReport(Command):
    """A report obligation was met."""

    obligation: int
