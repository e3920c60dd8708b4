"""What a step asks to be done. Each is done by the handler of the same name, in the message's own transaction."""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import Language, Media, Place
from core.states import Outcome
from core.triage.proposal import Category, Proposal, Urgency


class Act:
    """The base of all acts."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTip(Act):
    """A new tip, with what triage proposes (None for media or a place without words)."""

    text: str
    proposal: Proposal | None
    place: Place | None = None
    media: tuple[Media, ...] = ()
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToTip(Act):
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
class CorrectTip(Act):
    """The reporter sets right what we understood."""

    tip: int
    category: Category | None = None
    urgency: Urgency | None = None
    commune: str = ""


@dataclass(frozen=True, slots=True)
class TipMenu(Act):
    """Show a menu of a tip: `fixcat`, `cats`, `fixplace`, `fixurg`, `withdraw`, `contact`, `ok`, `add`, `keep`."""

    tip: int
    menu: str


@dataclass(frozen=True, slots=True)
class SplitTip(Act):
    """The last addition was another matter: make a tip of its own of it."""

    tip: int


@dataclass(frozen=True, slots=True)
class LetContact(Act):
    """May the police see how to reach the reporter? `by` are his own words; None takes the permission back."""

    tip: int
    by: str | None


@dataclass(frozen=True, slots=True)
class WithdrawTip(Act):
    """The reporter takes his tip back."""

    tip: int


@dataclass(frozen=True, slots=True)
class ShowTip(Act):
    """The state of the tip with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class ShowMyTips(Act):
    """The reporter's own latest tips."""


@dataclass(frozen=True, slots=True)
class SetLanguage(Act):
    language: Language


@dataclass(frozen=True, slots=True)
class SetCommune(Act):
    """A QR poster told where the person is."""

    commune: str


@dataclass(frozen=True, slots=True)
class UseInvite(Act):
    """Join with a one-time invite, `o_…` (police, committee) or `g_…` (group leader)."""

    payload: str


@dataclass(frozen=True, slots=True)
class LeaveDuty(Act):
    """Give one's roles back."""


@dataclass(frozen=True, slots=True)
class SetReachable(Act):
    reachable: bool


@dataclass(frozen=True, slots=True)
class MoveChat(Act):
    """The chat has another address now."""

    to: str


@dataclass(frozen=True, slots=True)
class ShowCases(Act):
    """The officer's open cases."""


@dataclass(frozen=True, slots=True)
class GoOnDuty(Act):
    on: bool


@dataclass(frozen=True, slots=True)
class CaseMenu(Act):
    """Show a menu of a case: `close`, `ask`, `notours`, `fix`, `same`."""

    case: int
    menu: str


@dataclass(frozen=True, slots=True)
class TakeCase(Act):
    case: int


@dataclass(frozen=True, slots=True)
class AskReporter(Act):
    """Put a question to the reporter: a ready one by number, or the officer's words."""

    case: int
    words: str = ""
    ready: int | None = None


@dataclass(frozen=True, slots=True)
class PassOn(Act):
    """Not ours. `to` are the officer's words for the commune; "" gives it to the province's desk."""

    case: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class CloseCase(Act):
    case: int
    outcome: Outcome
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class SameCase(Act):
    """Whether two cases that look alike are one event, as the officer sees it."""

    case: int
    other: int
    same: bool


@dataclass(frozen=True, slots=True)
class ReopenCase(Act):
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectCase(Act):
    """An officer sets right what was understood; it is kept as an example to learn from."""

    case: int
    category: Category | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogActivity(Act):
    """A group leader tells what was done. `kind` was chosen by button, or is told by the words."""

    text: str
    kind: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowActivityForm(Act):
    """Which kind of activity? By button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixActivity(Act):
    """The words of an activity anew, or more photos for it."""

    activity: int
    text: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class DeleteActivity(Act):
    activity: int


@dataclass(frozen=True, slots=True)
class ListActivities(Act):
    pass


@dataclass(frozen=True, slots=True)
class MonthSummary(Act):
    """The group's month: 0 this one, 1 the one before."""

    back: int = 0


@dataclass(frozen=True, slots=True)
class AskPolice(Act):
    """A question for the officer on duty; no case is made."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowQuestion(Act):
    """An officer wants to answer this question."""

    question: int


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Act):
    """An officer's answer; or his word that this should be told as a tip."""

    question: int
    words: str
    may_be_tip: bool = False


@dataclass(frozen=True, slots=True)
class MakeLink(Act):
    """A one-time code to link another chat of the same person."""


@dataclass(frozen=True, slots=True)
class UseLink(Act):
    """Link this chat with the one that the code came from."""

    code: str


@dataclass(frozen=True, slots=True)
class PreferChat(Act):
    """Tell me there from now on: one of my own chats."""

    contact: int


@dataclass(frozen=True, slots=True)
class Unlink(Act):
    """This chat stands alone again."""


@dataclass(frozen=True, slots=True)
class SubmitReport(Act):
    """A report obligation was met."""

    obligation: int
