"""set aside what made our own code raise: messages have a state for it, timers a time of their next try

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
DROPPED, BROKEN = 2, 5
ARE_BROKEN = f"state = {BROKEN}"
WAIT_FOR_ANOTHER_TRY = "done_at IS NULL AND retry_at IS NOT NULL"


def upgrade() -> None:
    op.add_column("timer", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("timer", sa.Column("retry_at", TIME, nullable=True))
    op.add_column("timer", sa.Column("error", sa.String(80), nullable=True))
    where = sa.text(WAIT_FOR_ANOTHER_TRY)
    op.create_index("ix_timer_retry", "timer", ["retry_at"], sqlite_where=where, postgresql_where=where)
    where = sa.text(ARE_BROKEN)
    op.create_index("ix_outbox_broken", "outbox", ["id"], sqlite_where=where, postgresql_where=where)
    # Messages to chats that people had closed were emptied and went on waiting: nothing is left of them to send.
    op.execute(f"UPDATE outbox SET state = {DROPPED}, error = 'closed' WHERE state = 0 AND length(sealed_reply) = 0")


def downgrade() -> None:
    op.execute(f"UPDATE outbox SET state = {DROPPED} WHERE {ARE_BROKEN}")
    op.drop_index("ix_outbox_broken", "outbox")
    op.drop_index("ix_timer_retry", "timer")
    for name in ("error", "retry_at", "tries"):
        op.drop_column("timer", name)
