"""What a night needs beside its running order: boards, holds, stand-ins, questions to acts, keys of presses.

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
    op.add_column("presses", sa.Column("key", sa.String(length=64), nullable=True))
    op.create_index("ix_presses_event_id_key", "presses", ["event_id", "key"], unique=True)
    _add_boards()
    _add_holds()
    _add_stand_ins()
    _add_slot_offers()
    with op.batch_alter_table("event_people") as people:
        people.add_column(sa.Column("artist_liaison", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("events", sa.Column("donation_goal", sa.Numeric(precision=12, scale=2), nullable=True))
    op.add_column("events", sa.Column("archived_at", INSTANT, nullable=True))
    op.add_column("events", sa.Column("report_key", sa.String(length=22), nullable=True))
    op.create_index("ix_events_report_key", "events", ["report_key"], unique=True)
    op.add_column("slots", sa.Column("side_stage_at", INSTANT, nullable=True))
    op.add_column("slots", sa.Column("opening_plan_at", INSTANT, nullable=True))
    _money()
    _ready_ticks()


def downgrade() -> None:
    op.drop_column("slots", "opening_plan_at")
    op.drop_column("slots", "side_stage_at")
    for table in ("ready_ticks", "money_entries", "money_counts"):
        op.drop_table(table)
    op.drop_index("ix_events_report_key", "events")
    for column in ("report_key", "archived_at", "donation_goal"):
        op.drop_column("events", column)
    op.drop_index("ix_presses_event_id_key", "presses")
    op.drop_column("presses", "key")
    with op.batch_alter_table("event_people") as people:
        people.drop_column("artist_liaison")
    for table in ("slot_offers", "stand_ins"):
        op.drop_table(table)
    with op.batch_alter_table("stages") as stages:
        for column in ("went_on_at", "held_reason", "held_by", "held_at"):
            stages.drop_column(column)
    for table in BOARDS:
        op.drop_table(table)


def _add_holds() -> None:
    with op.batch_alter_table("stages") as stages:
        stages.add_column(sa.Column("held_at", INSTANT, nullable=True))
        stages.add_column(sa.Column("held_by", sa.String(length=200), nullable=True))
        stages.add_column(sa.Column("held_reason", sa.String(length=200), nullable=True))
        stages.add_column(sa.Column("went_on_at", INSTANT, nullable=True))


def _add_stand_ins() -> None:
    op.create_table(
        "stand_ins",
        sa.Column("id", ID, primary_key=True),
        _event(index=True),
        sa.Column("act_id", ID, sa.ForeignKey("acts.id", ondelete="CASCADE"), nullable=False, unique=True),
        sa.Column("minutes_away", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("gear", sa.String(length=300), nullable=True),
        sa.CheckConstraint("minutes_away >= 0", name="distance"),
        sa.CheckConstraint("length > 0", name="takes_time"),
    )


def _add_slot_offers() -> None:
    op.create_table(
        "slot_offers",
        sa.Column("id", ID, primary_key=True),
        _event(index=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slot_id", ID, sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("act_id", ID, sa.ForeignKey("acts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("coordinator_id", ID, sa.ForeignKey("coordinators.id", ondelete="SET NULL"), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("was_at", INSTANT, nullable=True),
        sa.Column("made_id", ID, sa.ForeignKey("slots.id", ondelete="SET NULL"), nullable=True),
        sa.CheckConstraint("kind IN ('forward', 'stand_in')", name="kind"),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined', 'withdrawn', 'filled')", name="state"),
    )


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


def _money() -> None:
    op.create_table(
        "money_counts",
        sa.Column("id", ID, primary_key=True),
        _event(index=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('cash', 'card', 'online')", name="kind"),
        sa.CheckConstraint("counters IN (1, 2)", name="counters"),
        sa.CheckConstraint("(amount IS NULL) = (confirmed_at IS NULL)", name="amount_is_confirmed"),
    )
    op.create_table(
        "money_entries",
        sa.Column("id", ID, primary_key=True),
        _event(index=True),
        sa.Column("count_id", ID, sa.ForeignKey("money_counts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "coordinator_id", ID, sa.ForeignKey("coordinators.id", ondelete="SET NULL"), nullable=True, index=True
        ),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("initials", sa.String(length=4), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.UniqueConstraint("count_id", "round", "coordinator_id"),
        sa.UniqueConstraint("event_id", "key"),
        sa.CheckConstraint("amount >= 0", name="amount"),
    )


def _ready_ticks() -> None:
    op.create_table(
        "ready_ticks",
        sa.Column("id", ID, primary_key=True),
        _event(index=True),
        sa.Column("slot_id", ID, sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("ticked_at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("coordinator_id", ID, sa.ForeignKey("coordinators.id", ondelete="SET NULL"), nullable=True),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.CheckConstraint("part IN ('stage', 'sound', 'act')", name="part"),
    )
