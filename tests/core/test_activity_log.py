"""What is logged of a line, and how a month adds up. Pure: examples and properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.activity import FIELDS, Activity, MediationResult, read_activity
from core.activity_kinds import ActivityKind
from core.activity_log import GroupMonth, LoggedActivity, corrected, logged, totals
from core.ids import ActivityId, ContactId, GroupId
from handlers.chat.activity_receipts import QUESTIONS, RESULTS

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
LINE = "tuần tra 3 người 22h-1h ấp 4"


def log(line: str, kind: ActivityKind | None = None) -> LoggedActivity:
    read = read_activity(line, NOW, kind)
    assert read is not None, line
    return replace(logged(read, line, group=GroupId("g"), logged_by=ContactId(1), said_at=NOW), id=ActivityId(7))


def again(before: LoggedActivity, line: str) -> LoggedActivity:
    read = read_activity(line, NOW + timedelta(days=3), before.kind)
    assert read is not None, line
    return corrected(before, read, line)


def test_a_line_without_a_time_was_roughly_when_it_was_said() -> None:
    bare, told = log("họp tổ 12 người"), log(LINE)
    assert (bare.started_at, bare.ended_at, bare.rough) == (NOW, None, True)
    assert (told.ended_at, told.rough) == (datetime(2026, 11, 19, 18, tzinfo=UTC), False)
    assert log("họp tổ tối qua 12 người").rough


def test_a_correction_says_it_all_anew_but_for_a_time_that_it_does_not_name() -> None:
    fixed = again(log(LINE), "5 người")
    assert (fixed.id, fixed.people, fixed.words) == (7, 5, "5 người")
    assert (fixed.started_at, fixed.ended_at, fixed.rough) == (log(LINE).started_at, log(LINE).ended_at, False)
    moved = again(log("họp tổ 12 người"), "12 người 8h sáng nay")
    assert (moved.started_at, moved.rough) == (datetime(2026, 11, 23, 1, tzinfo=UTC), False)


def test_of_help_for_people_home_from_prison_only_the_count_is_kept() -> None:
    helped = log("giúp đỡ 2 người chấp hành xong án phạt tù là ông Sáu nhà ấp 4")
    assert (helped.people, helped.words) == (2, "")
    assert again(helped, "giúp ông Sáu, 1 người").words == ""


def test_a_month_adds_up_what_was_counted_and_how_it_ended() -> None:
    lines = ("hòa giải thành 2 vụ", LINE, "hòa giải không thành 1 vụ", "hòa giải được 2 vụ, 1 thành 1 không thành")
    mediation, patrol = totals([log(line, None if line == LINE else ActivityKind.MEDIATION) for line in lines])
    assert (mediation.kind, mediation.times, mediation.count) == (ActivityKind.MEDIATION, 3, 5)
    assert (mediation.succeeded, mediation.failed, mediation.partly) == (1, 1, 1)
    assert (patrol.kind, patrol.times, patrol.people, patrol.households) == (ActivityKind.PATROL, 1, 3, 0)


_figure = st.none() | st.integers(0, 1000)
_activity = st.builds(
    Activity,
    kind=st.sampled_from(ActivityKind),
    people=_figure,
    households=_figure,
    count=_figure,
    result=st.none() | st.sampled_from(MediationResult),
)


@given(st.lists(_activity, max_size=12))
def test_nothing_is_lost_or_counted_twice(reads: list[Activity]) -> None:
    made = [logged(one, "", group=GroupId("g"), logged_by=ContactId(1), said_at=NOW) for one in reads]
    month = GroupMonth(group_name="g", first=date(2026, 11, 1), totals=totals(made))
    assert month.times == len(reads) and month.is_empty == (not reads)
    assert len({total.kind for total in month.totals}) == len(month.totals)
    assert [total.times for total in month.totals] == sorted((total.times for total in month.totals), reverse=True)
    for name in ("people", "households", "count"):
        assert sum(getattr(total, name) for total in month.totals) == sum(getattr(one, name) or 0 for one in reads)
    ended = sum(total.succeeded + total.failed + total.partly for total in month.totals)
    assert ended == sum(one.result is not None for one in reads)


def test_every_field_can_be_asked_for_and_every_result_has_words() -> None:
    assert set(QUESTIONS) == set(FIELDS)
    assert set(RESULTS) == set(MediationResult)
