"""Tables of chats, conversations, duties, invites, groups and households."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, LargeBinary, String, Table, UniqueConstraint, false

from storage.columns import Id, UtcTime
from storage.tables.base import metadata

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
    Column("wrote_at", UtcTime),
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


wrong_code = Table(
    "wrong_code",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_wrong_code_contact", "contact_id", "at"),
)
