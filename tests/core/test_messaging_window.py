"""Whom an app still lets us write to, and at what price."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.channels import CAPABILITIES
from core.messages import Channel
from core.messaging_window import MessagingWindow, messaging_window
from tests.conftest import NOW

OA = CAPABILITIES[Channel.ZALO_OA]


@pytest.mark.parametrize(
    ("ago", "is_"),
    [
        (timedelta(0), MessagingWindow.FREE),
        (timedelta(hours=48), MessagingWindow.FREE),
        (timedelta(hours=48, seconds=1), MessagingWindow.PAID),
        (timedelta(days=7), MessagingWindow.PAID),
        (timedelta(days=7, seconds=1), MessagingWindow.CLOSED),
    ],
)
def test_an_official_account_answers_free_for_two_days_and_at_all_for_seven(
    ago: timedelta, is_: MessagingWindow
) -> None:
    assert messaging_window(OA, NOW - ago, NOW) is is_


def test_who_never_wrote_to_an_official_account_may_not_be_written_to() -> None:
    assert messaging_window(OA, None, NOW) is MessagingWindow.CLOSED


@given(st.none() | st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_other_apps_have_no_window(ago: timedelta | None) -> None:
    for channel in (Channel.TELEGRAM, Channel.WEB, Channel.ZALO_BOT):
        assert messaging_window(CAPABILITIES[channel], None if ago is None else NOW - ago, NOW) is MessagingWindow.FREE


@given(st.timedeltas(timedelta(0), timedelta(days=30)), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_window_only_ever_closes_while_nobody_writes(first: timedelta, more: timedelta) -> None:
    order = list(MessagingWindow)
    assert order.index(messaging_window(OA, NOW - first, NOW)) <= order.index(
        messaging_window(OA, NOW - first - more, NOW)
    )
