"""Zalo's servers for an Official Account on loopback, and invented people who write to it. See `ZaloOaDouble`.

What is not there: templates, broadcasts, reactions, tags, user lists, the consent page (a first token is given), and
the waits of the repeat ladder (`bring_again` does at once what Zalo does after a while).
"""

from tests.doubles.zalo_oa.double import ZaloOaDouble
from tests.doubles.zalo_oa.faults import Fault
from tests.doubles.zalo_oa.people import Group, Person
from tests.doubles.zalo_oa.seen import Seen

__all__ = ["Fault", "Group", "Person", "Seen", "ZaloOaDouble"]
