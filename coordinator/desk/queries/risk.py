"""Which shifts may lack somebody, the most urgent first: people to worry about, and places that are looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from ...db import db
from ...events.models import Event
from ...messaging.models import Message
from ...people.models import Person
from ...shifts.models import CoverSearch, HouseRule, Shift, SignUp, Standby
from ...shifts.queries import Times, house_rule_of, searches_of, shift_times, shifts_of, standbys_of
from ...shownight.queries import Night, night

WORRIES = ("no_show", "not_here", "wants_cover", "late", "failed", "silent", "unconfirmed", "before")  # gravest first
SOON = (timedelta(hours=3), timedelta(hours=24))  # what begins sooner is more urgent, whatever the worry
TROUBLE = ("failed", "undelivered", "stopped", "unknown")
EARLY = timedelta(hours=2)
ASKED_BEFORE = timedelta(days=3)  # who signed up later than this before a shift has just said that they will come


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody on a shift who may not come, and why that is feared; ``search`` looks for somebody in their place."""

    sign_up: SignUp
    person: Person
    shift: Shift
    times: Times
    call_at: datetime
    worries: tuple[str, ...]
    search: CoverSearch | None
    message: Message | None  # the last text, when that did not arrive
    can_be_here: bool  # from two hours before call time on

    @property
    def starts_at(self) -> datetime:
        return self.times.starts_at or self.shift.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.times.ends_at or self.shift.ends_at


@dataclass(frozen=True, slots=True)
class Looked:
    """A place that is or was looked for: who was asked, and how many may still answer."""

    search: CoverSearch
    times: Times

    @property
    def asked(self) -> int:
        return len(self.search.offers)

    @property
    def open(self) -> int:
        return sum(offer.answer == "open" for offer in self.search.offers)

    @property
    def starts_at(self) -> datetime:
        return self.times.starts_at or self.search.shift.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.times.ends_at or self.search.shift.ends_at


@dataclass(frozen=True, slots=True)
class Short:
    """A shift that lacks people, and for which nobody is looked for yet; ``missing`` counts them."""

    shift: Shift
    times: Times
    missing: int

    @property
    def starts_at(self) -> datetime:
        return self.times.starts_at or self.shift.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.times.ends_at or self.shift.ends_at


@dataclass(frozen=True, slots=True)
class Risk:
    """All that an event's coordinators worry about."""

    people: Sequence[AtRisk]
    looking: Sequence[Looked]
    unfound: Sequence[Looked]  # nobody was found, and the place is still wanted
    short: Sequence[Short]
    standbys: Sequence[Standby]
    asks_to_confirm: bool


def risk_at(event: Event, now: datetime) -> Risk:
    """The whole board, in the same number of queries however many people there are."""
    return risk_of(event, night(event.id, now), shifts_of(event), now)


def risk_of(event: Event, tonight: Night, planned: Sequence[Shift], now: datetime) -> Risk:
    """The same, of what has been read already: the night, and every shift with the people on it."""
    rule, shifts = house_rule_of(event), [shift for shift in planned if shift.cancelled_at is None]
    times = {shift.id: shift_times(shift, tonight) for shift in shifts}
    to_come = [shift for shift in shifts if (times[shift.id].ends_at or shift.ends_at) > now]
    searches = searches_of(event)
    people = list(_people(event, to_come, times, searches, rule, now))
    looked = [Looked(search, times[search.shift_id]) for search in searches if search.shift_id in times]
    return Risk(
        sorted(people, key=lambda each: _urgency(each, now)),
        _looking(looked, people),
        _unfound(looked, now),
        _short(to_come, times, searches),
        standbys_of(event),
        rule.asks_to_confirm,
    )


def worries_in(risk: Risk) -> list[AtRisk]:
    """Those for whom something must be done now: not the merely unconfirmed, nor those who were late once."""
    return [each for each in risk.people if each.worries[0] in ("no_show", "not_here", "wants_cover", "late")]


def _people(
    event: Event,
    shifts: Sequence[Shift],
    times: dict[int, Times],
    searches: Sequence[CoverSearch],
    rule: HouseRule,
    now: datetime,
) -> Iterator[AtRisk]:
    rows = [row for shift in shifts for row in shift.sign_ups if row.state in ("confirmed", "no_show")]
    ids = {row.person_id for row in rows}
    trouble, before = _last_trouble(event, ids), _unreliable(event, ids)
    looking = {search.leaving_id: search for search in searches if search.closed_at is None}
    covered = {search.leaving_id for search in searches if search.outcome == "filled"}
    for row in rows:
        own = times[row.shift_id]
        call_at = (own.starts_at or row.shift.starts_at) - row.shift.call
        message = trouble.get(row.person_id)
        found = {
            "no_show": row.state == "no_show" and row.id not in covered,
            "not_here": row.state == "confirmed" and call_at - rule.worry_before <= now,
            "wants_cover": row.wants_cover_at is not None,
            "late": row.state == "confirmed" and bool(row.late_by),
            "failed": row.state == "confirmed" and message is not None,
            "silent": row.state == "confirmed" and not row.person.can_be_texted,
            "unconfirmed": row.state == "confirmed" and rule.asks_to_confirm and is_unconfirmed(row),
            "before": row.state == "confirmed" and bool(before.get(row.person_id, set()) - {row.id}),
        }
        worries = tuple(worry for worry in WORRIES if found[worry])
        if worries:
            can_be_here = row.state == "confirmed" and call_at - EARLY <= now
            search = looking.get(row.id)
            yield AtRisk(row, row.person, row.shift, own, call_at, worries, search, message, can_be_here)


def is_unconfirmed(row: SignUp) -> bool:
    """Whether the person has signed up long ago and not said since that they will come."""
    return row.will_come_at is None and row.created_at < row.shift.starts_at - ASKED_BEFORE


def _urgency(each: AtRisk, now: datetime) -> tuple[int, int, datetime, str]:
    lead = each.starts_at - now
    soon = sum(lead >= step for step in SOON)
    return soon, WORRIES.index(each.worries[0]), each.starts_at, each.person.name


def _looking(looked: Sequence[Looked], people: Sequence[AtRisk]) -> list[Looked]:
    """The open searches that do not stand beside the person whose place it is."""
    beside = {each.search.id for each in people if each.search}
    found = [each for each in looked if each.search.closed_at is None and each.search.id not in beside]
    return sorted(found, key=lambda each: each.starts_at)


def _unfound(looked: Sequence[Looked], now: datetime) -> list[Looked]:
    """The newest search for each place, where it found nobody and somebody is still wanted."""
    newest: dict[tuple[int, int | None], Looked] = {}
    for each in looked:  # newest first
        newest.setdefault((each.search.shift_id, each.search.leaving_id), each)
    found = [each for each in newest.values() if each.search.outcome == "nobody" and each.ends_at > now]
    return sorted((each for each in found if _is_wanted(each.search)), key=lambda each: each.starts_at)


def _short(shifts: Sequence[Shift], times: dict[int, Times], searches: Sequence[CoverSearch]) -> list[Short]:
    """Shifts with fewer people than they need, less those who are looked for; nobody found is told elsewhere."""
    newest: dict[tuple[int, int | None], CoverSearch] = {}
    for search in searches:  # newest first
        newest.setdefault((search.shift_id, search.leaving_id), search)
    sought = Counter(
        search.shift_id
        for search in newest.values()
        if (search.closed_at is None or search.outcome == "nobody") and not _keeps_place(search)
    )
    missing = {shift.id: shift.min - len(shift.holding) - sought[shift.id] for shift in shifts}
    found = [Short(shift, times[shift.id], missing[shift.id]) for shift in shifts if missing[shift.id] > 0]
    return sorted(found, key=lambda each: each.starts_at)


def _keeps_place(search: CoverSearch) -> bool:
    return search.leaving is not None and search.leaving.wants_cover_at is not None


def _is_wanted(search: CoverSearch) -> bool:
    return _keeps_place(search) or len(search.shift.holding) < search.shift.min


def _last_trouble(event: Event, people: Collection[int]) -> dict[int, Message]:
    """The last text about this event to each person, where that did not arrive."""
    newest = (
        select(func.max(Message.id))
        .where(Message.event_id == event.id, Message.direction == "out", Message.person_id.in_(people))
        .where(Message.claimed_at.is_not(None) | Message.state.in_(TROUBLE))
        .group_by(Message.person_id)
    )
    lost = select(Message).where(Message.id.in_(newest), Message.state.in_(TROUBLE))
    return {message.person_id: message for message in db.session.scalars(lost) if message.person_id}


def _unreliable(event: Event, people: Collection[int]) -> dict[int, set[int]]:
    """The sign-ups at which these people did not come or were late, anywhere in the house, unless forgiven."""
    found = (
        select(SignUp.person_id, SignUp.id)
        .join(Event, Event.id == SignUp.event_id)
        .where(Event.organisation_id == event.organisation_id, SignUp.person_id.in_(people))
        .where(SignUp.forgiven_at.is_(None), or_(SignUp.state == "no_show", SignUp.late_by.is_not(None)))
    )
    unreliable: dict[int, set[int]] = {}
    for person_id, sign_up_id in db.session.execute(found):
        unreliable.setdefault(person_id, set()).add(sign_up_id)
    return unreliable
