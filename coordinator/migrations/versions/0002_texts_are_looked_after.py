"""texts are looked after until their end is known"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "lines",
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_lines")),
    )
    op.create_table(
        "tallies",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tallies")),
    )
    op.add_column("messages", sa.Column("former_sid", sa.String(length=64), nullable=True))
    op.add_column("messages", sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("looks", sa.Integer(), server_default="0", nullable=False))
    op.add_column("messages", sa.Column("resends", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_messages_look_at",
        "messages",
        ["look_at"],
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
    op.execute("UPDATE messages SET look_at = claimed_at WHERE state = 'unknown'")


def downgrade():
    op.drop_index("ix_messages_look_at", table_name="messages")
    for column in ("resends", "looks", "look_at", "former_sid"):
        op.drop_column("messages", column)
    op.drop_table("tallies")
    op.drop_table("lines")
