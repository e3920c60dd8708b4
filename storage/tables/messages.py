"""Tables of the inbox and the outbox, and of what sending needs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from storage.columns import Id, UtcTime
from storage.tables.base import BROKEN, WAITING, metadata

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
    Column("why", String(12), nullable=False, default="", server_default=""),
    Column("about", String(12), nullable=False, default="", server_default=""),
    Column("about_id", Id, nullable=False, default=0, server_default="0"),
    Column("about_round", Integer, nullable=False, default=0, server_default="0"),
    UniqueConstraint("reason", "contact_id"),
    Index("ix_outbox_contact", "contact_id", "id"),
)
Index(
    "ix_outbox_card",
    outbox.c.about,
    outbox.c.about_id,
    sqlite_where=outbox.c.why == "card",
    postgresql_where=outbox.c.why == "card",
)
Index(
    "ix_outbox_campaign",
    outbox.c.about_id,
    outbox.c.state,
    sqlite_where=outbox.c.about == "campaign",
    postgresql_where=outbox.c.about == "campaign",
)
Index(
    "ix_outbox_waiting",
    outbox.c.channel,
    outbox.c.lane,
    outbox.c.id,
    sqlite_where=outbox.c.state == WAITING,
    postgresql_where=outbox.c.state == WAITING,
)
Index(
    "ix_outbox_broken",
    outbox.c.id,
    sqlite_where=outbox.c.state == BROKEN,
    postgresql_where=outbox.c.state == BROKEN,
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
