"""Zalo's Bot Platform on loopback, and invented people who write to a bot. See `ZaloBotDouble`.

What is not there: pictures, stickers and recordings sent by the bot, "is typing", and any repeat of an event that the
webhook did not take (Zalo documents none).
"""

from tests.doubles.zalo_bot.double import ZaloBotDouble
from tests.doubles.zalo_bot.people import Group, Person, Seen
from tests.doubles.zalo_oa.faults import Fault

__all__ = ["Fault", "Group", "Person", "Seen", "ZaloBotDouble"]
