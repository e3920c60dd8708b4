"""The law's clocks and our own, on one case at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import MOST_LEVELS, CaseTimes, LimitKey, answer_by, late, limits, next_limit, take_by
from core.plan import Handling
from core.states import State
from core.triage.proposal import Urgency
from plans.load import load_default

RULES = load_default().limits
RECEIVED = datetime(2025, 12, 20, 18, 30, tzinfo=UTC)
CRIME = CaseTimes(handling=Handling.CRIMINAL, urgency=Urgency.EMERGENCY, received_at=RECEIVED)
TAKEN_CRIME = replace(CRIME, state=State.TAKEN, taken_at=RECEIVED)


def at(case: CaseTimes, key: LimitKey) -> timedelta | None:
    """How long after receipt this limit ends; None when it does not run."""
    return next((limit.at - RECEIVED for limit in limits(case, RULES) if limit.key is key), None)


def test_a_crime_is_reported_in_12_hours_filed_in_7_days_and_decided_in_20() -> None:
    assert [(limit.key, limit.at - RECEIVED) for limit in limits(TAKEN_CRIME, RULES)] == [
        (LimitKey.REPORT, timedelta(hours=12)),
        (LimitKey.HAND_FILE, timedelta(days=7)),
        (LimitKey.ASK_EXTENSION, timedelta(days=15)),
        (LimitKey.DECIDE, timedelta(days=20)),
    ]
    assert [limit.source for limit in limits(TAKEN_CRIME, RULES)][-1].endswith("Điều 147 khoản 1")


def test_difficult_areas_have_24_hours_to_report() -> None:
    assert at(replace(TAKEN_CRIME, difficult=True), LimitKey.REPORT) == timedelta(hours=24)


def test_a_step_that_was_done_has_no_limit_any_more() -> None:
    done = replace(TAKEN_CRIME, reported_at=RECEIVED, handed_at=RECEIVED)
    assert {limit.key for limit in limits(done, RULES)} == {LimitKey.DECIDE, LimitKey.ASK_EXTENSION}


def test_each_extension_adds_two_months_and_the_second_is_the_last() -> None:
    once, twice = replace(TAKEN_CRIME, extended=1), replace(TAKEN_CRIME, extended=2)
    assert answer_by(TAKEN_CRIME, RULES) == datetime(2026, 1, 9, 18, 30, tzinfo=UTC)
    # 10 January 01:30 in Vietnam, two months on.
    assert answer_by(once, RULES) == datetime(2026, 3, 9, 18, 30, tzinfo=UTC)
    assert answer_by(twice, RULES) == datetime(2026, 5, 9, 18, 30, tzinfo=UTC)
    assert at(once, LimitKey.ASK_EXTENSION) is not None
    assert at(twice, LimitKey.ASK_EXTENSION) is None
    with pytest.raises(ValueError, match="3 extensions"):
        limits(replace(TAKEN_CRIME, extended=3), RULES)


def test_an_ordinary_denunciation_has_30_days_and_twice_30_more() -> None:
    case = replace(TAKEN_CRIME, handling=Handling.DENUNCIATION)
    assert [at(replace(case, extended=n), LimitKey.DECIDE) for n in range(3)] == [
        timedelta(days=30), timedelta(days=60), timedelta(days=90)
    ]  # fmt: skip


def test_anything_else_is_answered_in_the_communes_three_days() -> None:
    case = replace(TAKEN_CRIME, handling=Handling.SERVICE)
    assert [(limit.key, limit.at - RECEIVED) for limit in limits(case, RULES)] == [(LimitKey.ANSWER, timedelta(days=3))]
    assert answer_by(case, RULES) == RECEIVED + timedelta(days=3)


def test_an_alert_that_nobody_takes_goes_to_the_commander_then_to_the_province() -> None:
    first, second = limits(CRIME, RULES)[:2]
    assert (first.key, second.key) == (LimitKey.TAKE_COMMANDER, LimitKey.TAKE_PROVINCE)
    assert take_by(CRIME, RULES, 0, RECEIVED) == first.at == RECEIVED + RULES.take[Urgency.EMERGENCY].commander
    assert take_by(CRIME, RULES, 1, RECEIVED) == second.at == RECEIVED + RULES.take[Urgency.EMERGENCY].province
    assert take_by(TAKEN_CRIME, RULES, 0, RECEIVED) is None


def test_the_province_is_reminded_at_its_own_pace_and_at_last_nobody_is() -> None:
    pace = RULES.take[Urgency.EMERGENCY].province
    assert take_by(CRIME, RULES, 2, RECEIVED) == RECEIVED + 2 * pace
    assert take_by(CRIME, RULES, 3, RECEIVED) == RECEIVED + 3 * pace
    assert take_by(CRIME, RULES, MOST_LEVELS, RECEIVED) is None


def test_after_a_pause_the_province_is_reminded_once_and_then_at_its_pace() -> None:
    pace, monday = RULES.take[Urgency.EMERGENCY].province, RECEIVED + timedelta(days=3)
    assert take_by(CRIME, RULES, 2, monday) == monday + pace


def test_a_case_that_was_passed_on_gives_the_next_unit_the_whole_time() -> None:
    later = RECEIVED + timedelta(hours=2)
    passed_on = replace(CRIME, alerted_at=later)
    assert take_by(passed_on, RULES, 0, RECEIVED) == later + RULES.take[Urgency.EMERGENCY].commander
    assert at(passed_on, LimitKey.DECIDE) == timedelta(days=20)  # the law counts from receipt all the same


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN])
def test_a_closed_or_withdrawn_case_is_never_late(state: State) -> None:
    case = replace(CRIME, state=state)
    assert limits(case, RULES) == []
    assert late(case, RULES, RECEIVED + timedelta(days=999)) == []
    assert next_limit(case, RULES, RECEIVED) is None


def test_passed_limits_are_late_and_the_others_are_next() -> None:
    now = RECEIVED + timedelta(days=16)
    assert [limit.key for limit in late(TAKEN_CRIME, RULES, now)] == [LimitKey.REPORT, LimitKey.HAND_FILE]
    coming = next_limit(TAKEN_CRIME, RULES, now)
    assert coming is not None
    assert (coming.key, coming.left(now)) == (LimitKey.DECIDE, timedelta(days=4))
    assert late(TAKEN_CRIME, RULES, now)[0].left(now) == timedelta(hours=12) - timedelta(days=16)


@given(
    handling=st.sampled_from(Handling),
    urgency=st.sampled_from(Urgency),
    state=st.sampled_from(State),
    extended=st.integers(0, 2),
    minutes=st.integers(0, 400 * 24 * 60),
)
def test_every_limit_is_either_late_or_to_come_and_the_soonest_comes_first(
    handling: Handling, urgency: Urgency, state: State, extended: int, minutes: int
) -> None:
    granted = 0 if handling is Handling.SERVICE else extended
    case = CaseTimes(handling=handling, urgency=urgency, received_at=RECEIVED, state=state, extended=granted)
    now = RECEIVED + timedelta(minutes=minutes)
    running = limits(case, RULES)
    assert running == sorted(running, key=lambda limit: limit.at)
    passed, coming = late(case, RULES, now), next_limit(case, RULES, now)
    assert all(limit.at <= now for limit in passed)
    assert coming is None or coming.at > now
    offers = [limit for limit in running if limit.key is LimitKey.ASK_EXTENSION and limit.at <= now]
    assert len(passed) + len(offers) + len([limit for limit in running if limit.at > now]) == len(running)
