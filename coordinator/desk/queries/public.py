"""The line-up as everybody may see it: acts and times, never a phone and nobody's name but the acts'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import quote_plus

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from ...core.show_time import show_day_bounds, whole_minute, zone_named
from ...core.timeline import ProjectedSlot, SlotState
from ...db import db
from ...events.models import Event, Stage
from ...lineup.models import Slot
from ...people.models import Person
from ...shifts.models import Shift
from ...shifts.queries import Times, promised_to_others, shift_times
from ...shownight.queries import Night, StageNight, night_of

WORTH_TELLING = timedelta(minutes=5)  # a smaller move is not shown, as it is not texted
MOST_SHOWS = 20
LONG = 600  # letters of a cause that are shown before the rest is folded away


_BILLINGS = select(
    Event.id,
    Event.organisation_id,
    Event.slug,
    Event.title,
    Event.date,
    Event.zone,
    Event.published,
    Event.revision,
)
_BILLING = _BILLINGS.where(Event.slug == bindparam("slug"))  # made once: every phone in the hall asks it


@dataclass(frozen=True, slots=True)
class Billing:
    """What one indexed read tells of an event: enough to know whether somebody's page is still the newest."""

    event_id: int
    organisation_id: int
    slug: str
    title: str
    date: Date
    zone: str
    published: bool
    revision: int

    def etag(self, now: datetime) -> str:
        """Changes with every change of the plan; during the show's day with every minute, else with every hour."""
        begins_at, ends_at = _show_day(self.date, self.zone)
        beat = f"{now:%Y%m%d%H%M}" if begins_at <= now < ends_at else f"{now:%Y%m%d%H}"
        return f"{self.event_id}-{self.revision}-{beat}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the line-up. ``now_at`` is where a move put it; None while it is where it was advertised."""

    slot: Slot
    seen: ProjectedSlot
    now_at: datetime | None

    @property
    def is_on(self) -> bool:
        return self.seen.state is SlotState.ON

    @property
    def is_cancelled(self) -> bool:
        return self.seen.state is SlotState.CANCELLED

    @property
    def is_done(self) -> bool:
        return self.seen.state in (SlotState.ENDED, SlotState.PASSED)


@dataclass(frozen=True, slots=True)
class Offer:
    """One shift as somebody may choose it; its times are about when it follows a slot."""

    shift: Shift
    times: Times

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None


@dataclass(frozen=True)
class LineUp:
    """An event for the public: its turns by stage, and where hands are wanted."""

    event: Event
    stages: Sequence[tuple[Stage, list[Turn]]]
    shifts: Sequence[Shift]  # those that are not over, called off or in the air
    night: Night
    closed: Sequence[Shift]  # those that are
    promised: Mapping[int, int]  # by shift, how many free places are kept for people of its waitlist

    @property
    def open_shifts(self) -> list[Shift]:
        return [shift for shift in self.shifts if self.places_free(shift)]

    def places_free(self, shift: Shift) -> int:
        """How many places anybody may take: neither taken, nor kept for those who were asked first."""
        return max(0, shift.places_left - self.promised.get(shift.id, 0))

    @property
    def groups(self) -> tuple[list[Offer], list[Offer]]:
        """What can be helped with before the show opens, and from then on."""
        offers = [self.as_offer(shift) for shift in self.shifts]
        early = [offer for offer in offers if self.is_early(offer)]
        return early, [offer for offer in offers if not self.is_early(offer)]

    def as_offer(self, shift: Shift) -> Offer:
        return Offer(shift, shift_times(shift, self.night))

    def is_early(self, offer: Offer) -> bool:
        """Whether it begins before the show opens."""
        opens_at = self.event.doors_at or self.music_at
        return opens_at is None or offer.shift.starts_at < opens_at

    @property
    def places_open(self) -> int:
        return sum(map(self.places_free, self.shifts))

    @property
    def music_at(self) -> datetime | None:
        """When the first set is advertised to start."""
        return min((turn.slot.starts_at for _, turns in self.stages for turn in turns), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """When the last set ends, as it looks now; None while nothing is planned."""
        ends = [stage.projection.projected_end_at for stage in self.night.stages]
        return max((end for end in ends if end is not None), default=None)

    @property
    def about(self) -> tuple[list[str], list[str]]:
        """The paragraphs of the cause: those that are shown, and those folded away because it is long."""
        return about_in_two(self.event.about)

    @property
    def directions(self) -> str | None:
        return directions_to(self.event)


def billing_of(slug: str) -> Billing | None:
    """The event of this slug, published or not."""
    row = db.session.execute(_BILLING, {"slug": slug}).one_or_none()
    return Billing(*row) if row else None


def billings_to_come(now: datetime) -> list[Billing]:
    """What is published and not over, the soonest first."""
    to_come = _BILLINGS.where(Event.published, Event.plan_until_at > now)
    rows = db.session.execute(to_come.order_by(Event.plan_until_at, Event.id).limit(MOST_SHOWS))
    return [Billing(*row) for row in rows]


def line_up(event_id: int, now: datetime, person: Person | None = None) -> LineUp:
    """The line-up at ``now``, in the same number of queries however long it is; places kept for ``person`` are free."""
    with_house = select(Event).where(Event.id == event_id).options(joinedload(Event.organisation))
    event = db.session.scalars(with_house.options(selectinload(Event.stages))).one()
    order = select(Slot).where(Slot.event_id == event_id).order_by(Slot.position, Slot.starts_at, Slot.id)
    slots = db.session.scalars(order.options(joinedload(Slot.act))).all()
    tonight = night_of(event, event.stages, slots, now)
    shifts = select(Shift).where(Shift.event_id == event_id).order_by(Shift.starts_at, Shift.id)
    helping = db.session.scalars(shifts.options(joinedload(Shift.role), selectinload(Shift.sign_ups))).all()
    wanted = [shift for shift in helping if is_to_come(shift, tonight)]
    closed = [shift for shift in helping if not is_to_come(shift, tonight)]
    promised = promised_to_others([shift.id for shift in wanted], person, now) if wanted else {}
    turns = [(stage.stage, _turns(stage)) for stage in tonight.stages]
    return LineUp(event, turns, wanted, tonight, closed, promised)


def venue_of(event: Event) -> str:
    """The venue by name and address, as far as they are known."""
    return ", ".join(part for part in (event.venue_name, event.venue_address) if part)


def directions_to(event: Event) -> str | None:
    """Where a map shows the venue; None while there is nothing to look for."""
    wanted = venue_of(event)
    return f"https://www.openstreetmap.org/search?query={quote_plus(wanted)}" if wanted else None


def about_in_two(about: str | None) -> tuple[list[str], list[str]]:
    """The paragraphs of a text, cut in two after the first that make it long."""
    paragraphs = _paragraphs((about or "").splitlines())
    shown = 0
    for number, paragraph in enumerate(paragraphs):
        shown += len(paragraph)
        if shown > LONG and number:
            return paragraphs[:number], paragraphs[number:]
    return paragraphs, []


def _paragraphs(lines: Iterable[str]) -> list[str]:
    """Each line is a paragraph, unless it goes on in the next one: no end of a sentence here, no capital there."""
    paragraphs: list[str] = []
    goes_on = False
    for line in (" ".join(each.split()) for each in lines):
        if goes_on and line[:1].islower():
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        goes_on = bool(line) and not line.endswith((".", "!", "?", ":", "…", '"', "”"))
    return paragraphs


def is_to_come(shift: Shift, night: Night) -> bool:
    """Whether somebody can still be put on the shift, seen at the night's moment."""
    ends_at = shift_times(shift, night).ends_at
    return shift.cancelled_at is None and ends_at is not None and ends_at > night.now


def moved_to(slot: Slot, seen: ProjectedSlot) -> datetime | None:
    """The minute at which a slot to come will start, when that is no longer the one that was advertised."""
    if seen.starts_at is None or seen.state not in (SlotState.TO_COME, SlotState.ON):
        return None
    return whole_minute(seen.starts_at) if abs(seen.starts_at - slot.starts_at) >= WORTH_TELLING else None


@lru_cache(maxsize=256)
def _show_day(on: Date, zone: str) -> tuple[datetime, datetime]:
    return show_day_bounds(on, zone_named(zone))


def _turns(stage: StageNight) -> list[Turn]:
    return [Turn(slot, seen, moved_to(slot, seen)) for slot, seen in stage.pairs() if slot.kind != "soundcheck"]
