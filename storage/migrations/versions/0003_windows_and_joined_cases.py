"""when a person last wrote in their own chat; with which case a tip came before that joined another

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversation', sa.Column('wrote_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('tip', sa.Column('joined_from', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
    op.execute("UPDATE conversation SET wrote_at = tokens_at")


def downgrade() -> None:
    op.drop_column('tip', 'joined_from')
    op.drop_column('conversation', 'wrote_at')
