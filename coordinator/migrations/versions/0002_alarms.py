"""why texts do not leave for everybody, and finding the held ones"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "alarms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('account', 'blocked')", name=op.f("ck_alarms_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    held = sa.text("state = 'held'")
    op.create_index("ix_messages_held", "messages", ["held_until"], sqlite_where=held, postgresql_where=held)


def downgrade():
    op.drop_index("ix_messages_held", "messages")
    op.drop_table("alarms")
