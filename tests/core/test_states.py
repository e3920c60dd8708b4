"""The table of moves, held against what the plans and the law say in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.case import NOTHING, Case, Change, after
from core.ids import CaseId, ContactId, Unit
from core.states import (
    MOVES,
    Action,
    MoveNotAllowed,
    Outcome,
    State,
    advance,
    is_open,
    is_withdrawn,
    possible,
    waits_for_taker,
)
from core.triage.proposal import Category, Urgency
from tests.conftest import NOW

# Written down by hand, not read from the table: what each state allows, and where it leads.
EXPECTED = {
    "new": {
        "take": "taken",
        "add": "new",
        "correct": "new",
        "reroute": "new",
        "pass_on": "new",
        "escalate": "new",
        "withdraw": "withdrawn",
    },
    "taken": {
        "ask": "taken",
        "add": "taken",
        "correct": "taken",
        "pass_on": "new",
        "close": "closed",
        # What was taken up is the law's matter: it stays with the officer, who decides.
        "withdraw": "taken",
    },
    "closed": {"reopen": "taken", "add": "closed"},
    "withdrawn": {"take": "taken", "add": "withdrawn"},
}
CASE = Case(
    id=CaseId(1),
    unit=Unit("07795"),
    province=Unit("24"),
    state=State.NEW,
    category=Category.FRAUD,
    urgency=Urgency.NORMAL,
    commune=Unit("07795"),
    received_at=NOW,
    opened_at=NOW,
)
AN = ContactId(7)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_a_state_allows_what_it_should_and_refuses_the_rest(state: State, action: Action) -> None:
    leads_to = EXPECTED[state.value].get(action.value)
    if leads_to is None:
        assert action not in possible(state)
        with pytest.raises(MoveNotAllowed):
            advance(state, action)
    else:
        assert action in possible(state) and advance(state, action) == State(leads_to)


def test_every_state_is_a_row_and_can_be_left() -> None:
    assert set(EXPECTED) == {state.value for state in State}
    for state in State:
        assert any(move is not state for (before, _), move in MOVES.items() if before is state), state


def test_what_a_state_means() -> None:
    assert [state for state in State if is_open(state)] == [State.NEW, State.TAKEN]
    assert [state for state in State if waits_for_taker(state)] == [State.NEW]
    assert [state for state in State if is_withdrawn(state)] == [State.WITHDRAWN]


def test_taking_and_reopening_make_an_owner_and_passing_on_takes_them_away() -> None:
    taken = after(CASE, Action.TAKE, NOTHING, by=AN, now=LATER)
    assert (taken.owner, taken.taken_at, taken.is_worked) == (AN, LATER, True)
    passed = after(taken, Action.PASS_ON, Change(unit=Unit("24")), by=AN, now=LATER)
    assert (passed.unit, passed.province, passed.owner, passed.taken_at) == ("24", "24", None, None)
    assert (passed.level, passed.routed, passed.opened_at) == (0, 1, LATER)
    closed = after(taken, Action.CLOSE, Change(outcome=Outcome.HANDLED), by=AN, now=LATER)
    assert (closed.outcome, closed.closed_at, closed.is_open) == (Outcome.HANDLED, LATER, False)
    again = after(closed, Action.REOPEN, NOTHING, by=ContactId(8), now=LATER)
    assert (again.owner, again.outcome, again.closed_at) == (8, None, None)


def test_what_joined_another_case_is_not_reopened() -> None:
    joined = replace(CASE, state=State.CLOSED, merged_into=CaseId(2))
    with pytest.raises(MoveNotAllowed):
        after(joined, Action.REOPEN, NOTHING, by=AN, now=LATER)


def test_a_case_alerts_again_only_when_it_becomes_an_emergency() -> None:
    emergency = after(CASE, Action.CORRECT, Change(urgency=Urgency.EMERGENCY), by=AN, now=LATER)
    assert emergency.routed == CASE.routed + 1
    assert after(emergency, Action.CORRECT, Change(category=Category.DRUGS), by=AN, now=LATER).routed == 1
    assert after(CASE, Action.CORRECT, Change(urgency=Urgency.URGENT), by=AN, now=LATER).routed == 0


def test_escalating_climbs_a_level_or_to_the_one_that_is_named() -> None:
    assert after(CASE, Action.ESCALATE, NOTHING, by=None, now=LATER).level == 1
    assert after(CASE, Action.ESCALATE, Change(level=2), by=None, now=LATER).level == 2


@given(
    st.sampled_from(list(State)),
    st.sampled_from(list(Action)),
    st.sampled_from(list(Urgency)),
    st.one_of(st.none(), st.sampled_from(list(Category))),
)
def test_every_move_is_a_new_version_and_changes_nothing_that_it_does_not_name(
    state: State, action: Action, urgency: Urgency, category: Category | None
) -> None:
    case = replace(CASE, state=state)
    try:
        moved = after(case, action, Change(urgency=urgency, category=category), by=AN, now=LATER)
    except MoveNotAllowed:
        assert action.value not in EXPECTED[state.value]
        return
    assert moved.version == case.version + 1 and moved.received_at == case.received_at and moved.id == case.id
    if action not in (Action.CORRECT, Action.REROUTE, Action.PASS_ON):
        assert (moved.category, moved.urgency, moved.commune) == (case.category, case.urgency, case.commune)
        assert (moved.unit, moved.routed) == (case.unit, case.routed)
