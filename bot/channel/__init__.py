"""The seam between us and a platform: what a channel's folder must offer, and the ways in which a platform can say no.

A channel's folder holds `connect.py` (how it joins the running process), `read.py` (its platform's message →
`Inbound`), `send.py` (a `ChannelPort`) and `routes.py` (its web addresses) or `poll.py` (the loop that asks the
platform for updates). It knows no tips.
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
