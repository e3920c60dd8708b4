"""Who may do what: one function over one table. Every handler asks it; no other place decides.

A refusal and a missing case look alike (`NotFound`), so that a curious officer cannot learn what exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.errors import NotFound


class Role(StrEnum):
    """What a chat is to us. Somebody without a role is a resident."""

    OFFICER = "officer"
    COMMANDER = "commander"
    UNIT_CHAT = "unit_chat"
    LEADER = "leader"
    COMMITTEE = "committee"
    OPERATOR = "operator"


class Permission(StrEnum):
    """What may be allowed or not."""

    SEE_CASE = "see_case"
    WORK_CASE = "work_case"
    COMMAND_CASE = "command_case"
    LOG_ACTIVITY = "log_activity"
    SEE_ACTIVITIES = "see_activities"
    SUBMIT_REPORT = "submit_report"
    SEND_CAMPAIGN = "send_campaign"
    INVITE = "invite"
    ANSWER_QUESTION = "answer_question"


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(
        {
            Permission.SEE_CASE,
            Permission.WORK_CASE,
            Permission.SEE_ACTIVITIES,
            Permission.SUBMIT_REPORT,
            Permission.ANSWER_QUESTION,
        }
    ),
    Role.COMMANDER: frozenset(
        {
            Permission.SEE_CASE,
            Permission.WORK_CASE,
            Permission.COMMAND_CASE,
            Permission.SEE_ACTIVITIES,
            Permission.SUBMIT_REPORT,
            Permission.SEND_CAMPAIGN,
            Permission.INVITE,
            Permission.ANSWER_QUESTION,
        }
    ),
    Role.UNIT_CHAT: frozenset({Permission.SEE_CASE}),
    Role.LEADER: frozenset({Permission.LOG_ACTIVITY, Permission.SEE_ACTIVITIES, Permission.SUBMIT_REPORT}),
    Role.COMMITTEE: frozenset({Permission.SEE_ACTIVITIES, Permission.SUBMIT_REPORT, Permission.SEND_CAMPAIGN}),
    Role.OPERATOR: frozenset({Permission.INVITE}),
}

PROVINCE_LEVEL = 2
"""From this escalation level on a case is also the province's."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One role that a chat holds: in a unit (five digits a commune, two a province), or for a group."""

    role: Role
    unit: str = ""
    group: str = ""
    on_duty: bool = True


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a thing belongs to: a case to a unit (and from level 2 on to its province), an activity to a group."""

    unit: str = ""
    province: str = ""
    level: int = 0
    group: str = ""


def may(duties: Iterable[Duty], act: Permission, whose: Whose) -> bool:
    """Whether somebody with these duties may do this to a thing that belongs to `whose`."""
    return any(act in ALLOWED[duty.role] and _covers(duty, whose) for duty in duties)


def demand(duties: Iterable[Duty], act: Permission, whose: Whose) -> None:
    """Raises `NotFound` unless `may`: the answer does not tell that the thing exists."""
    if not may(duties, act, whose):
        raise NotFound


def _covers(duty: Duty, whose: Whose) -> bool:
    if whose.group and duty.role is Role.LEADER:
        return duty.group == whose.group
    if not duty.unit:
        return False
    if duty.unit == whose.unit:
        return True
    return whose.level >= PROVINCE_LEVEL and duty.unit == whose.province
