"""What a case says of itself, and to whom things belong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access import Duty, Role, Whose
from core.ids import CaseId, Unit
from core.states import Action, State
from core.triage.proposal import Urgency
from tests.core.test_states import CASE


def test_a_thing_belongs_to_nobody_and_a_duty_is_for_nothing_until_somebody_says_so() -> None:
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
def test_a_case_answers_how_it_stands(state: State, open_: bool, waits: bool, worked: bool) -> None:
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
