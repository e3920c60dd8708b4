"""Who may do what: one table, asked by every use case, every list and every conversation step.

A refusal and a missing thing look alike (`NotFound`), so that a curious officer cannot learn what exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.errors import NotFound
from core.ids import ContactId, GroupId, Unit


class Role(StrEnum):
    """The roles that a chat can hold. A person without a role is a resident."""

    OFFICER = "officer"
    COMMANDER = "commander"
    UNIT_CHAT = "unit_chat"
    LEADER = "leader"
    COMMITTEE = "committee"
    OPERATOR = "operator"


class Permission(StrEnum):
    """What a duty may allow."""

    SEE_CASE = "see_case"
    """Read a case: its card, and its line in a list."""
    WORK_CASE = "work_case"
    """Take, ask, pass on, close, reopen and correct a case."""
    ANSWER_QUESTION = "answer_question"
    """Read and answer what residents ask the police."""
    KEEP_DUTY = "keep_duty"
    """Go on and off duty."""
    LOG_ACTIVITY = "log_activity"
    """Log, correct and sum up what a self-managed group did."""
    SUBMIT_REPORT = "submit_report"
    """Say that a report that a plan demands is in."""


_POLICE: Final = frozenset(
    {
        Permission.SEE_CASE,
        Permission.WORK_CASE,
        Permission.ANSWER_QUESTION,
        Permission.KEEP_DUTY,
        Permission.SUBMIT_REPORT,
    }
)
ALLOWED: Final[dict[Role, frozenset[Permission]]] = {
    Role.OFFICER: _POLICE,
    Role.COMMANDER: _POLICE,
    Role.UNIT_CHAT: frozenset({Permission.SEE_CASE}),
    Role.LEADER: frozenset({Permission.LOG_ACTIVITY, Permission.SUBMIT_REPORT}),
    Role.COMMITTEE: frozenset({Permission.SUBMIT_REPORT}),
    Role.OPERATOR: frozenset(),
}

NO_UNIT: Final = Unit("")
NO_GROUP: Final = GroupId("")
PROVINCE_LEVEL: Final = 2
"""Escalation level. A case at this level or above belongs to its province as well as to its unit."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One role that a chat holds: in a unit (five digits a commune, two a province), or for a group."""

    role: Role
    unit: Unit = NO_UNIT
    group: GroupId = NO_GROUP
    on_duty: bool = True


@dataclass(frozen=True, slots=True)
class Whose:
    """The codes of a case's owner (unit, and from `PROVINCE_LEVEL` on province) or of an activity's (group)."""

    unit: str = ""
    province: str = ""
    level: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something. The clock and the command line act as `SYSTEM`, which holds no duty and owns no chat.

    `id` is the person's own chat in which or from which they act, `chats` are all their chats, that one included.
    `shown_in` is a chat in which the caller itself shows the card when it is done: it is not edited there too."""

    id: ContactId | None
    chats: frozenset[ContactId] = frozenset()
    duties: tuple[Duty, ...] = ()
    shown_in: ContactId | None = None

    def may(self, permission: Permission, whose: Whose) -> bool:
        """Whether a duty of theirs allows this for a thing that belongs to `whose`."""
        return may(self.duties, permission, whose)

    def demand(self, permission: Permission, whose: Whose) -> None:
        """Raises `NotFound` unless `may`."""
        demand(self.duties, permission, whose)

    @property
    def own_chat(self) -> ContactId:
        """`id`, for what only somebody with a chat can do. Raises `NotFound` for the clock and the command line."""
        if self.id is None:
            raise NotFound
        return self.id

    def owns(self, contact: ContactId) -> bool:
        """Whether that chat is one of theirs."""
        return contact in self.chats


SYSTEM: Final = Actor(None)


def may(duties: Iterable[Duty], permission: Permission, whose: Whose) -> bool:
    """Whether somebody with these duties may do this to a thing that belongs to `whose`."""
    return any(permission in ALLOWED[duty.role] and _covers(duty, whose) for duty in duties)


def demand(duties: Iterable[Duty], permission: Permission, whose: Whose) -> None:
    """Raises `NotFound` unless `may`: the answer does not tell that the thing exists."""
    if not may(duties, permission, whose):
        raise NotFound


def holds(duties: Iterable[Duty], permission: Permission) -> bool:
    """Whether any duty allows this for anything at all: then its menus are shown and its commands are understood."""
    return any(permission in ALLOWED[duty.role] for duty in duties)


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that allow this for what their duty covers."""
    return frozenset(role for role in Role if permission in ALLOWED[role])


def units_for(duties: Iterable[Duty], permission: Permission) -> frozenset[Unit]:
    """The units whose cases and questions these duties allow this for. Every list calls it before it queries."""
    return frozenset(duty.unit for duty in duties if duty.unit and permission in ALLOWED[duty.role])


def groups_for(duties: Iterable[Duty], permission: Permission) -> tuple[GroupId, ...]:
    """The groups for whose things these duties allow this, in the order in which the duties were given."""
    found = (duty.group for duty in duties if duty.group and permission in ALLOWED[duty.role])
    return tuple(dict.fromkeys(found))


def _covers(duty: Duty, whose: Whose) -> bool:
    if whose.group and duty.role is Role.LEADER:
        return duty.group == whose.group
    if not duty.unit:
        return False
    if duty.unit == whose.unit:
        return True
    return whose.level >= PROVINCE_LEVEL and duty.unit == whose.province
