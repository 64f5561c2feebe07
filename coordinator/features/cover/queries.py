"""Shifts that may be short, most urgent first: people to worry about, and spots that are searched for."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from coordinator.core.show_time import calendar_day, call_time
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.messaging.models import Direction, Message, MessageState
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import coming_of
from coordinator.shifts.models import (
    CoverSearch,
    OfferAnswer,
    SearchOutcome,
    Shift,
    SignUp,
    SignUpState,
    Standby,
    VolunteerPolicy,
)
from coordinator.shifts.queries.planned import ShiftAtItsTimes, Times, check_in_opens_at, shift_times
from coordinator.shifts.queries.searching import searches_of, standbys_of
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of
from coordinator.shownight.queries import Night

# The most serious first.
WORRIES = ("no_show", "not_here", "wants_cover", "late", "failed", "silent", "unconfirmed", "before")
SOON = (timedelta(hours=3), timedelta(hours=24))  # what starts sooner is more urgent, whatever the worry
TROUBLE = (MessageState.FAILED, MessageState.UNDELIVERED, MessageState.STOPPED, MessageState.UNKNOWN)
ASKED_BEFORE = timedelta(days=3)  # people who signed up later than this have only just said that they will come


@dataclass(frozen=True, slots=True)
class AtRisk(ShiftAtItsTimes):
    """Someone on a shift who may not come, and why; ``search`` is the search for a replacement."""

    sign_up: SignUp
    person: Person
    shift: Shift
    times: Times
    call_at: datetime
    worries: tuple[str, ...]
    search: CoverSearch | None
    message: Message | None  # the last text, when that did not arrive
    can_be_here: bool  # check-in is open
    coming: str | None = None  # not_told, asked, coming, cannot; None: a no-show


@dataclass(frozen=True, slots=True)
class SearchedSpot(ShiftAtItsTimes):
    """A spot that is or was searched for: who was asked, and how many may still answer."""

    search: CoverSearch
    shift: Shift
    times: Times

    @property
    def asked(self) -> int:
        return len(self.search.offers)

    @property
    def open(self) -> int:
        return sum(offer.answer == OfferAnswer.OPEN for offer in self.search.offers)


@dataclass(frozen=True, slots=True)
class Short(ShiftAtItsTimes):
    """A shift that is short, and for which there is no search yet; ``missing`` counts people."""

    shift: Shift
    times: Times
    missing: int


@dataclass(frozen=True, slots=True)
class Risk:
    """The shifts at risk of an event."""

    people: Sequence[AtRisk]
    looking: Sequence[SearchedSpot]
    unfound: Sequence[SearchedSpot]  # nobody was found, and someone is still needed
    short: Sequence[Short]
    standbys: Sequence[Standby]
    asks_to_confirm: bool
    zone: ZoneInfo
    now: datetime

    def is_today(self, at: datetime) -> bool:
        """Whether the calendar at the show has the same day as now."""
        return calendar_day(at, self.zone) == calendar_day(self.now, self.zone)


def risk_of(event: Event, tonight: Night, planned: Sequence[Shift], now: datetime) -> Risk:
    """The whole page but for clashes, from data already read: the night, and every shift with its people."""
    rule, shifts = volunteer_policy_of(event), [shift for shift in planned if shift.cancelled_at is None]
    times = {shift.id: shift_times(shift, tonight) for shift in shifts}
    to_come = [shift for shift in shifts if (times[shift.id].ends_at or shift.ends_at) > now]
    searches = searches_of(event)
    people = list(_people(event, to_come, times, searches, rule, now))
    looked = [
        SearchedSpot(search, search.shift, times[search.shift_id]) for search in searches if search.shift_id in times
    ]
    return Risk(
        sorted(people, key=lambda each: _urgency(each, now)),
        _looking(looked, people),
        _unfound(looked, now),
        _short(to_come, times, searches),
        standbys_of(event),
        rule.asks_to_confirm,
        ZoneInfo(event.zone),
        now,
    )


def worries_in(risk: Risk) -> list[AtRisk]:
    """People for whom something must be done now: not those merely unconfirmed, or late once before."""
    return [each for each in risk.people if each.worries[0] in ("no_show", "not_here", "wants_cover", "late")]


def _people(
    event: Event,
    shifts: Sequence[Shift],
    times: dict[int, Times],
    searches: Sequence[CoverSearch],
    rule: VolunteerPolicy,
    now: datetime,
) -> Iterator[AtRisk]:
    rows = [
        row for shift in shifts for row in shift.sign_ups if row.state in (SignUpState.CONFIRMED, SignUpState.NO_SHOW)
    ]
    ids = {row.person_id for row in rows}
    trouble, before = _last_trouble(event, ids), _unreliable(event, ids)
    coming = coming_of(rows)
    looking = {search.leaving_id: search for search in searches if search.closed_at is None}
    covered = {search.leaving_id for search in searches if search.outcome == SearchOutcome.FILLED}
    for row in rows:
        own = times[row.shift_id]
        starts_at = own.or_planned(row.shift)[0]
        call_at = call_time(starts_at, row.shift.call)
        message = trouble.get(row.person_id)
        found = {
            "no_show": row.state == SignUpState.NO_SHOW and row.id not in covered,
            "not_here": row.state == SignUpState.CONFIRMED and call_at - rule.worry_before <= now,
            "wants_cover": row.wants_cover_at is not None,
            "late": row.state == SignUpState.CONFIRMED and bool(row.late_by),
            "failed": row.state == SignUpState.CONFIRMED and message is not None,
            "silent": row.state == SignUpState.CONFIRMED and not row.person.can_be_reached,
            "unconfirmed": coming.get(row.id) in ("not_told", "asked")
            or (row.state == SignUpState.CONFIRMED and rule.asks_to_confirm and is_unconfirmed(row)),
            "before": row.state == SignUpState.CONFIRMED and bool(before.get(row.person_id, set()) - {row.id}),
        }
        worries = tuple(worry for worry in WORRIES if found[worry])
        if worries:
            can_be_here = row.state == SignUpState.CONFIRMED and check_in_opens_at(row.shift, starts_at) <= now
            search = looking.get(row.id)
            state = coming.get(row.id)
            yield AtRisk(row, row.person, row.shift, own, call_at, worries, search, message, can_be_here, state)


def is_unconfirmed(row: SignUp) -> bool:
    """Whether the person signed up long ago and has not said since that they will come."""
    return row.will_come_at is None and row.created_at < row.shift.starts_at - ASKED_BEFORE


def _urgency(each: AtRisk, now: datetime) -> tuple[int, int, datetime, str]:
    lead = each.starts_at - now
    soon = sum(lead >= step for step in SOON)
    return soon, WORRIES.index(each.worries[0]), each.starts_at, each.person.name


def _looking(looked: Sequence[SearchedSpot], people: Sequence[AtRisk]) -> list[SearchedSpot]:
    """Open searches that are not listed with the person whose spot it is."""
    beside = {each.search.id for each in people if each.search}
    found = [each for each in looked if each.search.closed_at is None and each.search.id not in beside]
    return sorted(found, key=lambda each: each.starts_at)


def _unfound(looked: Sequence[SearchedSpot], now: datetime) -> list[SearchedSpot]:
    """The newest search for each spot, if it found nobody and someone is still needed."""
    newest = {search.id for search in _newest_of_each_place([each.search for each in looked])}
    nobody = [each for each in looked if each.search.id in newest and each.search.outcome == SearchOutcome.NOBODY]
    found = [each for each in nobody if each.ends_at > now]
    return sorted((each for each in found if _is_wanted(each.search)), key=lambda each: each.starts_at)


def _short(shifts: Sequence[Shift], times: dict[int, Times], searches: Sequence[CoverSearch]) -> list[Short]:
    """Shifts with fewer people than they need, minus open searches; failed searches are shown elsewhere."""
    sought = Counter(
        search.shift_id
        for search in _newest_of_each_place(searches)
        if (search.closed_at is None or search.outcome == SearchOutcome.NOBODY) and not _keeps_place(search)
    )
    missing = {shift.id: shift.min - len(shift.holding) - sought[shift.id] for shift in shifts}
    found = [Short(shift, times[shift.id], missing[shift.id]) for shift in shifts if missing[shift.id] > 0]
    return sorted(found, key=lambda each: each.starts_at)


def _newest_of_each_place(searches: Sequence[CoverSearch]) -> list[CoverSearch]:
    """From searches ordered newest first: the first for each spot."""
    newest: dict[tuple[int, int | None], CoverSearch] = {}
    for search in searches:
        newest.setdefault((search.shift_id, search.leaving_id), search)
    return list(newest.values())


def _keeps_place(search: CoverSearch) -> bool:
    return search.leaving is not None and search.leaving.wants_cover_at is not None


def _is_wanted(search: CoverSearch) -> bool:
    return _keeps_place(search) or len(search.shift.holding) < search.shift.min


def _last_trouble(event: Event, people: Collection[int]) -> dict[int, Message]:
    """The last text about this event to each person, if it did not arrive."""
    newest = (
        select(func.max(Message.id))
        .where(Message.event_id == event.id, Message.direction == Direction.OUT, Message.person_id.in_(people))
        .where(Message.claimed_at.is_not(None) | Message.state.in_(TROUBLE))
        .group_by(Message.person_id)
    )
    lost = select(Message).where(Message.id.in_(newest), Message.state.in_(TROUBLE))
    return {message.person_id: message for message in db.session.scalars(lost) if message.person_id}


def _unreliable(event: Event, people: Collection[int]) -> dict[int, set[int]]:
    """Sign-ups of these people that were no-shows or late, at any event of the organization, unless excused."""
    found = (
        select(SignUp.person_id, SignUp.id)
        .join(Event, Event.id == SignUp.event_id)
        .where(Event.organisation_id == event.organisation_id, SignUp.person_id.in_(people))
        .where(SignUp.excused_at.is_(None), or_(SignUp.state == SignUpState.NO_SHOW, SignUp.late_by.is_not(None)))
    )
    unreliable: dict[int, set[int]] = {}
    for person_id, sign_up_id in db.session.execute(found):
        unreliable.setdefault(person_id, set()).add(sign_up_id)
    return unreliable
