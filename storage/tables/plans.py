"""Tables of plans, obligations, activities, awareness messages and timers; and of stored settings."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.columns import Id, UtcTime
from storage.tables.base import metadata

setting = Table(
    "setting",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


plan = Table(
    "plan",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("content", Text, nullable=False),
    Column("loaded_at", UtcTime, nullable=False),
)


activity = Table(
    "activity",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", String(40), ForeignKey("self_managed_group.id"), nullable=False),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("rough", Boolean, nullable=False, default=False, server_default=false()),
    Column("people", Integer),
    Column("households", Integer),
    Column("count", Integer),
    Column("result", String(10)),
    Column("sealed_words", LargeBinary, nullable=False),
    Column("logged_at", UtcTime, nullable=False),
    Column("deleted_at", UtcTime),
    Index("ix_activity_group", "group_id", "started_at"),
    Index("ix_activity_contact", "contact_id", "id"),
)


obligation = Table(
    "obligation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("plan", String(20), nullable=False),
    Column("key", String(60), nullable=False),
    Column("unit", String(5), nullable=False),
    Column("title", String(300), nullable=False),
    Column("period_start", Date, nullable=False),
    Column("period_end", Date, nullable=False),
    Column("due_day", Date, nullable=False),
    Column("submitted_at", UtcTime),
    Column("submitted_by", Id),
    UniqueConstraint("plan", "key", "unit", "due_day"),
)


campaign = Table(
    "campaign",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),
    Column("title", String(200), nullable=False),
    Column("texts", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("late", String(8), nullable=False, default="send"),
    Column("state", String(10), nullable=False),
    Column("cursor", Id, nullable=False, default=0),
    Column("queued", Integer, nullable=False, default=0),
)


timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reason", String(80), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("subject", Id, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("detail", JSON),
    Column("done_at", UtcTime),
    Column("result", String(20)),
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    Column("retry_at", UtcTime),
    Column("error", String(80)),
)
Index(
    "ix_timer_due",
    timer.c.due_at,
    sqlite_where=timer.c.done_at.is_(None),
    postgresql_where=timer.c.done_at.is_(None),
)
Index(
    "ix_timer_subject",
    timer.c.kind,
    timer.c.subject,
    sqlite_where=timer.c.done_at.is_(None),
    postgresql_where=timer.c.done_at.is_(None),
)
Index(
    "ix_timer_retry",
    timer.c.retry_at,
    sqlite_where=timer.c.done_at.is_(None) & timer.c.retry_at.is_not(None),
    postgresql_where=timer.c.done_at.is_(None) & timer.c.retry_at.is_not(None),
)
