"""The tables. Columns of type `LargeBinary` named `sealed_*` or ending in `_hash` hold what only the key can read.

There is no table of suspects, and none that ranks residents.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.columns import Id, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

WAITING, SENT, DROPPED = 0, 1, 2
"""What became of an outbox row: still to be sent, sent, or never to be sent (`error` says why)."""

setting = Table(
    "setting",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

contact = Table(
    "contact",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(12), nullable=False),
    Column("address_hash", LargeBinary, nullable=False),
    Column("sealed_address", LargeBinary, nullable=False),
    Column("sealed_name", LargeBinary),
    Column("is_group", Boolean, nullable=False, default=False),
    Column("language", String(2), nullable=False, default="vi"),
    Column("commune", String(5)),
    Column("household_id", Id, ForeignKey("household.id")),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("created_at", UtcTime, nullable=False),
    Column("person", Id),
    Column("preferred", Boolean, nullable=False, default=False, server_default=false()),
    UniqueConstraint("channel", "address_hash"),
    Index("ix_contact_commune", "commune", "id"),
    Index("ix_contact_person", "person"),
)

conversation = Table(
    "conversation",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True),
    Column("step", String(24), nullable=False, default=""),
    Column("sealed_draft", LargeBinary),
    Column("tip_id", Id),
    Column("tip_at", UtcTime),
    Column("tokens", Float, nullable=False),
    Column("tokens_at", UtcTime, nullable=False),
)

duty = Table(
    "duty",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("role", String(12), nullable=False),
    Column("unit", String(5)),
    Column("group_id", String(40), ForeignKey("self_managed_group.id")),
    Column("on_duty", Boolean, nullable=False, default=True),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime),
    Index("ix_duty_unit", "unit", "role"),
    Index("ix_duty_contact", "contact_id"),
)

invite = Table(
    "invite",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    Column("unit", String(5)),
    Column("group_id", String(40)),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("used_by", Id),
    Column("contact_id", Id),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(12), nullable=False),
    Column("message_key", String(120), nullable=False),
    Column("contact_id", Id),
    Column("received_at", UtcTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("sealed_message", LargeBinary),
    Column("error", String(80)),
    UniqueConstraint("channel", "message_key"),
    Index("ix_inbox_contact", "contact_id", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reason", String(80), nullable=False),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("state", Integer, nullable=False, default=WAITING),
    Column("sealed_reply", LargeBinary, nullable=False),
    Column("slot", String(40), nullable=False, default=""),
    Column("language", String(2), nullable=False, default="vi"),
    Column("created_at", UtcTime, nullable=False),
    Column("ready_at", UtcTime, nullable=False),
    Column("sent_at", UtcTime),
    Column("tries", Integer, nullable=False, default=0),
    Column("error", String(80)),
    UniqueConstraint("reason", "contact_id"),
    Index("ix_outbox_contact", "contact_id", "id"),
)
Index(
    "ix_outbox_waiting",
    outbox.c.channel,
    outbox.c.lane,
    outbox.c.id,
    sqlite_where=outbox.c.state == WAITING,
    postgresql_where=outbox.c.state == WAITING,
)

slot = Table(
    "slot",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True),
    Column("slot", String(40), primary_key=True),
    Column("sealed_handle", LargeBinary, nullable=False),
    Column("outbox_id", Id, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("account", String(60), primary_key=True),
    Column("holder", String(60), nullable=False),
    Column("until", UtcTime, nullable=False),
)

case = Table(
    "police_case",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit", String(5), nullable=False),
    Column("province", String(2), nullable=False),
    Column("state", String(12), nullable=False),
    Column("category", String(20), nullable=False),
    Column("urgency", String(12), nullable=False),
    Column("commune", String(5)),
    Column("received_at", UtcTime, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("taken_by", Id),
    Column("taken_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("outcome", String(12)),
    Column("merged_into", Id),
    Column("level", Integer, nullable=False, default=0),
    Column("routed", Integer, nullable=False, default=0),
    Column("version", Integer, nullable=False, default=0),
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
)
Index(
    "ix_timer_due",
    timer.c.due_at,
    sqlite_where=timer.c.done_at.is_(None),
    postgresql_where=timer.c.done_at.is_(None),
)

plan = Table(
    "plan",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("content", Text, nullable=False),
    Column("loaded_at", UtcTime, nullable=False),
)

self_managed_group = Table(
    "self_managed_group",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("model", String(60), nullable=False),
    Column("unit", String(5), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Index("ix_self_managed_group_unit", "unit"),
)

household = Table(
    "household",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(60), nullable=False, unique=True),
    Column("unit", String(5), nullable=False),
    Column("group_id", String(40), ForeignKey("self_managed_group.id")),
    Column("sealed_label", LargeBinary),
    Index("ix_household_unit", "unit"),
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


wrong_code = Table(
    "wrong_code",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_wrong_code_contact", "contact_id", "at"),
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

channel_token = Table(
    "channel_token",
    metadata,
    Column("account", String(60), primary_key=True),
    Column("sealed_pair", LargeBinary, nullable=False),
    Column("sealed_before", LargeBinary),
    Column("access_until", UtcTime, nullable=False),
    Column("refreshed_at", UtcTime, nullable=False),
    Column("attempt_at", UtcTime),
    Column("trouble", String(80)),
)

sending_count = Table(
    "sending_count",
    metadata,
    Column("account", String(60), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("used", Integer, nullable=False),
)
