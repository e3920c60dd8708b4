"""Tables of tips, cases, attachments, and the audit log."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from storage.columns import Id, UtcTime
from storage.tables.base import metadata

case = Table(
    "police_case",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit", String(5), nullable=False),
    Column("province", String(2), nullable=False),
    Column("state", String(24), nullable=False),
    Column("category", String(20), nullable=False),
    Column("urgency", String(12), nullable=False),
    Column("commune", String(5)),
    Column("received_at", UtcTime, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("owner", Id),
    Column("taken_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("outcome", String(12)),
    Column("merged_into", Id),
    Column("level", Integer, nullable=False, default=0),
    Column("routed", Integer, nullable=False, default=0),
    Column("version", Integer, nullable=False, default=0),
    Column("take_by", UtcTime),
    Column("answer_by", UtcTime),
    Index("ix_police_case_open", "unit", "state", "id"),
)


tip = Table(
    "tip",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("police_case.id"), nullable=False),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("message_key", String(120), nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("sealed_code", LargeBinary, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("proposed", JSON, nullable=False),
    Column("anonymous", Boolean, nullable=False, default=True),
    Column("sealed_reachable_by", LargeBinary),
    Column("sealed_point", LargeBinary),
    Column("album", LargeBinary),
    Column("withdrawn_at", UtcTime),
    Column("question_at", UtcTime),
    Column("joined_from", Id),
    UniqueConstraint("channel", "message_key"),
    Index("ix_tip_case_id", "case_id"),
    Index("ix_tip_contact_id", "contact_id", "id"),
)


tip_part = Table(
    "tip_part",
    metadata,
    Column("id", Id, primary_key=True),
    Column("tip_id", Id, ForeignKey("tip.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("said_at", UtcTime, nullable=False),
    Column("sealed_text", LargeBinary, nullable=False),
    Index("ix_tip_part_tip_id", "tip_id", "id"),
)


attachment = Table(
    "attachment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("tip_id", Id, ForeignKey("tip.id")),
    Column("activity_id", Id, ForeignKey("activity.id")),
    Column("campaign_id", Id, ForeignKey("campaign.id")),
    Column("channel", String(12), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("sealed_source", LargeBinary, nullable=False),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("ready_at", UtcTime, nullable=False),
    Column("file", String(80)),
    Column("mime", String(60)),
    Column("size", BigInteger),
    Column("added_at", UtcTime, nullable=False),
    Column("error", String(80)),
    Index("ix_attachment_tip_id", "tip_id"),
    Index("ix_attachment_activity_id", "activity_id"),
)
Index(
    "ix_attachment_waiting",
    attachment.c.ready_at,
    sqlite_where=attachment.c.state == "waiting",
    postgresql_where=attachment.c.state == "waiting",
)


likeness = Table(
    "likeness",
    metadata,
    Column("case_id", Id, ForeignKey("police_case.id"), primary_key=True),
    Column("other_id", Id, ForeignKey("police_case.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("found_at", UtcTime, nullable=False),
    Column("same", Boolean),
    Column("decided_at", UtcTime),
    Column("decided_by", Id),
)


example = Table(
    "example",
    metadata,
    Column("id", Id, primary_key=True),
    Column("tip_id", Id, ForeignKey("tip.id"), nullable=False),
    Column("sealed_text", LargeBinary, nullable=False),
    Column("category", String(20)),
    Column("urgency", String(12)),
    Column("commune", String(5)),
    Column("corrected_at", UtcTime, nullable=False),
)


question = Table(
    "question",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("unit", String(5), nullable=False),
    Column("sealed_text", LargeBinary, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("answered_by", Id),
    Column("sealed_answer", LargeBinary),
    Index("ix_question_contact", "contact_id", "id"),
)


audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chain", String(5), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("case_id", Id),
    Column("actor", Id),
    Column("act", String(24), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("sealed_detail", LargeBinary),
    Column("mac", LargeBinary, nullable=False),
    UniqueConstraint("chain", "seq"),
    Index("ix_audit_case_id", "case_id"),
)


audit_head = Table(
    "audit_head",
    metadata,
    Column("chain", String(5), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("last_mac", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)
