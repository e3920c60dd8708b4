"""The time limits on a case: what must happen by when, how much time is left, what is late. Pure: `now` is given.

Limits in days count from the instant of receipt. The law counts to the end of the last day, so a limit here is never
later than the legal one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.access import PROVINCE_LEVEL
from core.calendar import add_months
from core.plan import CriminalLimits, DenunciationLimits, Handling, ServiceLimits
from core.states import FIRST, State, is_open, waits_for_taker
from core.triage.proposal import Urgency
from core.vietnam import VIETNAM


class LimitKey(StrEnum):
    """What must have happened when a limit ends."""

    TAKE_COMMANDER = "take_commander"
    """Somebody has taken the alert, or the commander hears of it."""
    TAKE_PROVINCE = "take_province"
    """Somebody has taken it, or the province's desk hears of it."""
    REPORT = "report"
    """Reported and proposed to the provincial investigation agency."""
    HAND_FILE = "hand_file"
    """The file is with the investigation agency."""
    ASK_EXTENSION = "ask_extension"
    """The last day on which an extension can be asked for."""
    DECIDE = "decide"
    """Decided: to prosecute, not to, or to suspend; for a denunciation, that it is settled."""
    ANSWER = "answer"
    """The commune has answered."""


MOST_LEVELS: Final = 12
"""After the province has been reminded ten times only the log and the metric still show it to the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTimes:
    """What the limits of a case depend on; all times are aware.

    `alerted_at` is when its present unit heard of it (None: at receipt), so a case that was passed on gets the whole
    time again. `extended` is how many extensions were granted. `difficult` is the unit's longer time to report.
    `reported_at` and `handed_at` end their limits.
    """

    handling: Handling
    urgency: Urgency
    received_at: datetime
    state: State = FIRST
    alerted_at: datetime | None = None
    taken_at: datetime | None = None
    extended: int = 0
    difficult: bool = False
    reported_at: datetime | None = None
    handed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """One time limit: what, by which instant, and which rule says so."""

    key: LimitKey
    at: datetime
    source: str

    def left(self, now: datetime) -> timedelta:
        """The time that is left; negative when it has passed."""
        return self.at - now


def limits(case: CaseTimes, rules: ServiceLimits) -> list[TimeLimit]:
    """Every limit that still runs on this case, the earliest first; none when it is closed or withdrawn.

    Raises `ValueError` for more extensions than the law knows."""
    if not is_open(case.state):
        return []
    running = [*_taking(case, rules)]
    match case.handling:
        case Handling.CRIMINAL:
            running += _criminal(case, rules.criminal)
        case Handling.DENUNCIATION:
            running += _denunciation(case, rules.denunciation)
        case Handling.SERVICE:
            at = case.received_at + rules.service.answer
            running.append(TimeLimit(key=LimitKey.ANSWER, at=at, source=rules.service.source))
    return sorted(running, key=lambda limit: limit.at)


def next_limit(case: CaseTimes, rules: ServiceLimits, now: datetime) -> TimeLimit | None:
    """The first limit that has not passed yet; None when there is none."""
    return next((limit for limit in limits(case, rules) if limit.at > now), None)


def late(case: CaseTimes, rules: ServiceLimits, now: datetime) -> list[TimeLimit]:
    """The limits that have passed, the longest overdue first. The time to ask for an extension is an offer, not a
    duty: it is never late."""
    return [limit for limit in limits(case, rules) if limit.at <= now and limit.key is not LimitKey.ASK_EXTENSION]


def take_by(case: CaseTimes, rules: ServiceLimits, level: int, now: datetime) -> datetime | None:
    """When a case escalates unless an officer takes it (aware); None when nobody needs to take it any more.

    From level 0 it goes to the commander, from level 1 to the province. Later levels remind the province again, each
    time after as long as it took to reach it; after a pause the province is reminded once, and not of every time that
    was missed. After `MOST_LEVELS` nobody is reminded any more."""
    commander, province = _at(case, rules, {LimitKey.TAKE_COMMANDER}), _at(case, rules, {LimitKey.TAKE_PROVINCE})
    if commander is None or province is None or level >= MOST_LEVELS:
        return None
    if level == 0:
        return commander
    opened = case.alerted_at or case.received_at
    due = province + (province - opened) * (level - 1)
    return due if level < PROVINCE_LEVEL else max(due, now + (due - opened) / level)


def answer_by(case: CaseTimes, rules: ServiceLimits) -> datetime | None:
    """When the case must be decided or answered, by law or by the commune's own promise; None once it is closed."""
    return _at(case, rules, {LimitKey.DECIDE, LimitKey.ANSWER})


def _at(case: CaseTimes, rules: ServiceLimits, keys: set[LimitKey]) -> datetime | None:
    return next((limit.at for limit in limits(case, rules) if limit.key in keys), None)


def _taking(case: CaseTimes, rules: ServiceLimits) -> list[TimeLimit]:
    if not waits_for_taker(case.state):
        return []
    rule, since = rules.take[case.urgency], case.alerted_at or case.received_at
    return [
        TimeLimit(key=LimitKey.TAKE_COMMANDER, at=since + rule.commander, source=rule.source),
        TimeLimit(key=LimitKey.TAKE_PROVINCE, at=since + rule.province, source=rule.source),
    ]


def _criminal(case: CaseTimes, rule: CriminalLimits) -> list[TimeLimit]:
    running = []
    if case.reported_at is None:
        within = rule.report_difficult if case.difficult else rule.report
        running.append(TimeLimit(key=LimitKey.REPORT, at=case.received_at + within, source=rule.report_source))
    if case.handed_at is None:
        at = case.received_at + rule.hand_file
        running.append(TimeLimit(key=LimitKey.HAND_FILE, at=at, source=rule.report_source))
    _check_extensions(case.extended, rule.extensions)
    decide = _months_on(case.received_at + rule.decide, rule.extend_months * case.extended)
    source = rule.extend_source if case.extended else rule.decide_source
    running.append(TimeLimit(key=LimitKey.DECIDE, at=decide, source=source))
    if case.extended < rule.extensions:
        at = decide - rule.ask_before
        running.append(TimeLimit(key=LimitKey.ASK_EXTENSION, at=at, source=rule.extend_source))
    return running


def _denunciation(case: CaseTimes, rule: DenunciationLimits) -> list[TimeLimit]:
    _check_extensions(case.extended, rule.extensions)
    at = case.received_at + rule.decide + case.extended * rule.extend
    return [TimeLimit(key=LimitKey.DECIDE, at=at, source=rule.source)]


def _check_extensions(granted: int, allowed: int) -> None:
    if not 0 <= granted <= allowed:
        raise ValueError(f"{granted} extensions, where the law knows {allowed}")


def _months_on(at: datetime, months: int) -> datetime:
    """The same Vietnamese day and clock time some months on, or the month's last day."""
    local = at.astimezone(VIETNAM)
    return datetime.combine(add_months(local.date(), months), local.timetz()).astimezone(at.tzinfo)
