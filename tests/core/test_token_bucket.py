"""A token bucket never gives more than its burst and its rate, and remembers a limited number of keys."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.bounded_dict import BoundedDict
from core.conversation.rate_limit import allowance
from core.token_bucket import TokenBucket
from web.rate_limit import Limit

rates = st.floats(0.01, 50)
bursts = st.integers(1, 10)
gaps = st.lists(st.floats(0, 100), min_size=1, max_size=15)


@given(rates, bursts, gaps)
def test_in_any_period_a_bucket_gives_at_most_its_burst_and_its_rate(
    rate: float, burst: int, gaps: list[float]
) -> None:
    bucket, now, given_at = TokenBucket(rate, burst), 0.0, []
    for gap in gaps:
        now += gap
        while bucket.wait(now) == 0:
            bucket.spend(now)
            given_at.append(now)
    for first, start in enumerate(given_at):
        for many, end in enumerate(given_at[first:], start=1):
            assert many <= burst + (end - start) * rate + 1e-6


@given(rates, bursts, gaps)
def test_after_the_wait_that_it_tells_there_is_a_token(rate: float, burst: int, gaps: list[float]) -> None:
    bucket, now = TokenBucket(rate, burst), 0.0
    for gap in gaps:
        now += gap
        bucket.spend(now)
        assert bucket.wait(now + bucket.wait(now) + 1e-6) == 0


@given(rates, bursts, st.integers(0, 50))
def test_who_takes_ahead_waits_the_longer_but_never_for_more_than_was_let_ahead(
    rate: float, burst: int, many: int
) -> None:
    bucket = TokenBucket(rate, burst)
    for _ in range(many):
        bucket.spend(0, least=-burst)
    assert bucket.fill(0) == max(burst - many, -burst)
    assert bucket.wait(0) <= (1 + burst) / rate


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing() -> None:
    bucket = TokenBucket(1, 3, tokens=1, at=100)
    assert bucket.fill(50) == 1


@given(st.integers(1, 20), st.integers(0, 40), st.floats(0, 10_000))
def test_a_person_who_rests_may_say_as_much_as_at_first(burst: int, said: int, rests_s: float) -> None:
    at = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    left: float | None = None
    for _ in range(said):
        left = allowance(left, at, at, burst=burst, refill_s=10)
    rested = allowance(left, at, at + timedelta(seconds=rests_s), burst=burst, refill_s=10)
    assert math.isclose(rested, min(burst, burst - said + rests_s / 10) - 1, abs_tol=1e-3)


def test_a_page_is_asked_as_often_as_it_allows_and_each_address_for_itself() -> None:
    limit = Limit(per_second=0.001, burst=2)
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a"), limit.allows("b")] == [True, True, False, True]


@given(st.integers(1, 5), st.lists(st.integers(0, 9)))
def test_only_so_many_are_remembered_and_the_newest_always(most: int, keys: list[int]) -> None:
    known: BoundedDict[int, int] = BoundedDict(most)
    for key in keys:
        known[key] = key
        assert len(known) <= most
        assert known[key] == key
