"""who is there: how late somebody says they are, and tablets by the door"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "kiosks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_kiosks_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosks")),
    )
    op.create_index(op.f("ix_kiosks_event_id"), "kiosks", ["event_id"])
    op.add_column("marks", sa.Column("late_by", sa.Integer(), nullable=True))
    op.create_index(
        "ix_sign_ups_here",
        "sign_ups",
        ["shift_id"],
        sqlite_where=sa.text("state = 'checked_in'"),
        postgresql_where=sa.text("state = 'checked_in'"),
    )


def downgrade():
    op.drop_index("ix_sign_ups_here", table_name="sign_ups")
    op.drop_column("marks", "late_by")
    op.drop_table("kiosks")
