"""Whom an app still lets us write to, and at what price."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.channels import channels
from core.channels import CAPABILITIES
from core.messages import Channel
from core.messaging_window import MessagingWindow, messaging_window
from tests.conftest import NOW

OA = {folder.name: folder.capabilities for folder in channels()}[Channel("zalo_oa")]


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
    for folder in channels():
        if folder.name != "zalo_oa":
            last = None if ago is None else NOW - ago
            assert messaging_window(CAPABILITIES[folder.name], last, NOW) is MessagingWindow.FREE


def test_people_of_a_channel_that_is_no_longer_there_are_not_written_to() -> None:
    assert messaging_window(CAPABILITIES[Channel("gone")], NOW - timedelta(minutes=1), NOW) is MessagingWindow.CLOSED


@given(st.timedeltas(timedelta(0), timedelta(days=30)), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_messaging_window_only_closes_while_the_person_does_not_write(first: timedelta, more: timedelta) -> None:
    order = list(MessagingWindow)
    assert order.index(messaging_window(OA, NOW - first, NOW)) <= order.index(
        messaging_window(OA, NOW - first - more, NOW)
    )
