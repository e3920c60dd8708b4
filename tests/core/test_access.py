"""Who may do what: every role, every permission, every way in which a thing may belong to somebody."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from core.access import ALLOWED, SYSTEM, Actor, Duty, Permission, Role, Whose, demand, groups_for, holds, may, units_for
from core.errors import NotFound
from core.ids import ContactId, GroupId, Unit

ROOT = Path(__file__).parents[2]
NENH, NEIGHBOUR, PROVINCE = Unit("07795"), Unit("07777"), Unit("24")
GROUP, OTHER_GROUP = GroupId("to-1"), GroupId("to-2")

# Written down by hand: what each role is for. Whatever is not here is refused.
POLICE = {"see_case", "work_case", "answer_question", "keep_duty", "submit_report"}
FOR = {
    "officer": POLICE,
    "commander": POLICE,
    "unit_chat": {"see_case"},
    "leader": {"log_activity", "submit_report"},
    "committee": {"submit_report"},
    "operator": set(),
}
# How the thing belongs to the unit, or group, of a duty: whether the duty reaches it.
OF_UNIT = {
    "its own": (Whose(unit=NENH, province=PROVINCE), {NENH: True, NEIGHBOUR: False, PROVINCE: False}),
    "escalated to the province": (
        Whose(unit=NENH, province=PROVINCE, level=2),
        {NENH: True, NEIGHBOUR: False, PROVINCE: True},
    ),
    "not yet escalated so far": (
        Whose(unit=NENH, province=PROVINCE, level=1),
        {NENH: True, NEIGHBOUR: False, PROVINCE: False},
    ),
    "the province's own": (Whose(unit=PROVINCE, province=PROVINCE), {NENH: False, NEIGHBOUR: False, PROVINCE: True}),
    "nobody's": (Whose(), {NENH: False, NEIGHBOUR: False, PROVINCE: False}),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("relation", list(OF_UNIT))
def test_every_cell_for_what_belongs_to_a_unit(role: Role, permission: Permission, relation: str) -> None:
    whose, reaches = OF_UNIT[relation]
    for unit, reached in reaches.items():
        allowed = permission.value in FOR[role.value] and reached
        assert may([Duty(role, unit)], permission, whose) is allowed, (role, permission, unit)
        actor = Actor(ContactId(1), frozenset({ContactId(1)}), (Duty(role, unit),))
        assert actor.may(permission, whose) is allowed
        if allowed:
            actor.demand(permission, whose)
        else:
            with pytest.raises(NotFound):
                actor.demand(permission, whose)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_every_cell_for_what_belongs_to_a_group(role: Role, permission: Permission) -> None:
    allowed = role is Role.LEADER and permission.value in FOR["leader"]
    assert may([Duty(role, group=GROUP)], permission, Whose(group=GROUP)) is allowed
    assert not may([Duty(role, group=OTHER_GROUP)], permission, Whose(group=GROUP))
    assert not may([Duty(role, NENH, OTHER_GROUP)], permission, Whose(group=GROUP))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_lists_are_given_the_units_that_the_table_gives(role: Role, permission: Permission) -> None:
    allowed = permission.value in FOR[role.value]
    duties = [Duty(role, NENH), Duty(Role.OPERATOR, NEIGHBOUR), Duty(role, group=GROUP)]
    assert units_for(duties, permission) == (frozenset({NENH}) if allowed else frozenset())
    assert groups_for(duties, permission) == ((GROUP,) if allowed else ())
    assert holds(duties, permission) is allowed


def test_an_officer_who_also_sits_on_a_committee_lists_the_cases_of_one_unit_only() -> None:
    duties = [Duty(Role.OFFICER, NENH), Duty(Role.COMMITTEE, NEIGHBOUR)]
    assert units_for(duties, Permission.SEE_CASE) == frozenset({NENH})
    assert units_for(duties, Permission.SUBMIT_REPORT) == frozenset({NENH, NEIGHBOUR})


def test_without_duties_everything_is_refused_as_if_it_did_not_exist() -> None:
    for permission in Permission:
        for duties in ((), SYSTEM.duties):
            assert not may(duties, permission, Whose(unit=NENH)) and not holds(duties, permission)
            with pytest.raises(NotFound):
                demand(duties, permission, Whose(unit=NENH))
    assert not SYSTEM.owns(ContactId(1)) and Actor(ContactId(1), frozenset({ContactId(1)})).owns(ContactId(1))


def test_the_table_names_every_role_and_no_permission_is_dead() -> None:
    assert set(ALLOWED) == set(Role)
    asked = {
        node.attr
        for room in ("core", "handlers")
        for file in (ROOT / room).rglob("*.py")
        if file != ROOT / "core" / "access.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Permission"
    }
    assert asked == {permission.name for permission in Permission}
