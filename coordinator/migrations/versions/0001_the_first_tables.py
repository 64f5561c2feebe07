"""The first tables: all that the models know before the first release.

Long because it makes every table. Constraints and indexes have the names that coordinator/db gives them.
"""

# ruff: noqa: E501, PLR0915

import sqlalchemy as sa
from alembic import op

revision = "first"  # no number: databases from before the first release are at 0001 to 0022, and are not this one
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
TABLES = """accounts alarms attempts choices heartbeats installation lines opt_outs organisations receipts tallies door_counts events
    people acts coordinators event_people volunteer_policies kiosks known_times past_agreements roles
    rule_overrides seen_plans sightings stages standbys act_members account_sessions audit_entries authenticators invitations
    passkeys recovery_codes sign_in_links slots presses shifts slot_answers calls messages proof_codes sign_ups cover_searches marks
    message_changes swaps accepted_clashes cover_offers prints
""".split()


def partial_index(name, table, *columns, where):
    """An index of the rows for which ``where`` holds, on either database."""
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade():

    op.create_table(
        "accounts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.UniqueConstraint("email"),
    )

    op.create_table(
        "alarms",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("lifted_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('account', 'blocked', 'mail')", name="kind"),
    )

    op.create_table(
        "attempts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_attempts_kind_subject_at", "attempts", ["kind", "subject", "at"])

    op.create_table(
        "choices",
        sa.Column("id", ID, primary_key=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("offered_at", INSTANT, nullable=False),
        sa.Column("means", sa.JSON(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=True),
    )
    op.create_index("ix_choices_phone_number", "choices", ["phone", "number"])

    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=80), primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
    )

    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("rounds", ID, nullable=False),
        sa.Column("held_at", INSTANT, nullable=True),
        sa.Column("held_because", sa.String(length=12), nullable=True),
        sa.Column("released_at", INSTANT, nullable=True),
        sa.CheckConstraint("held_because IN ('asked', 'restored', 'copy', 'gap')", name="held_because"),
        sa.CheckConstraint("(held_at IS NULL) = (held_because IS NULL)", name="held_for_a_reason"),
        sa.CheckConstraint("id = 1", name="only_one"),
    )

    op.create_table(
        "lines",
        sa.Column("sender", sa.String(length=64), primary_key=True),
        sa.Column("free_at", INSTANT, nullable=False),
    )

    op.create_table(
        "opt_outs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("lifted_at", INSTANT, nullable=True),
    )
    op.create_index("ix_opt_outs_phone_sender", "opt_outs", ["phone", "sender"])

    op.create_table(
        "organisations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("texts_paused_at", INSTANT, nullable=True),
    )

    op.create_table(
        "receipts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("applied_at", INSTANT, nullable=True),
    )
    partial_index("ix_receipts_unapplied", "receipts", "id", where="applied_at IS NULL")

    op.create_table(
        "tallies",
        sa.Column("name", sa.String(length=40), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )

    op.create_table(
        "door_counts",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=True, index=True
        ),
        sa.Column("door", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("hour_at", INSTANT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("door IN ('sign_in', 'code', 'door', 'kiosk')", name="door"),
        sa.CheckConstraint(
            "outcome IN ('right', 'sent', 'wrong', 'too_often', 'too_many', 'closed', 'paused')", name="outcome"
        ),
    )
    op.create_index("ix_door_counts_hour_at", "door_counts", ["hour_at"])

    op.create_table(
        "events",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_es", sa.String(length=200), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("venue_name", sa.String(length=200), nullable=True),
        sa.Column("venue_address", sa.String(length=300), nullable=True),
        sa.Column("doors_local", sa.String(length=24), nullable=True),
        sa.Column("doors_at", INSTANT, nullable=True),
        sa.Column("beneficiary", sa.String(length=200), nullable=True),
        sa.Column("donation_suggested", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("donation_currency", sa.String(length=3), nullable=True),
        sa.Column("donation_url", sa.String(length=500), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("about_es", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=True),
        sa.Column("contact_phone", sa.String(length=20), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_to", sa.Time(), nullable=True),
        sa.Column("texts_paused_at", INSTANT, nullable=True),
        sa.Column("sign_up_closed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("planned_revision", sa.Integer(), nullable=False),
        sa.Column("planned_at", INSTANT, nullable=True),
        sa.Column("plan_again_at", INSTANT, nullable=True),
        sa.Column("plan_until_at", INSTANT, nullable=True),
        sa.CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_hours_come_in_pairs"),
        sa.UniqueConstraint("slug"),
    )

    op.create_table(
        "people",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True, index=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.Column("agreed_how", sa.String(length=80), nullable=True),
        sa.Column("agreed_words", sa.Text(), nullable=True),
        sa.Column("stays_on_list", sa.Boolean(), nullable=False),
        sa.Column("phone_trouble", sa.String(length=80), nullable=True),
        sa.Column("phone_trouble_at", INSTANT, nullable=True),
        sa.Column("forgotten_at", INSTANT, nullable=True),
        sa.Column("skills", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("link_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True, index=True),
        sa.Column("email_agreed_at", INSTANT, nullable=True),
        sa.Column("email_agreed_how", sa.String(length=80), nullable=True),
        sa.Column("email_agreed_words", sa.Text(), nullable=True),
        sa.Column("email_trouble", sa.String(length=300), nullable=True),
        sa.Column("email_trouble_at", INSTANT, nullable=True),
        sa.Column("prefers", sa.String(length=5), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.CheckConstraint("prefers IN ('text', 'email')", name="prefers"),
    )

    op.create_table(
        "acts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.UniqueConstraint("event_id", "key"),
    )

    op.create_table(
        "coordinators",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("stage_ids", sa.JSON(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.CheckConstraint("role IN ('owner', 'coordinator', 'stage_manager', 'check_in', 'viewer')", name="role"),
        sa.UniqueConstraint("account_id", "organisation_id"),
        sa.UniqueConstraint("person_id"),
    )

    op.create_table(
        "event_people",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("stage_manager", sa.Boolean(), nullable=False),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.UniqueConstraint("event_id", "key"),
        sa.UniqueConstraint("event_id", "person_id"),
    )

    op.create_table(
        "volunteer_policies",
        sa.Column(
            "event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), autoincrement=False, primary_key=True
        ),
        sa.Column("walking", sa.Integer(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=True),
        sa.Column("minors_until", sa.Time(), nullable=True),
        sa.Column("leave_until", sa.Integer(), nullable=False),
        sa.Column("promote_until", sa.Integer(), nullable=False),
        sa.Column("offer_until", sa.Integer(), nullable=False),
        sa.Column("offer_lasts", sa.Integer(), nullable=False),
        sa.Column("asks_whom", sa.String(length=20), nullable=False),
        sa.Column("asks_to_confirm", sa.Boolean(), nullable=False),
        sa.Column("worry_before", sa.Integer(), nullable=False),
        sa.Column("hour_is_worth", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("raised", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.CheckConstraint("longest IS NULL OR longest > 0", name="longest"),
        sa.CheckConstraint("asks_whom IN ('nobody', 'history', 'everybody')", name="asks_whom"),
    )

    op.create_table(
        "kiosks",
        sa.Column("id", ID, primary_key=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    )

    op.create_table(
        "known_times",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint("subject", "person_id"),
    )

    op.create_table(
        "past_agreements",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("channel", sa.String(length=5), nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=False),
        sa.Column("agreed_how", sa.String(length=80), nullable=True),
        sa.Column("agreed_words", sa.Text(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.CheckConstraint("channel IN ('text', 'email')", name="channel"),
    )

    op.create_table(
        "roles",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_es", sa.String(length=120), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_es", sa.Text(), nullable=True),
        sa.Column("works_changeovers", sa.Boolean(), nullable=False),
        sa.Column("skills", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("never_alone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=True),
        sa.Column("instructions_es", sa.Text(), nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.UniqueConstraint("event_id", "key"),
    )

    op.create_table(
        "rule_overrides",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=True),
        sa.Column("anchor", sa.String(length=20), nullable=True),
        sa.Column("lead", sa.Integer(), nullable=True),
        sa.Column("only_unconfirmed", sa.Boolean(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("lead IS NULL OR lead >= 2", name="lead"),
        sa.UniqueConstraint("event_id", "key"),
    )

    op.create_table(
        "seen_plans",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("planned_at", INSTANT, nullable=True),
        sa.Column("replanned_at", INSTANT, nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=16), nullable=False),
        sa.UniqueConstraint("subject"),
    )

    op.create_table(
        "sightings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("anchor", sa.String(length=20), nullable=False),
        sa.Column("sightings", sa.JSON(), nullable=False),
        sa.UniqueConstraint("subject", "anchor"),
    )

    op.create_table(
        "stages",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("curfew_local", sa.String(length=24), nullable=True),
        sa.Column("curfew_at", INSTANT, nullable=True),
        sa.Column("attended_at", INSTANT, nullable=True),
        sa.Column("attended_by", sa.String(length=200), nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.UniqueConstraint("event_id", "key"),
    )

    op.create_table(
        "standbys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("since_at", INSTANT, nullable=False),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.UniqueConstraint("event_id", "person_id"),
    )

    op.create_table(
        "act_members",
        sa.Column("id", ID, primary_key=True),
        sa.Column("act_id", ID, sa.ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.UniqueConstraint("act_id", "person_id"),
    )

    op.create_table(
        "account_sessions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("coordinator_id", ID, sa.ForeignKey("coordinators.id", ondelete="CASCADE"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("proved_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("is_new", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.UniqueConstraint("token_hash"),
    )

    op.create_table(
        "audit_entries",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("coordinator_id", ID, sa.ForeignKey("coordinators.id", ondelete="SET NULL"), nullable=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("via", sa.String(length=20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "via IN ('coordinator', 'sheet', 'text', 'link', 'door', 'kiosk', 'own', 'document', 'command', 'job')",
            name="via",
        ),
    )
    op.create_index("ix_audit_entries_event_id_at", "audit_entries", ["event_id", "at"])

    op.create_table(
        "authenticators",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.UniqueConstraint("account_id"),
    )

    op.create_table(
        "invitations",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("stage_ids", sa.JSON(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", ID, sa.ForeignKey("coordinators.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.CheckConstraint("role IN ('owner', 'coordinator', 'stage_manager', 'check_in', 'viewer')", name="role"),
        sa.UniqueConstraint("token_hash"),
    )

    op.create_table(
        "passkeys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.String(length=2000), nullable=False),
        sa.Column("sign_count", ID, nullable=False),
        sa.Column("backed_up", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.UniqueConstraint("credential_id"),
    )

    op.create_table(
        "recovery_codes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.UniqueConstraint("account_id", "code_hash"),
    )

    op.create_table(
        "sign_in_links",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sets_password", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.UniqueConstraint("token_hash"),
    )

    op.create_table(
        "slots",
        sa.Column("id", ID, primary_key=True),
        sa.Column("stage_id", ID, sa.ForeignKey("stages.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("act_id", ID, sa.ForeignKey("acts.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_local", sa.String(length=24), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("changeover", sa.Integer(), nullable=False),
        sa.Column("changeover_min", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("early_ok", sa.Boolean(), nullable=False),
        sa.Column("length_inferred", sa.Boolean(), nullable=False),
        sa.Column("changeover_inferred", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_via", sa.String(length=20), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("disputed_at", INSTANT, nullable=True),
        sa.Column("asks_for", sa.String(length=500), nullable=True),
        sa.Column("said_late_by", sa.Integer(), nullable=True),
        sa.Column("said_late_at", INSTANT, nullable=True),
        sa.Column("said_start_at", INSTANT, nullable=True),
        sa.Column("said_late_person_id", ID, sa.ForeignKey("people.id", ondelete="SET NULL"), nullable=True),
        sa.Column("late_decided_at", INSTANT, nullable=True),
        sa.Column("news_at", INSTANT, nullable=True),
        sa.Column("said_here_at", INSTANT, nullable=True),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("late_by", sa.Integer(), nullable=True),
        sa.Column("extension", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.Column("restored_at", INSTANT, nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("answer IN ('open', 'invited', 'confirmed', 'declined')", name="answer"),
        sa.CheckConstraint("kind IN ('set', 'speech', 'break', 'soundcheck')", name="kind"),
        sa.CheckConstraint("0 <= changeover_min AND changeover_min <= changeover", name="changeover"),
        sa.CheckConstraint("length > 0", name="takes_time"),
        sa.UniqueConstraint("event_id", "key"),
        sa.CheckConstraint(
            "answered_via IN ('coordinator', 'sheet', 'text', 'link', 'door', 'kiosk', 'own', 'document', 'command', 'job')",
            name="answered_via",
        ),
    )
    partial_index("ix_slots_news_at", "slots", "news_at", where="news_at IS NOT NULL")

    op.create_table(
        "presses",
        sa.Column("id", ID, primary_key=True),
        sa.Column("slot_id", ID, sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("pressed_at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("coordinator_id", ID, sa.ForeignKey("coordinators.id", ondelete="SET NULL"), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.Column("tap_id", ID, nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("verb IN ('start', 'end', 'late', 'extend', 'cancel', 'restore')", name="verb"),
    )

    op.create_table(
        "shifts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("role_id", ID, sa.ForeignKey("roles.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("min", sa.Integer(), nullable=False),
        sa.Column("max", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("call", sa.Integer(), server_default="0", nullable=False),
        sa.Column("starts_local", sa.String(length=24), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_local", sa.String(length=24), nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("follows_slot_id", ID, sa.ForeignKey("slots.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("follows_from", sa.String(length=20), nullable=True),
        sa.Column("follows_to", sa.String(length=20), nullable=True),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("0 <= min AND min <= max AND max >= 1", name="places"),
        sa.CheckConstraint("starts_at < ends_at", name="takes_time"),
        sa.UniqueConstraint("event_id", "key"),
    )

    op.create_table(
        "slot_answers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("slot_id", ID, sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("via", sa.String(length=20), nullable=False),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("answer IN ('confirmed', 'declined')", name="answer"),
        sa.UniqueConstraint("slot_id", "person_id"),
        sa.CheckConstraint(
            "via IN ('coordinator', 'sheet', 'text', 'link', 'door', 'kiosk', 'own', 'document', 'command', 'job')",
            name="via",
        ),
    )

    op.create_table(
        "calls",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("slot_id", ID, sa.ForeignKey("slots.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("shift_id", ID, sa.ForeignKey("shifts.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("anchor", sa.String(length=20), nullable=True),
        sa.Column("says_at", INSTANT, nullable=True),
        sa.Column("was_at", INSTANT, nullable=True),
        sa.Column("planned_at", INSTANT, nullable=True),
        sa.Column("tells", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("was", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("useful_until", INSTANT, nullable=False),
        sa.Column("ticked_at", INSTANT, nullable=True),
        sa.Column("ticked_by", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint("(ticked_at IS NULL) = (ticked_by IS NULL)", name="ticked_by_somebody"),
        sa.UniqueConstraint("dedupe_key"),
        sa.CheckConstraint(
            "kind IN ('new_time', 'cancelled', 'signed-up', 'assigned', 'removed', 'changed', 'accepted', 'alert-cannot', 'alert-late', 'alert-not-here', 'alert-overdue', 'disputed', 'settled-yes', 'settled-no')",
            name="kind",
        ),
        sa.CheckConstraint(
            "why IN ('too_late', 'earlier', 'repeated', 'no_phone', 'not_agreed', 'opted_out', 'phone_trouble', 'email_trouble', 'quiet_hours', 'failed', 'unsure', 'never_told')",
            name="why",
        ),
    )
    op.create_index("ix_calls_event_id_useful_until", "calls", ["event_id", "useful_until"])

    op.create_table(
        "messages",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=True, index=True
        ),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("slot_id", ID, sa.ForeignKey("slots.id", ondelete="SET NULL"), nullable=True),
        sa.Column("shift_id", ID, sa.ForeignKey("shifts.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("anchor", sa.String(length=20), nullable=True),
        sa.Column("says_at", INSTANT, nullable=True),
        sa.Column("other_times", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("tells", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("planned_at", INSTANT, nullable=True),
        sa.Column("dedupe_key", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("first_body", sa.Text(), nullable=True),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("num_media", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("useful_until", INSTANT, nullable=True),
        sa.Column("any_hour", sa.Boolean(), nullable=False),
        sa.Column("held_until", INSTANT, nullable=True),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("claimed_by", sa.String(length=80), nullable=True),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("provider_sid", sa.String(length=64), nullable=True),
        sa.Column("sender", sa.String(length=64), nullable=True),
        sa.Column("former_sids", sa.Text(), nullable=True),
        sa.Column("check_at", INSTANT, nullable=True),
        sa.Column("checks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("resends", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("rides_with_id", ID, sa.ForeignKey("messages.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("answers_id", ID, sa.ForeignKey("messages.id", ondelete="SET NULL"), nullable=True),
        sa.Column("needs_answer", sa.Boolean(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("channel", sa.String(length=5), server_default="text", nullable=False),
        sa.Column("gave_up_on", sa.String(length=5), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("mail", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("channel IN ('text', 'email')", name="channel"),
        sa.CheckConstraint("gave_up_on IN ('text', 'email')", name="gave_up_on"),
        sa.CheckConstraint("direction IN ('out', 'in')", name="direction"),
        sa.CheckConstraint(
            "kind IN ('reminder', 'new_time', 'cancelled', 'echo', 'code', 'digest', 'note', 'reply', 'forward', 'signed-up', 'assigned', 'removed', 'changed', 'accepted', 'alert', 'disputed')",
            name="kind",
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'held', 'sending', 'unknown', 'accepted', 'sent', 'delivered', 'failed', 'undelivered', 'expired', 'cancelled', 'stopped', 'received')",
            name="state",
        ),
        sa.UniqueConstraint("dedupe_key"),
        sa.UniqueConstraint("provider_sid"),
    )
    partial_index("ix_messages_due", "messages", "due_at", where="state = 'waiting'")
    mail_due = "state = 'waiting' AND channel = 'email'"
    partial_index("ix_messages_mail_due", "messages", "due_at", where=mail_due)
    op.create_index("ix_messages_event_id_state", "messages", ["event_id", "state"])
    partial_index("ix_messages_held", "messages", "held_until", where="state = 'held'")
    partial_index("ix_messages_lease", "messages", "lease_until", where="state = 'sending'")
    partial_index("ix_messages_check_at", "messages", "check_at", where="check_at IS NOT NULL")
    op.create_index("ix_messages_phone_created_at", "messages", ["phone", "created_at"])
    op.create_index("ix_messages_slot_person", "messages", ["slot_id", "person_id"])

    op.create_table(
        "proof_codes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("sent_to", sa.String(length=254), nullable=False, index=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("shift_id", ID, sa.ForeignKey("shifts.id", ondelete="CASCADE"), nullable=True),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("consent_words", sa.Text(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("browser", sa.String(length=64), server_default="", nullable=False),
        sa.Column("requested", sa.JSON(), nullable=True),
        sa.Column("counted_tries", sa.JSON(), nullable=True),
    )

    op.create_table(
        "sign_ups",
        sa.Column("id", ID, primary_key=True),
        sa.Column("shift_id", ID, sa.ForeignKey("shifts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("friends_key", sa.String(length=40), nullable=True, index=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("waitlisted_at", INSTANT, nullable=True),
        sa.Column("will_come_at", INSTANT, nullable=True),
        sa.Column("wants_cover_at", INSTANT, nullable=True),
        sa.Column("late_by", sa.Integer(), nullable=True),
        sa.Column("here_at", INSTANT, nullable=True),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.Column("excused_at", INSTANT, nullable=True),
        sa.Column("notice", sa.String(length=12), nullable=True),
        sa.Column("aside_for_id", ID, sa.ForeignKey("sign_ups.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("given_up_at", INSTANT, nullable=True),
        sa.Column("known", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("notice IN ('signed-up', 'assigned')", name="notice"),
        sa.CheckConstraint(
            "state IN ('waitlisted', 'confirmed', 'cancelled', 'checked_in', 'no_show', 'done')", name="state"
        ),
        sa.UniqueConstraint("shift_id", "person_id"),
        sa.CheckConstraint(
            "source IN ('link', 'text', 'coordinator', 'document', 'waitlist', 'cover', 'swap', 'friend')",
            name="source",
        ),
    )
    partial_index("ix_sign_ups_here", "sign_ups", "shift_id", where="state = 'checked_in'")

    op.create_table(
        "cover_searches",
        sa.Column("id", ID, primary_key=True),
        sa.Column("shift_id", ID, sa.ForeignKey("shifts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("leaving_id", ID, sa.ForeignKey("sign_ups.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("next_wave_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("why IN ('cancelled', 'asked', 'no_show', 'short', 'waited')", name="why"),
        sa.CheckConstraint("outcome IN ('filled', 'called_off', 'nobody')", name="outcome"),
    )
    partial_index("ix_cover_searches_next_wave_at", "cover_searches", "next_wave_at", where="closed_at IS NULL")

    op.create_table(
        "marks",
        sa.Column("id", ID, primary_key=True),
        sa.Column("sign_up_id", ID, sa.ForeignKey("sign_ups.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("late_by", sa.Integer(), nullable=True),
        sa.Column("via", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("mark IN ('here', 'not_here', 'late', 'no_show', 'left')", name="mark"),
        sa.UniqueConstraint("event_id", "key"),
        sa.CheckConstraint(
            "via IN ('coordinator', 'sheet', 'text', 'link', 'door', 'kiosk', 'own', 'document', 'command', 'job')",
            name="via",
        ),
    )

    op.create_table(
        "message_changes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("message_id", ID, sa.ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("before", sa.String(length=12), nullable=True),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
    )

    op.create_table(
        "swaps",
        sa.Column("id", ID, primary_key=True),
        sa.Column("mine_id", ID, sa.ForeignKey("sign_ups.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("theirs_id", ID, sa.ForeignKey("sign_ups.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("outcome IN ('swapped', 'declined', 'withdrawn', 'impossible')", name="outcome"),
    )

    op.create_table(
        "accepted_clashes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("shift_id", ID, sa.ForeignKey("shifts.id", ondelete="CASCADE"), nullable=True, index=True),
        sa.Column("slot_id", ID, sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=True, index=True),
        sa.Column("other_shift_id", ID, sa.ForeignKey("shifts.id", ondelete="CASCADE"), nullable=True, index=True),
        sa.Column("other_slot_id", ID, sa.ForeignKey("slots.id", ondelete="CASCADE"), nullable=True, index=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("accepted_at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("kind IN ('same_time', 'too_close', 'rest')", name="kind"),
        sa.CheckConstraint(
            "(shift_id IS NULL) <> (slot_id IS NULL) AND (other_shift_id IS NULL) <> (other_slot_id IS NULL)",
            name="two_things",
        ),
    )

    op.create_table(
        "cover_offers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("search_id", ID, sa.ForeignKey("cover_searches.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("offered_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.CheckConstraint("answer IN ('open', 'yes', 'no', 'too_late', 'expired', 'withdrawn')", name="answer"),
        sa.CheckConstraint("source IN ('waitlist', 'standby', 'known', 'show')", name="source"),
        sa.UniqueConstraint("search_id", "person_id"),
    )

    op.create_table(
        "prints",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", ID, sa.ForeignKey("coordinators.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('running_order', 'call_sheets', 'shifts', 'door', 'phones', 'badges')", name="kind"
        ),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("event_id", "kind", "fingerprint"),
    )


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
