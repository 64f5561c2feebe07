"""Every key of the event document: its kind, its default, and the column it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

from ...core.rules import AUDIENCES
from ...core.timeline import Anchor
from ...lineup.models import ANSWERS, KINDS
from ...people.models import LANGUAGES
from ...shifts.models import ANCHORS, STATES, HouseRule
from . import kinds
from .kinds import Kind

NO_TIME = timedelta(0)
A_MONTH = 31 * kinds.A_DAY  # minutes
HOUSE = "house."  # columns of the event's house rule


@dataclass(frozen=True)
class Field:
    """One key. A key of a group is written with a dot: ``venue.name``.

    ``refers_to`` names the table whose keys the value must be one of. ``default`` is what a new row gets. ``always``:
    written by a dump even when it is the default. ``stays``: leaving it out never takes it back, not even with prune,
    because it is about people's answers, or the night.
    """

    key: str
    kind: Kind
    column: str
    default: Any = None
    required: bool = False
    nullable: bool = False
    empty: Any = None  # what null means
    always: bool = False
    stays: bool = False
    refers_to: str | None = None


@dataclass(frozen=True)
class Group:
    """Keys that stand together in an object of their own; null empties all of them.

    ``whole``: it is said as one; what is left out of it gets its default.
    """

    key: str
    fields: tuple[Field, ...]
    whole: bool = False
    always: bool = False


@dataclass(frozen=True)
class Table:
    """One list of the document. ``what`` is one thing in it; ``identity`` are the keys that know it again."""

    key: str
    what: str
    items: tuple[Field | Group, ...]
    identity: tuple[str, ...] = ("key",)

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, those of groups among them."""
        for item in self.items:
            yield from item.fields if isinstance(item, Group) else (item,)


def group(key: str, *fields: Field, whole: bool = False, always: bool = False) -> Group:
    return Group(key, tuple(replace(field, key=f"{key}.{field.key}") for field in fields), whole, always)


def _house_rule(key: str, kind: Kind) -> Field:
    """What an event asks of its volunteers; the defaults are those of its table."""
    column = HouseRule.__table__.columns[key]
    default = column.default.arg if column.default is not None else None
    can_be_null = bool(column.nullable)
    return Field(key, kind, f"{HOUSE}{key}", default, nullable=can_be_null, empty=None if can_be_null else default)


HOUSE_RULES = (
    ("walking", kinds.minutes(0)),
    ("rest", kinds.minutes(0)),
    ("longest", kinds.minutes(1)),
    ("minors_until", kinds.clock_time()),
    ("leave_until", kinds.minutes(0, A_MONTH)),
    ("promote_until", kinds.minutes(0, A_MONTH)),
    ("offer_until", kinds.minutes(0, A_MONTH)),
    ("offer_lasts", kinds.minutes(1, A_MONTH)),
    ("asks_to_confirm", kinds.flag()),
    ("worry_before", kinds.minutes(0)),
    ("hour_is_worth", kinds.money()),
    ("raised", kinds.money(100_000_000)),
)

KEY = Field("key", kinds.key(), "key", required=True, always=True)

EVENT = Table(
    "",
    "event",
    (
        Field("title", kinds.text(200), "title", required=True, always=True),
        Field("zone", kinds.zone_name(), "zone", required=True, always=True),
        Field("date", kinds.calendar_date(), "date", required=True, always=True),
        group(
            "venue",
            Field("name", kinds.text(200), "venue_name", nullable=True, always=True),
            Field("address", kinds.text(300), "venue_address", nullable=True, always=True),
            always=True,
        ),
        Field("doors", kinds.instant(planned=True), "doors_at", nullable=True, always=True),
        Field("beneficiary", kinds.text(200), "beneficiary", nullable=True, always=True),
        group(
            "donation",
            Field("suggested", kinds.money(), "donation_suggested", nullable=True, always=True),
            Field("currency", kinds.currency(), "donation_currency", nullable=True, always=True),
            Field("url", kinds.web_address(), "donation_url", nullable=True, always=True),
            always=True,
        ),
        Field("about", kinds.lines(50_000), "about", nullable=True, always=True),
        Field("notes", kinds.lines(50_000), "notes", nullable=True),
        Field("published", kinds.flag(), "published", default=False, always=True),
        group(
            "quiet",
            Field("from", kinds.clock_time(), "quiet_from", default=time(21), required=True),
            Field("to", kinds.clock_time(), "quiet_to", default=time(8), required=True),
            whole=True,
        ),
        group("house_rules", *(_house_rule(*each) for each in HOUSE_RULES)),
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
            Field("agreed_at", kinds.instant(), "person.agreed_at", required=True, stays=True),
            Field("how", kinds.text(80), "person.agreed_how", nullable=True, stays=True),
            Field("words", kinds.lines(2000), "person.agreed_words", nullable=True, stays=True),
            whole=True,
        ),
        Field("stage_manager", kinds.flag(), "stage_manager", default=False),
        Field("skills", kinds.skills(), "person.skills", default=()),
        Field("born_on", kinds.birthday(), "person.born_on", nullable=True, stays=True),
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
        Field("curfew", kinds.instant(planned=True), "curfew_at", nullable=True, always=True),
    ),
)

SLOTS = Table(
    "slots",
    "slot",
    (
        KEY,
        Field("kind", kinds.one_of(KINDS), "kind", default="set", always=True),
        Field("act", kinds.key(), "act", nullable=True, refers_to="acts"),
        Field("title", kinds.text(200), "title", nullable=True),
        Field("starts", kinds.instant(planned=True), "starts_at", required=True, always=True),
        Field("length", kinds.minutes(1), "length", required=True, always=True),
        Field("changeover", kinds.minutes(0), "changeover", default=NO_TIME, always=True),
        Field("changeover_min", kinds.minutes(0), "changeover_min", default=NO_TIME, always=True),
        Field("pinned", kinds.flag(), "pinned", default=False, always=True),
        Field("early_ok", kinds.flag(), "early_ok", default=False, always=True),
        Field("note", kinds.lines(2000), "note", nullable=True),
        Field("state", kinds.one_of((*ANSWERS, "cancelled")), "state", default="open", always=True, stays=True),
        Field("started_at", kinds.instant(), "started_at", nullable=True, stays=True),
        Field("ended_at", kinds.instant(), "ended_at", nullable=True, stays=True),
        Field("late_by", kinds.minutes(0), "late_by", nullable=True, stays=True),
        Field("extension", kinds.minutes(0), "extension", default=NO_TIME, stays=True),
    ),
)

ROLES = Table(
    "roles",
    "role",
    (
        KEY,
        Field("name", kinds.text(120), "name", required=True, always=True),
        Field("note", kinds.lines(2000), "note", nullable=True),
        Field("works_changeovers", kinds.flag(), "works_changeovers", default=False),
        Field("skills", kinds.skills(), "skills", default=()),
        Field("minimum_age", kinds.whole(0, 99), "minimum_age", nullable=True),
        Field("never_alone", kinds.flag(), "never_alone", default=False),
        group(
            "instructions",
            Field("en", kinds.lines(5000), "instructions_en", nullable=True),
            Field("es", kinds.lines(5000), "instructions_es", nullable=True),
            whole=True,
        ),
    ),
)

SHIFTS = Table(
    "shifts",
    "shift",
    (
        KEY,
        Field("role", kinds.key(), "role", required=True, always=True, refers_to="roles"),
        Field("min", kinds.whole(0, 1000), "min", default=1, always=True),
        Field("max", kinds.whole(1, 1000), "max", default=1, always=True),
        Field("place", kinds.text(200), "place", nullable=True),
        Field("call", kinds.minutes(0), "call", default=NO_TIME),
        Field("starts", kinds.instant(planned=True), "starts_at", stays=True),
        Field("ends", kinds.instant(planned=True), "ends_at", stays=True),
        group(
            "follows",
            Field("slot", kinds.key(), "follows", required=True, stays=True, refers_to="slots"),
            Field("from", kinds.one_of(ANCHORS), "follows_from", required=True, stays=True),
            Field("to", kinds.one_of(ANCHORS), "follows_to", required=True, stays=True),
            Field("before", kinds.minutes(0), "before", NO_TIME, empty=NO_TIME, always=True, stays=True),
            Field("after", kinds.minutes(0), "after", NO_TIME, empty=NO_TIME, always=True, stays=True),
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
        Field("state", kinds.one_of(STATES), "state", default="confirmed", always=True, stays=True),
    ),
    identity=("shift", "person"),
)

RULES = Table(
    "rules",
    "rule",
    (
        Field("key", kinds.key(40), "key", required=True, always=True),
        Field("for", kinds.one_of(AUDIENCES), "audience"),
        Field("anchor", kinds.one_of(tuple(Anchor)), "anchor"),
        Field("lead", kinds.minutes(2, kinds.A_YEAR), "lead"),
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
