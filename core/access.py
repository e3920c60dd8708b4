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


class Act(StrEnum):
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


ALLOWED: dict[Role, frozenset[Act]] = {
    Role.OFFICER: frozenset({Act.SEE_CASE, Act.WORK_CASE, Act.SEE_ACTIVITIES, Act.SUBMIT_REPORT, Act.ANSWER_QUESTION}),
    Role.COMMANDER: frozenset(
        {
            Act.SEE_CASE,
            Act.WORK_CASE,
            Act.COMMAND_CASE,
            Act.SEE_ACTIVITIES,
            Act.SUBMIT_REPORT,
            Act.SEND_CAMPAIGN,
            Act.INVITE,
            Act.ANSWER_QUESTION,
        }
    ),
    Role.UNIT_CHAT: frozenset({Act.SEE_CASE}),
    Role.LEADER: frozenset({Act.LOG_ACTIVITY, Act.SEE_ACTIVITIES, Act.SUBMIT_REPORT}),
    Role.COMMITTEE: frozenset({Act.SEE_ACTIVITIES, Act.SUBMIT_REPORT, Act.SEND_CAMPAIGN}),
    Role.OPERATOR: frozenset({Act.INVITE}),
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


def may(duties: Iterable[Duty], act: Act, whose: Whose) -> bool:
    """Whether somebody with these duties may do this to a thing that belongs to `whose`."""
    return any(act in ALLOWED[duty.role] and _covers(duty, whose) for duty in duties)


def demand(duties: Iterable[Duty], act: Act, whose: Whose) -> None:
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
