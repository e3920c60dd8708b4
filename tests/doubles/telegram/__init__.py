"""Telegram's Bot API on loopback, and invented people who use it. See `TelegramDouble`.

What is not there: inline mode, channels, payments, stickers to send, `copyMessage`/`forwardMessage`, flood limits by
themselves (a test asks for a 429), answers to a webhook given in its response.
"""

from tests.doubles.telegram.double import TelegramDouble
from tests.doubles.telegram.faults import Fault
from tests.doubles.telegram.people import Group, Person, Press, Said
from tests.doubles.telegram.seen import Seen

__all__ = ["Fault", "Group", "Person", "Press", "Said", "Seen", "TelegramDouble"]
