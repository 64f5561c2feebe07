"""What the night itself keeps: the boards' keys, messages and screens.

Revision ID: the_night
Revises: show_days
"""

import sqlalchemy as sa
from alembic import op

revision = "the_night"
down_revision = "show_days"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
BOARDS = ("board_screens", "desk_messages", "board_keys")


def upgrade() -> None:
    _add_boards()


def downgrade() -> None:
    for table in BOARDS:
        op.drop_table(table)


def _add_boards() -> None:
    op.create_table(
        "board_keys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        _event(index=True),
    )
    op.create_table(
        "desk_messages",
        sa.Column("id", ID, primary_key=True),
        _stage(),
        sa.Column("words", sa.String(length=50), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("until_at", INSTANT, nullable=False),
        sa.Column("taken_down_at", INSTANT, nullable=True),
        _event(index=True),
    )
    op.create_table(
        "board_screens",
        sa.Column("id", ID, primary_key=True),
        _event(index=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        _stage(),
        sa.Column("browser", sa.String(length=60), nullable=False),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.UniqueConstraint("event_id", "key"),
        sa.CheckConstraint("kind IN ('now_next', 'wall', 'timer', 'goal')", name="kind"),
    )


def _event(*, index: bool) -> sa.Column[int]:
    return sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=index)


def _stage() -> sa.Column[int]:
    return sa.Column("stage_id", ID, sa.ForeignKey("stages.id", ondelete="CASCADE"), nullable=True, index=True)
