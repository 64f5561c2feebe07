"""volunteers, complete"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "house_rules",
        sa.Column(
            "event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("walking", sa.Integer(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=True),
        sa.Column("minors_until", sa.Time(), nullable=True),
        sa.Column("leave_until", sa.Integer(), nullable=False),
        sa.Column("promote_until", sa.Integer(), nullable=False),
        sa.Column("offer_until", sa.Integer(), nullable=False),
        sa.Column("offer_lasts", sa.Integer(), nullable=False),
        sa.Column("asks_to_confirm", sa.Boolean(), nullable=False),
        sa.Column("worry_before", sa.Integer(), nullable=False),
        sa.Column("hour_is_worth", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("raised", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.CheckConstraint("longest IS NULL OR longest > 0", name=op.f("ck_house_rules_longest")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_house_rules_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_house_rules")),
    )
    op.create_table(
        "standbys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_standbys_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_standbys_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standbys")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_standbys_event_id_person_id")),
    )
    with op.batch_alter_table("standbys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standbys_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standbys_person_id"), ["person_id"], unique=False)

    op.create_table(
        "cover_searches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("leaving_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("next_wave_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("why IN ('cancelled', 'asked', 'no_show', 'short')", name=op.f("ck_cover_searches_why")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_cover_searches_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["leaving_id"], ["sign_ups.id"], name=op.f("fk_cover_searches_leaving_id_sign_ups"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_cover_searches_shift_id_shifts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_searches")),
    )
    with op.batch_alter_table("cover_searches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_searches_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cover_searches_leaving_id"), ["leaving_id"], unique=False)
        batch_op.create_index(
            "ix_cover_searches_next_wave_at",
            ["next_wave_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_cover_searches_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "marks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sign_up_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("mark IN ('here', 'not_here', 'late', 'no_show', 'left')", name=op.f("ck_marks_mark")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_marks_event_id_events"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("fk_marks_sign_up_id_sign_ups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_marks_event_id_key")),
    )
    with op.batch_alter_table("marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marks_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marks_sign_up_id"), ["sign_up_id"], unique=False)

    op.create_table(
        "swaps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mine_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("theirs_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_swaps_event_id_events"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["mine_id"], ["sign_ups.id"], name=op.f("fk_swaps_mine_id_sign_ups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theirs_id"], ["sign_ups.id"], name=op.f("fk_swaps_theirs_id_sign_ups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
    )
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swaps_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_swaps_mine_id"), ["mine_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_swaps_theirs_id"), ["theirs_id"], unique=False)

    op.create_table(
        "cover_offers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("search_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "answer IN ('open', 'yes', 'no', 'too_late', 'expired', 'withdrawn')", name=op.f("ck_cover_offers_answer")
        ),
        sa.CheckConstraint("source IN ('waitlist', 'standby', 'known')", name=op.f("ck_cover_offers_source")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_cover_offers_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_cover_offers_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["cover_searches.id"],
            name=op.f("fk_cover_offers_search_id_cover_searches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_offers")),
        sa.UniqueConstraint("search_id", "person_id", name=op.f("uq_cover_offers_search_id_person_id")),
    )
    with op.batch_alter_table("cover_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_offers_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cover_offers_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cover_offers_search_id"), ["search_id"], unique=False)

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skills", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("born_on", sa.Date(), nullable=True))

    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skills", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("minimum_age", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("never_alone", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("instructions_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("instructions_es", sa.Text(), nullable=True))

    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("call", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("sign_ups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("friends", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("despite", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("waitlisted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("will_come_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("wants_cover_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("late_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("here_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("forgiven_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_sign_ups_friends"), ["friends"], unique=False)


def downgrade():
    with op.batch_alter_table("sign_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ups_friends"))
        batch_op.drop_column("forgiven_at")
        batch_op.drop_column("left_at")
        batch_op.drop_column("here_at")
        batch_op.drop_column("late_by")
        batch_op.drop_column("wants_cover_at")
        batch_op.drop_column("will_come_at")
        batch_op.drop_column("waitlisted_at")
        batch_op.drop_column("despite")
        batch_op.drop_column("friends")

    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.drop_column("call")

    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_column("instructions_es")
        batch_op.drop_column("instructions_en")
        batch_op.drop_column("never_alone")
        batch_op.drop_column("minimum_age")
        batch_op.drop_column("skills")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("born_on")
        batch_op.drop_column("skills")

    with op.batch_alter_table("cover_offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_offers_search_id"))
        batch_op.drop_index(batch_op.f("ix_cover_offers_person_id"))
        batch_op.drop_index(batch_op.f("ix_cover_offers_event_id"))

    op.drop_table("cover_offers")
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_swaps_theirs_id"))
        batch_op.drop_index(batch_op.f("ix_swaps_mine_id"))
        batch_op.drop_index(batch_op.f("ix_swaps_event_id"))

    op.drop_table("swaps")
    with op.batch_alter_table("marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marks_sign_up_id"))
        batch_op.drop_index(batch_op.f("ix_marks_event_id"))

    op.drop_table("marks")
    with op.batch_alter_table("cover_searches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_searches_shift_id"))
        batch_op.drop_index(
            "ix_cover_searches_next_wave_at",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_cover_searches_leaving_id"))
        batch_op.drop_index(batch_op.f("ix_cover_searches_event_id"))

    op.drop_table("cover_searches")
    with op.batch_alter_table("standbys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standbys_person_id"))
        batch_op.drop_index(batch_op.f("ix_standbys_event_id"))

    op.drop_table("standbys")
    op.drop_table("house_rules")
