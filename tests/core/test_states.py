"""The moves of a case: the whole table, as a chief would read it."""

from __future__ import annotations

import pytest

from core.say import Say
from core.states import (
    FIRST,
    OPEN,
    Action,
    MoveNotAllowed,
    Stale,
    State,
    advance,
    is_open,
    is_withdrawn,
    possible,
    waits_for_taker,
)

TABLE = """
           new        taken   closed  withdrawn
take       taken      -       -       taken
ask        -          taken   -       -
add        new        taken   closed  withdrawn
correct    new        taken   -       -
reroute    new        -       -       -
pass_on    new        new     -       -
escalate   new        -       -       -
close      -          closed  -       -
reopen     -          -       taken   -
withdraw   withdrawn  taken   -       -
"""


def cells() -> list[tuple[State, Action, State | None]]:
    """The table's cells: the state before, what happens, the state after (None: it cannot happen)."""
    first, *lines = (line.split() for line in TABLE.strip().splitlines())
    return [
        (State(before), Action(line[0]), None if after == "-" else State(after))
        for line in lines
        for before, after in zip(first, line[1:], strict=True)
    ]


def test_the_table_has_every_state_and_every_action() -> None:
    assert {(before, action) for before, action, _ in cells()} == {
        (state, action) for state in State for action in Action
    }


@pytest.mark.parametrize(("before", "action", "after"), cells())
def test_a_case_moves_as_the_table_says_or_not_at_all(before: State, action: Action, after: State | None) -> None:
    assert (action in possible(before)) is (after is not None)
    if after is not None:
        assert advance(before, action) is after
    else:
        with pytest.raises(MoveNotAllowed):
            advance(before, action)


@pytest.mark.parametrize(
    ("state", "open_", "waits", "withdrawn"),
    [
        (State.NEW, True, True, False),
        (State.TAKEN, True, False, False),
        (State.CLOSED, False, False, False),
        (State.WITHDRAWN, False, False, True),
    ],
)
def test_each_state_answers_what_is_asked_of_it(state: State, open_: bool, waits: bool, withdrawn: bool) -> None:
    assert (is_open(state), waits_for_taker(state), is_withdrawn(state)) == (open_, waits, withdrawn)
    assert (state in OPEN) is open_


def test_a_case_begins_new_and_who_comes_too_late_is_told_that_it_has_moved_on() -> None:
    assert FIRST is State.NEW
    assert MoveNotAllowed.key is Say.CASE_MOVED_ON
    assert issubclass(Stale, MoveNotAllowed)
