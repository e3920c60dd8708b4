"""The tables. Columns of type `LargeBinary` named `sealed_*` are encrypted; those ending in `_hash` hold keyed hashes.

There is no table of suspects, and none that ranks residents.
"""

from __future__ import annotations

from storage.tables.base import BROKEN, DROPPED, MOVED, OVERTAKEN, SENT, WAITING, metadata
from storage.tables.cases import attachment, audit, audit_head, case, example, likeness, question, tip, tip_part
from storage.tables.messages import channel_token, inbox, lease, outbox, sending_count, slot
from storage.tables.people import contact, conversation, duty, household, invite, self_managed_group, wrong_code
from storage.tables.plans import activity, campaign, obligation, plan, setting, timer

__all__ = [
    "BROKEN",
    "DROPPED",
    "MOVED",
    "OVERTAKEN",
    "SENT",
    "WAITING",
    "activity",
    "attachment",
    "audit",
    "audit_head",
    "campaign",
    "case",
    "channel_token",
    "contact",
    "conversation",
    "duty",
    "example",
    "household",
    "inbox",
    "invite",
    "lease",
    "likeness",
    "metadata",
    "obligation",
    "outbox",
    "plan",
    "question",
    "self_managed_group",
    "sending_count",
    "setting",
    "slot",
    "timer",
    "tip",
    "tip_part",
    "wrong_code",
]
