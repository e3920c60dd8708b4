"""The states of a case, as a table: buttons are drawn from it, a test walks it, a chief can read it."""

from __future__ import annotations

from enum import StrEnum

from core.errors import Refusal
from core.say import Say


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"
    TAKEN = "taken"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What may be done with a case."""

    TAKE = "take"
    ASK = "ask"
    PASS_ON = "pass_on"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    CORRECT = "correct"


class Outcome(StrEnum):
    """How a case ended."""

    HANDLED = "handled"
    HANDED_OVER = "handed_over"
    UNFOUNDED = "unfounded"
    DUPLICATE = "duplicate"


MOVES: dict[tuple[State, Action], State] = {
    (State.NEW, Action.TAKE): State.TAKEN,
    (State.NEW, Action.PASS_ON): State.NEW,
    (State.NEW, Action.WITHDRAW): State.WITHDRAWN,
    (State.NEW, Action.CORRECT): State.NEW,
    (State.TAKEN, Action.ASK): State.TAKEN,
    (State.TAKEN, Action.PASS_ON): State.NEW,
    (State.TAKEN, Action.CLOSE): State.CLOSED,
    (State.TAKEN, Action.CORRECT): State.TAKEN,
    # What was taken up is the law's matter now: a withdrawal is told to the officer, and he decides.
    (State.TAKEN, Action.WITHDRAW): State.TAKEN,
    (State.CLOSED, Action.REOPEN): State.TAKEN,
    # The police may look into a withdrawn tip of their own accord.
    (State.WITHDRAWN, Action.TAKE): State.TAKEN,
}

OPEN = frozenset({State.NEW, State.TAKEN})


class MoveNotAllowed(Refusal):
    """The case is not in a state for this: somebody was quicker, or the button is old."""

    key = Say.CASE_MOVED_ON


def advance(state: State, action: Action) -> State:
    """The state after an action. Raises `MoveNotAllowed`."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise MoveNotAllowed from None


def possible(state: State) -> tuple[Action, ...]:
    """What can be done from here, in the order of the table."""
    return tuple(action for (before, action) in MOVES if before is state)
