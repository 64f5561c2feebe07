"""Every key of the event document: its kind, its default, and the column it stands for."""

from datetime import time, timedelta

from coordinator.core.cover import AsksWhom
from coordinator.core.rules import Audience
from coordinator.core.timeline import Anchor
from coordinator.lineup.models import ActAnswer, SlotKind
from coordinator.people.models import LANGUAGES, Channel
from coordinator.shifts.models import FOLLOWED, SignUpState, VolunteerPolicy

from . import kinds, quantities
from .entry_fields import Field, Table, group, in_two_languages
from .kinds import FieldKind
from .show_days import show_days

NO_TIME = timedelta(0)
A_MONTH = 31 * quantities.A_DAY  # minutes
POLICY = "policy."  # columns of the volunteer policy


def _volunteer_policy(key: str, kind: FieldKind) -> Field:
    """A field of the rules for volunteers; its default is that of the table."""
    column = VolunteerPolicy.__table__.columns[key]
    default = column.default.arg if column.default is not None else None
    can_be_null = bool(column.nullable)
    return Field(key, kind, f"{POLICY}{key}", default, nullable=can_be_null, empty=None if can_be_null else default)


POLICY_FIELDS = (
    ("walking", quantities.minutes(0)),
    ("rest", quantities.minutes(0)),
    ("longest", quantities.minutes(1)),
    ("minors_until", quantities.clock_time()),
    ("leave_until", quantities.minutes(0, A_MONTH)),
    ("promote_until", quantities.minutes(0, A_MONTH)),
    ("offer_until", quantities.minutes(0, A_MONTH)),
    ("offer_lasts", quantities.minutes(1, A_MONTH)),
    ("asks_whom", kinds.one_of(tuple(map(str, AsksWhom)))),
    ("asks_to_confirm", kinds.flag()),
    ("worry_before", quantities.minutes(0)),
    ("hour_is_worth", quantities.money()),
    ("raised", quantities.money(100_000_000)),
)

KEY = Field("key", kinds.key(), "key", required=True, always=True)

EVENT = Table(
    "",
    "event",
    (
        in_two_languages("title", kinds.text(200), required=True, always=True),
        Field("zone", kinds.zone_name(), "zone", required=True, always=True),
        Field("date", quantities.calendar_date(), "date", always=True),
        group(
            "venue",
            Field("name", kinds.text(200), "venue_name", nullable=True, always=True),
            Field("address", kinds.text(300), "venue_address", nullable=True, always=True),
            always=True,
        ),
        Field("doors", quantities.instant(planned=True), "doors", nullable=True, always=True),
        Field("days", show_days(), "days"),
        Field("beneficiary", kinds.text(200), "beneficiary", nullable=True, always=True),
        group(
            "donation",
            Field("suggested", quantities.money(), "donation_suggested", nullable=True, always=True),
            Field("currency", kinds.currency(), "donation_currency", nullable=True, always=True),
            Field("goal", quantities.money(100_000_000), "donation_goal", nullable=True),
            Field("url", kinds.web_address(), "donation_url", nullable=True, always=True),
            always=True,
        ),
        in_two_languages("about", kinds.lines(50_000), always=True),
        Field("notes", kinds.lines(50_000), "notes", nullable=True),
        group(
            "contact",
            Field("name", kinds.text(200), "contact_name", nullable=True),
            Field("phone", kinds.phone(), "contact_phone", nullable=True),
        ),
        Field("published", kinds.flag(), "published", default=False, always=True),
        group(
            "quiet",
            Field("from", quantities.clock_time(), "quiet_from", default=time(21), required=True),
            Field("to", quantities.clock_time(), "quiet_to", default=time(8), required=True),
            whole=True,
        ),
        group("house_rules", *(_volunteer_policy(*each) for each in POLICY_FIELDS)),
    ),
    identity=("slug",),
)

PEOPLE = Table(
    "people",
    "person",
    (
        KEY,
        Field("name", kinds.text(200), "person.name", required=True, always=True),
        Field("phone", kinds.phone(), "person.phone", nullable=True, always=True),
        Field("language", kinds.one_of(LANGUAGES), "person.language", default="en", always=True),
        group(
            "texts",
            Field("agreed_at", quantities.instant(), "person.agreed_at", required=True, stays=True),
            Field("how", kinds.text(80), "person.agreed_how", nullable=True, stays=True),
            Field("words", kinds.lines(2000), "person.agreed_words", nullable=True, stays=True),
            whole=True,
        ),
        Field("email", kinds.email(), "person.email", nullable=True, stays=True),
        group(
            "emails",
            Field("agreed_at", quantities.instant(), "person.email_agreed_at", required=True, stays=True),
            Field("how", kinds.text(80), "person.email_agreed_how", nullable=True, stays=True),
            Field("words", kinds.lines(2000), "person.email_agreed_words", nullable=True, stays=True),
            whole=True,
        ),
        Field("prefers", kinds.one_of(tuple(map(str, Channel))), "person.prefers", nullable=True, stays=True),
        Field("notes", kinds.lines(2000), "person.notes", nullable=True, stays=True),
        Field("stage_manager", kinds.flag(), "stage_manager", default=False),
        Field("artist_liaison", kinds.flag(), "artist_liaison", default=False),
        Field("skills", kinds.skills(), "person.skills", default=()),
        Field("born_on", quantities.birthday(), "person.born_on", nullable=True, stays=True),
    ),
)

ACTS = Table(
    "acts",
    "act",
    (
        KEY,
        Field("name", kinds.text(200), "name", required=True, always=True),
        Field("about", kinds.lines(2000), "about", nullable=True),
        Field("people", kinds.keys(), "people", default=(), always=True, refers_to="people"),
    ),
)

STAGES = Table(
    "stages",
    "stage",
    (
        KEY,
        Field("name", kinds.text(120), "name", required=True, always=True),
        Field("curfew", quantities.instant(planned=True), "curfew", nullable=True, always=True),
        Field("attended", kinds.flag(), "attended", default=False, stays=True),
    ),
)

SLOTS = Table(
    "slots",
    "slot",
    (
        KEY,
        Field("kind", kinds.one_of(tuple(SlotKind)), "kind", default="set", always=True),
        Field("act", kinds.key(), "act", nullable=True, refers_to="acts"),
        Field("title", kinds.text(200), "title", nullable=True),
        Field("starts", quantities.instant(planned=True), "starts_at", required=True, always=True),
        Field("length", quantities.minutes(1), "length", required=True, always=True),
        Field("changeover", quantities.minutes(0), "changeover", default=NO_TIME, always=True),
        Field("changeover_min", quantities.minutes(0), "changeover_min", default=NO_TIME, always=True),
        Field("pinned", kinds.flag(), "pinned", default=False, always=True),
        Field("early_ok", kinds.flag(), "early_ok", default=False, always=True),
        Field("note", kinds.lines(2000), "note", nullable=True),
        Field(
            "state", kinds.one_of((*map(str, ActAnswer), "cancelled")), "state", default="open", always=True, stays=True
        ),
        Field("started_at", quantities.instant(), "started_at", nullable=True, stays=True),
        Field("ended_at", quantities.instant(), "ended_at", nullable=True, stays=True),
        Field("late_by", quantities.minutes(0), "late_by", nullable=True, stays=True),
        Field("extension", quantities.minutes(0), "extension", default=NO_TIME, stays=True),
    ),
)

ROLES = Table(
    "roles",
    "role",
    (
        KEY,
        in_two_languages("name", kinds.text(120), required=True, always=True),
        in_two_languages("note", kinds.lines(2000)),
        Field("works_changeovers", kinds.flag(), "works_changeovers", default=False),
        Field("skills", kinds.skills(), "skills", default=()),
        Field("minimum_age", quantities.whole(0, 99), "minimum_age", nullable=True),
        Field("never_alone", kinds.flag(), "never_alone", default=False),
        in_two_languages("instructions", kinds.lines(5000)),
    ),
)

SHIFTS = Table(
    "shifts",
    "shift",
    (
        KEY,
        Field("role", kinds.key(), "role", required=True, always=True, refers_to="roles"),
        Field("min", quantities.whole(0, 1000), "min", default=1, always=True),
        Field("max", quantities.whole(1, 1000), "max", default=1, always=True),
        Field("place", kinds.text(200), "place", nullable=True),
        Field("call", quantities.minutes(0), "call", default=NO_TIME),
        Field("starts", quantities.instant(planned=True), "starts_at", stays=True),
        Field("ends", quantities.instant(planned=True), "ends_at", stays=True),
        group(
            "follows",
            Field("slot", kinds.key(), "follows", required=True, stays=True, refers_to="slots"),
            Field("from", kinds.one_of(FOLLOWED), "follows_from", required=True, stays=True),
            Field("to", kinds.one_of(FOLLOWED), "follows_to", required=True, stays=True),
            Field("before", quantities.minutes(0), "before", NO_TIME, empty=NO_TIME, always=True, stays=True),
            Field("after", quantities.minutes(0), "after", NO_TIME, empty=NO_TIME, always=True, stays=True),
            whole=True,
        ),
    ),
)

SIGN_UPS = Table(
    "sign_ups",
    "sign-up",
    (
        Field("shift", kinds.key(), "shift", required=True, always=True, refers_to="shifts"),
        Field("person", kinds.key(), "person", required=True, always=True, refers_to="people"),
        Field(
            "state", kinds.one_of(tuple(map(str, SignUpState))), "state", default="confirmed", always=True, stays=True
        ),
    ),
    identity=("shift", "person"),
)

RULES = Table(
    "rules",
    "rule",
    (
        Field("key", kinds.key(40), "key", required=True, always=True),
        Field("for", kinds.one_of(tuple(Audience)), "audience"),
        Field("anchor", kinds.one_of(tuple(Anchor)), "anchor"),
        Field("lead", quantities.minutes(2, quantities.A_YEAR), "lead"),
        Field("only", kinds.only_unconfirmed(), "only_unconfirmed"),
        Field("off", kinds.flag(), "off", default=False),
        group(
            "text",
            Field("en", kinds.words(), "text_en", nullable=True),
            Field("es", kinds.words(), "text_es", nullable=True),
            whole=True,
        ),
    ),
)

TABLES = (PEOPLE, ACTS, STAGES, SLOTS, ROLES, SHIFTS, SIGN_UPS, RULES)
