"""The states of a case and the moves between them, as a table. The cards' buttons are made from it.

No other file compares a case with a single state; it asks the case (`core.case.Case.is_open`, …). So a new state is a
row here and a value for each of these questions."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from core.errors import Refusal
from core.say import Say


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"
    TAKEN = "taken"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What may happen to a case."""

    TAKE = "take"
    ASK = "ask"
    ADD = "add"
    """The reporter added something, or a similar case was found or ruled out."""
    CORRECT = "correct"
    """It is about something else, or somewhere else, than was understood."""
    REROUTE = "reroute"
    """What was understood changed so that another unit must have it."""
    PASS_ON = "pass_on"
    """An officer says that another unit must have it."""
    ESCALATE = "escalate"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


class Outcome(StrEnum):
    """How a case ended."""

    HANDLED = "handled"
    HANDED_OVER = "handed_over"
    UNFOUNDED = "unfounded"
    DUPLICATE = "duplicate"


MOVES: Final[dict[tuple[State, Action], State]] = {
    (State.NEW, Action.TAKE): State.TAKEN,
    (State.NEW, Action.ADD): State.NEW,
    (State.NEW, Action.CORRECT): State.NEW,
    (State.NEW, Action.REROUTE): State.NEW,
    (State.NEW, Action.PASS_ON): State.NEW,
    (State.NEW, Action.ESCALATE): State.NEW,
    (State.NEW, Action.WITHDRAW): State.WITHDRAWN,
    (State.TAKEN, Action.ASK): State.TAKEN,
    (State.TAKEN, Action.ADD): State.TAKEN,
    (State.TAKEN, Action.CORRECT): State.TAKEN,
    (State.TAKEN, Action.PASS_ON): State.NEW,
    (State.TAKEN, Action.CLOSE): State.CLOSED,
    # A case that was taken follows the law: a withdrawal is told to the officer, who decides.
    (State.TAKEN, Action.WITHDRAW): State.TAKEN,
    (State.CLOSED, Action.REOPEN): State.TAKEN,
    (State.CLOSED, Action.ADD): State.CLOSED,
    # The police may look into a withdrawn tip of their own accord.
    (State.WITHDRAWN, Action.TAKE): State.TAKEN,
    (State.WITHDRAWN, Action.ADD): State.WITHDRAWN,
}

ONE_PRESS: Final = frozenset({Action.REOPEN})
"""Actions that a button does at once: nothing more need be said. The button's words are `button-<action>`."""
AUDITED_AS: Final = {
    Action.TAKE: "taken",
    Action.ASK: "asked",
    Action.ADD: "added",
    Action.CORRECT: "corrected",
    Action.REROUTE: "rerouted",
    Action.PASS_ON: "passed_on",
    Action.ESCALATE: "escalated",
    Action.CLOSE: "closed",
    Action.REOPEN: "reopened",
    Action.WITHDRAW: "withdrawn",
}
"""What each action is called in the audit log."""
OPEN: Final = frozenset({State.NEW, State.TAKEN})
FIRST: Final = State.NEW
"""The state of a case that has just come in."""


class MoveNotAllowed(Refusal):
    """The case's state does not allow this action: somebody else acted first, or the button is old."""

    key = Say.CASE_MOVED_ON


class Stale(MoveNotAllowed):
    """Somebody else has changed the case since it was read: look again."""


def advance(state: State, action: Action) -> State:
    """The state after an action. Raises `MoveNotAllowed`."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise MoveNotAllowed from None


def possible(state: State) -> tuple[Action, ...]:
    """What can be done from here, in the order of the table."""
    return tuple(action for (before, action) in MOVES if before is state)


def is_open(state: State) -> bool:
    """Somebody must still do something."""
    return state in OPEN


def waits_for_taker(state: State) -> bool:
    """Nobody has taken it yet."""
    return state is State.NEW


def is_withdrawn(state: State) -> bool:
    """The reporters took it back before anybody had taken it."""
    return state is State.WITHDRAWN
