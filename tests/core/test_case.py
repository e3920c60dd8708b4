"""What a case says of itself, and to whom things belong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import SYSTEM, Actor, Duty, Permission, Role, Whose, roles_with
from core.case import Change, after
from core.errors import NotFound
from core.ids import CaseId, ContactId, Unit
from core.say import Say
from core.states import Action, MoveNotAllowed, State
from core.triage.proposal import Category, Urgency
from tests.conftest import NOW
from tests.core.test_states import CASE


def test_by_default_an_object_belongs_to_nobody_and_a_duty_to_no_group() -> None:
    assert Whose() == Whose(unit="", province="", level=0, group="")
    assert Duty(Role.OFFICER) == Duty(Role.OFFICER, unit=Unit(""), on_duty=True)
    assert Duty(Role.OFFICER).group == ""


@pytest.mark.parametrize(("level", "with_province"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_case_is_its_units_and_from_the_second_level_on_the_provinces_too(level: int, with_province: bool) -> None:
    case = replace(CASE, level=level)
    assert case.whose == Whose(unit=CASE.unit, province=CASE.province, level=level)
    assert case.is_with_province is with_province


@pytest.mark.parametrize(
    ("state", "open_", "waits", "worked"),
    [
        (State.NEW, True, True, False),
        (State.TAKEN, True, False, True),
        (State.CLOSED, False, False, False),
        (State.WITHDRAWN, False, False, False),
    ],
)
def test_a_case_tells_what_its_state_means(state: State, open_: bool, waits: bool, worked: bool) -> None:
    case = replace(CASE, state=state)
    assert (case.is_open, case.waits_for_taker, case.is_worked) == (open_, waits, worked)


def test_a_case_allows_what_the_table_has_for_its_state() -> None:
    assert CASE.allows(Action.TAKE)
    assert not CASE.allows(Action.CLOSE)
    assert replace(CASE, state=State.TAKEN).allows(Action.CLOSE)


def test_a_case_knows_whether_it_is_an_emergency_and_whether_it_goes_on_as_another() -> None:
    assert [replace(CASE, urgency=urgency).is_emergency for urgency in Urgency] == [
        urgency is Urgency.EMERGENCY for urgency in Urgency
    ]
    assert not CASE.has_joined_another
    assert replace(CASE, merged_into=CaseId(2)).has_joined_another


@pytest.mark.parametrize(("action", "state"), [(Action.PASS_ON, State.NEW), (Action.REROUTE, State.NEW)])
def test_a_case_that_is_passed_on_starts_again_and_keeps_the_other_values(action: Action, state: State) -> None:
    worked = replace(CASE, state=state, level=2, routed=1, owner=ContactId(3), taken_at=NOW, opened_at=NOW)
    later = NOW + timedelta(hours=1)
    moved = after(worked, action, Change(unit=Unit("24"), category=Category.DRUGS), by=ContactId(4), now=later)
    assert (moved.unit, moved.province, moved.category) == ("24", CASE.province, Category.DRUGS)
    assert (moved.owner, moved.taken_at, moved.level, moved.routed, moved.opened_at) == (None, None, 0, 2, later)
    stays = after(worked, action, Change(province=Unit("75")), by=None, now=later)
    assert (stays.unit, stays.province, stays.category) == (CASE.unit, "75", CASE.category)


def test_only_a_taken_case_that_is_still_open_is_worked() -> None:
    assert [replace(CASE, state=state).is_worked for state in State] == [state is State.TAKEN for state in State]


def test_a_case_begins_at_the_first_level_unrouted_and_unchanged_and_an_old_button_is_told_so() -> None:
    assert (CASE.level, CASE.routed, CASE.version) == (0, 0, 0)
    assert MoveNotAllowed.key is Say.CASE_MOVED_ON


def test_a_correction_changes_what_it_names_and_leaves_the_rest() -> None:
    everything = Change(commune=Unit("07777"), category=Category.DRUGS, urgency=Urgency.URGENT)
    corrected = after(CASE, Action.CORRECT, everything, by=None, now=NOW)
    assert (corrected.commune, corrected.category, corrected.urgency) == ("07777", Category.DRUGS, Urgency.URGENT)
    untouched = after(corrected, Action.CORRECT, Change(), by=None, now=NOW)
    assert replace(untouched, version=corrected.version) == corrected


def test_who_acts_from_no_chat_has_none_of_their_own() -> None:
    assert Actor(ContactId(7)).own_chat == 7
    with pytest.raises(NotFound):
        _ = SYSTEM.own_chat


def test_the_roles_with_a_permission_are_those_of_the_table() -> None:
    assert roles_with(Permission.LOG_ACTIVITY) == {Role.LEADER}
    assert roles_with(Permission.SEE_CASE) == {Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT}
