"""The interface between the application and a platform: what a channel's package must offer, and the errors that a
platform can cause.

A channel's package has `connect.py` (how it joins the running process), `read.py` (its platform's message → `Inbound`),
`send.py` (a `ChannelPort`) and `routes.py` (its web routes) or `poll.py` (the loop that asks the platform for updates).
It knows no tips.
"""

from bot.channel.errors import (
    AccountDead,
    ConnectionFailed,
    GoneMedia,
    GoneMessage,
    LaterFor,
    Moved,
    QuotaUsedUp,
    Refused,
    TooFast,
    TooLarge,
    Unreachable,
    WindowClosed,
)
from bot.channel.hear import Hear, KeepBroken, NotStored
from bot.channel.message import Button, Outgoing, Picture
from bot.channel.port import ChannelPort, KeepsUploads, Pace, SendsPieces

__all__ = [
    "AccountDead",
    "Button",
    "ChannelPort",
    "ConnectionFailed",
    "GoneMedia",
    "GoneMessage",
    "Hear",
    "KeepBroken",
    "KeepsUploads",
    "LaterFor",
    "Moved",
    "NotStored",
    "Outgoing",
    "Pace",
    "Picture",
    "QuotaUsedUp",
    "Refused",
    "SendsPieces",
    "TooFast",
    "TooLarge",
    "Unreachable",
    "WindowClosed",
]
