"""Who would get an awareness message, by which app and at what price, before it is launched; and the results
afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from core.channels import CAPABILITIES
from core.messages import Channel
from core.messaging_window import MessagingWindow, messaging_window
from core.plan import Audience
from storage import audiences, campaigns
from storage.audiences import PrivateChat
from storage.campaigns import Broadcast, Delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One app's part of an audience. `other_chat` counts people whose messaging window here is closed but who have
    another open chat; `not_deliverable` counts those who have none."""

    channel: Channel
    free: int = 0
    paid: int = 0
    other_chat: int = 0
    not_deliverable: int = 0


@dataclass(frozen=True, slots=True)
class BroadcastResult:
    """An awareness message, and what became of it so far."""

    broadcast: Broadcast
    delivered: Delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """How many of an app's `chats` have a closed messaging window (`closed`), because the person has not written for
    long. `other_chat` of these have an open chat elsewhere; `unreached_duties` are police and have none."""

    chats: int = 0
    closed: int = 0
    other_chat: int = 0
    unreached_duties: int = 0


def reach(db: Connection, audience: Audience, now: datetime) -> list[Reach]:
    """How an audience can be reached now, by app. Sends nothing."""
    chats = audiences.chats(db, audience)
    channels = sorted({chat.channel for chat in chats})
    return [_reach(db, channel, [chat for chat in chats if chat.channel == channel], now) for channel in channels]


def silent(db: Connection, channel: Channel, now: datetime) -> Silent:
    """Count the chats on `channel` whose messaging window is closed now, without group chats (they have none) and chats
    that blocked the bot."""
    chats = audiences.chats_on(db, channel)
    closed = [chat for chat in chats if _window(chat, now) is MessagingWindow.CLOSED]
    lost = [chat for chat in closed if not _open_elsewhere(db, chat, now)]
    return Silent(
        chats=len(chats),
        closed=len(closed),
        other_chat=len(closed) - len(lost),
        unreached_duties=sum(chat.police for chat in lost),
    )


def results(db: Connection, most: int) -> list[BroadcastResult]:
    """The latest awareness messages with their results, the newest first."""
    return [BroadcastResult(one, campaigns.delivered(db, one.id)) for one in campaigns.latest(db, most)]


def _reach(db: Connection, channel: Channel, chats: Iterable[PrivateChat], now: datetime) -> Reach:
    windows: Counter[MessagingWindow] = Counter()
    elsewhere = 0
    for chat in chats:
        window = _window(chat, now)
        windows[window] += 1
        if window is MessagingWindow.CLOSED:
            elsewhere += _open_elsewhere(db, chat, now)
    return Reach(
        channel=channel,
        free=windows[MessagingWindow.FREE],
        paid=windows[MessagingWindow.PAID],
        other_chat=elsewhere,
        not_deliverable=windows[MessagingWindow.CLOSED] - elsewhere,
    )


def _window(chat: PrivateChat, now: datetime) -> MessagingWindow:
    return messaging_window(CAPABILITIES[chat.channel], chat.wrote_at, now)


def _open_elsewhere(db: Connection, chat: PrivateChat, now: datetime) -> bool:
    """Whether another chat of the same person may be written to now."""
    others = audiences.other_chats(db, chat.id)
    return any(_window(other, now) is not MessagingWindow.CLOSED for other in others)
