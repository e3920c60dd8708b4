"""a case has an owner and its limits; a message says what it is about and of what kind it is

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
# Until now the reason alone said that a row is a case's card: 'case:<case>:card:<routed>'; or a question's: 'question:<number>'.
NUMBER_OF_CASE = {
    "sqlite": "CAST(substr(reason, 6, instr(substr(reason, 6), ':') - 1) AS INTEGER)",
    "postgresql": "CAST(split_part(reason, ':', 2) AS BIGINT)",
}
ROUND_OF_CASE = {
    "sqlite": "CAST(substr(reason, instr(reason, ':card:') + 6) AS INTEGER)",
    "postgresql": "CAST(split_part(reason, ':', 4) AS INTEGER)",
}
NUMBER_BEHIND = {
    "sqlite": "CAST(substr(reason, instr(reason, ':') + 1) AS INTEGER)",
    "postgresql": "CAST(split_part(reason, ':', 2) AS BIGINT)",
}
MOVED, OVERTAKEN = 3, 4


def upgrade() -> None:
    kind = op.get_bind().dialect.name
    # Plain statements that both databases have: SQLite would rebuild the table, to which others refer.
    op.execute("ALTER TABLE police_case RENAME COLUMN taken_by TO owner")
    if kind == "postgresql":
        op.execute("ALTER TABLE police_case ALTER COLUMN state TYPE VARCHAR(24)")
    else:
        op.drop_index("ix_police_case_open", "police_case")
        op.execute("ALTER TABLE police_case ADD COLUMN longer VARCHAR(24) NOT NULL DEFAULT 'new'")
        op.execute("UPDATE police_case SET longer = state")
        op.execute("ALTER TABLE police_case DROP COLUMN state")
        op.execute("ALTER TABLE police_case RENAME COLUMN longer TO state")
        op.create_index("ix_police_case_open", "police_case", ["unit", "state", "id"])
    op.add_column("police_case", sa.Column("take_by", TIME, nullable=True))
    op.add_column("police_case", sa.Column("answer_by", TIME, nullable=True))
    op.add_column("activity", sa.Column("rough", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("why", sa.String(12), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("about", sa.String(12), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("about_id", ID, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("about_round", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        f"UPDATE outbox SET why = 'card', about = 'case', about_id = {NUMBER_OF_CASE[kind]}, "
        f"about_round = {ROUND_OF_CASE[kind]} WHERE reason LIKE 'case:%:card:%'"
    )
    op.execute(
        f"UPDATE outbox SET why = 'card', about = 'question', about_id = {NUMBER_BEHIND[kind]} "
        "WHERE reason LIKE 'question:%' AND reason NOT LIKE 'question:%:%'"
    )
    op.execute(
        f"UPDATE outbox SET why = 'awareness', about = 'campaign', about_id = {NUMBER_BEHIND[kind]} "
        "WHERE reason LIKE 'campaign:%'"
    )
    of_campaigns = sa.text("about = 'campaign'")
    op.create_index(
        "ix_outbox_campaign",
        "outbox",
        ["about_id", "state"],
        sqlite_where=of_campaigns,
        postgresql_where=of_campaigns,
    )
    op.execute("UPDATE outbox SET why = 'reply' WHERE reason LIKE 'hear:%'")
    op.execute(f"UPDATE outbox SET state = {OVERTAKEN}, error = NULL WHERE error = 'overtaken'")
    op.execute(f"UPDATE outbox SET state = {MOVED}, error = NULL WHERE error LIKE 'moved to %'")
    op.create_index(
        "ix_outbox_card",
        "outbox",
        ["about", "about_id"],
        sqlite_where=sa.text("why = 'card'"),
        postgresql_where=sa.text("why = 'card'"),
    )
    op.create_index(
        "ix_timer_subject",
        "timer",
        ["kind", "subject"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_timer_subject", "timer")
    op.drop_index("ix_outbox_card", "outbox")
    op.execute(f"UPDATE outbox SET state = 2, error = 'overtaken' WHERE state = {OVERTAKEN}")
    op.execute(f"UPDATE outbox SET state = 2, error = 'moved to another channel' WHERE state = {MOVED}")
    op.drop_index("ix_outbox_campaign", "outbox")
    for name in ("about_round", "about_id", "about", "why"):
        op.drop_column("outbox", name)
    op.drop_column("activity", "rough")
    op.drop_column("police_case", "answer_by")
    op.drop_column("police_case", "take_by")
    op.execute("ALTER TABLE police_case RENAME COLUMN owner TO taken_by")
