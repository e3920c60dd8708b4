"""linked chats, likeness of cases, questions, tokens of channels

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('channel_token',
    sa.Column('account', sa.String(length=60), nullable=False),
    sa.Column('sealed_pair', sa.LargeBinary(), nullable=False),
    sa.Column('sealed_before', sa.LargeBinary(), nullable=True),
    sa.Column('access_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('refreshed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('trouble', sa.String(length=80), nullable=True),
    sa.PrimaryKeyConstraint('account', name=op.f('pk_channel_token'))
    )
    op.create_table('sending_count',
    sa.Column('account', sa.String(length=60), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('account', 'month', name=op.f('pk_sending_count'))
    )
    op.create_table('likeness',
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('same', sa.Boolean(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['police_case.id'], name=op.f('fk_likeness_case_id')),
    sa.ForeignKeyConstraint(['other_id'], ['police_case.id'], name=op.f('fk_likeness_other_id')),
    sa.PrimaryKeyConstraint('case_id', 'other_id', name=op.f('pk_likeness'))
    )
    op.create_table('question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit', sa.String(length=5), nullable=False),
    sa.Column('sealed_text', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('sealed_answer', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_question_contact_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index('ix_question_contact', ['contact_id', 'id'], unique=False)

    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('preferred', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index('ix_contact_person', ['person'], unique=False)

    with op.batch_alter_table('invite', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('invite', schema=None) as batch_op:
        batch_op.drop_column('contact_id')

    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index('ix_contact_person')
        batch_op.drop_column('preferred')
        batch_op.drop_column('person')

    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index('ix_question_contact')

    op.drop_table('question')
    op.drop_table('likeness')
    op.drop_table('sending_count')
    op.drop_table('channel_token')
