"""Ids and codes, each with a type of its own, so that mypy rejects a tip's id where a case's is needed."""

from __future__ import annotations

from typing import NewType

Unit = NewType("Unit", str)
"""A commune (five digits) or a province (two digits)."""
GroupId = NewType("GroupId", str)
"""A self-managed group, as its plan names it."""

ContactId = NewType("ContactId", int)
"""One chat on one channel."""
PersonId = NewType("PersonId", int)
"""A person: one or more linked chats."""
CaseId = NewType("CaseId", int)
TipId = NewType("TipId", int)
PartId = NewType("PartId", int)
"""One message's words within a tip."""
AttachmentId = NewType("AttachmentId", int)
QuestionId = NewType("QuestionId", int)
ActivityId = NewType("ActivityId", int)
ObligationId = NewType("ObligationId", int)
CampaignId = NewType("CampaignId", int)
"""One sending of an awareness message."""
TimerId = NewType("TimerId", int)
InboxId = NewType("InboxId", int)
OutboxId = NewType("OutboxId", int)
