"""Who may do what: the whole table, as a chief would read it, and every relation between a duty and a thing."""

from __future__ import annotations

import pytest

from core.access import (
    SYSTEM,
    Actor,
    Duty,
    Permission,
    Role,
    Whose,
    demand,
    groups_for,
    holds,
    may,
    units_for,
)
from core.errors import NotFound
from core.ids import ContactId, GroupId, Unit

TABLE = """
                 officer  commander  unit_chat  leader  committee  operator
see_case         yes      yes        yes        -       -          -
work_case        yes      yes        -          -       -          -
answer_question  yes      yes        -          -       -          -
keep_duty        yes      yes        -          -       -          -
log_activity     -        -          -          yes     -          -
submit_report    yes      yes        -          yes     yes        -
"""

NENH, NEIGHBOUR, PROVINCE, ELSEWHERE = Unit("07795"), Unit("07777"), Unit("24"), Unit("75")
GUARDS, OTHERS = GroupId("guards"), GroupId("others")
HERS = Whose(unit=NENH, province=PROVINCE)


def cells() -> list[tuple[Role, Permission, bool]]:
    """The table's cells."""
    first, *lines = (line.split() for line in TABLE.strip().splitlines())
    return [
        (Role(role), Permission(line[0]), cell == "yes")
        for line in lines
        for role, cell in zip(first, line[1:], strict=True)
    ]


def test_the_table_has_every_role_and_every_permission() -> None:
    assert {(role, permission) for role, permission, _ in cells()} == {
        (role, permission) for role in Role for permission in Permission
    }


@pytest.mark.parametrize(("role", "permission", "allowed"), cells())
def test_a_duty_allows_what_the_table_says_and_nothing_else(role: Role, permission: Permission, allowed: bool) -> None:
    duties = [Duty(role, NENH, GUARDS)]
    assert may(duties, permission, HERS) is allowed
    assert holds(duties, permission) is allowed
    assert units_for(duties, permission) == ({NENH} if allowed else set())
    assert groups_for(duties, permission) == ((GUARDS,) if allowed else ())


@pytest.mark.parametrize(
    ("unit", "level", "covered"),
    [
        (NENH, 0, True),
        (NENH, 2, True),
        (NEIGHBOUR, 0, False),
        (NEIGHBOUR, 9, False),
        (PROVINCE, 0, False),
        (PROVINCE, 1, False),
        (PROVINCE, 2, True),
        (PROVINCE, 3, True),
        (ELSEWHERE, 2, False),
        (Unit(""), 2, False),
    ],
)
def test_a_case_is_its_units_and_from_the_second_level_on_its_provinces_too(
    unit: Unit, level: int, covered: bool
) -> None:
    whose = Whose(unit=NENH, province=PROVINCE, level=level)
    assert may([Duty(Role.COMMANDER, unit)], Permission.WORK_CASE, whose) is covered


def test_a_duty_without_a_unit_covers_nothing_even_where_no_unit_is_known() -> None:
    assert not may([Duty(Role.OFFICER)], Permission.SEE_CASE, Whose())
    assert not may([Duty(Role.OFFICER)], Permission.SEE_CASE, Whose(level=2))


def test_what_a_group_did_is_its_own_leaders_even_within_one_unit() -> None:
    guards = Whose(unit=NENH, group=GUARDS)
    assert may([Duty(Role.LEADER, NENH, GUARDS)], Permission.LOG_ACTIVITY, guards)
    assert not may([Duty(Role.LEADER, NENH, OTHERS)], Permission.LOG_ACTIVITY, guards)
    assert may([Duty(Role.COMMITTEE, NENH, OTHERS)], Permission.SUBMIT_REPORT, guards), "a committee looks after all"
    assert may([Duty(Role.LEADER, NENH, GUARDS)], Permission.SUBMIT_REPORT, HERS), "of no group, so the unit counts"


def test_one_duty_of_several_is_enough_and_each_stays_within_its_own_bounds() -> None:
    both = [Duty(Role.OFFICER, NENH), Duty(Role.COMMITTEE, NEIGHBOUR)]
    assert may(both, Permission.SEE_CASE, HERS)
    assert not may(both, Permission.SEE_CASE, Whose(unit=NEIGHBOUR, province=PROVINCE))
    assert units_for(both, Permission.SEE_CASE) == {NENH}
    assert units_for(both, Permission.SUBMIT_REPORT) == {NENH, NEIGHBOUR}


def test_a_list_asks_for_named_units_and_groups_only_and_for_each_once() -> None:
    duties = [Duty(Role.LEADER, group=OTHERS), Duty(Role.LEADER), Duty(Role.LEADER, group=GUARDS)]
    assert groups_for([*duties, *duties], Permission.LOG_ACTIVITY) == (OTHERS, GUARDS)
    assert units_for(duties, Permission.LOG_ACTIVITY) == set()


def test_a_refusal_looks_like_nothing_there_and_who_may_is_not_refused() -> None:
    demand([Duty(Role.OFFICER, NENH)], Permission.SEE_CASE, HERS)
    with pytest.raises(NotFound):
        demand([Duty(Role.OFFICER, NEIGHBOUR)], Permission.SEE_CASE, HERS)


def test_who_acts_may_what_their_duties_allow_and_owns_their_own_chats() -> None:
    officer = Actor(ContactId(1), frozenset({ContactId(1), ContactId(2)}), (Duty(Role.OFFICER, NENH),))
    assert officer.may(Permission.WORK_CASE, HERS)
    officer.demand(Permission.WORK_CASE, HERS)
    assert not officer.may(Permission.LOG_ACTIVITY, HERS)
    with pytest.raises(NotFound):
        officer.demand(Permission.LOG_ACTIVITY, HERS)
    assert officer.owns(ContactId(2))
    assert not officer.owns(ContactId(3))


def test_the_clock_holds_no_duty_and_owns_no_chat() -> None:
    assert Actor(None) == SYSTEM
    assert not any(SYSTEM.may(permission, HERS) for permission in Permission)
    assert not SYSTEM.owns(ContactId(1))


def test_a_duty_begins_on_duty_with_nothing_and_a_thing_belongs_to_nobody_until_told() -> None:
    duty, whose = Duty(Role.OFFICER), Whose()
    assert (duty.unit, duty.group, duty.on_duty) == ("", "", True)
    assert (whose.unit, whose.province, whose.level, whose.group) == ("", "", 0, "")
