"""Whom a coordinator means: one person, an act, a shift, a role, everybody in the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ...core.show_time import show_day_bounds, whole_minute
from ...events.models import Event
from ...lineup.models import Slot
from ...messaging.queries import opted_out
from ...people.models import Person
from ...people.queries import person_of
from ...shifts.models import Shift
from ...shifts.queries import Times, shift_times, shifts_of
from ...shownight.queries import Night, night
from ...web.filters import span

UNCONFIRMED = "unconfirmed"
EVERYBODY = "everybody"
PERFORMERS = "performers"
VOLUNTEERS = "volunteers"
UNANSWERED = ("open", "invited")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is written to, and the slot or shift that it is about, if any."""

    person: Person
    slot: Slot | None = None
    shift: Shift | None = None
    why_not: str | None = None  # a reason's key, when the text cannot be sent


@dataclass(frozen=True, slots=True)
class House:
    """Who has something to do at an event, at ``night.now``."""

    event: Event
    night: Night
    shifts: Sequence[Shift]

    @property
    def playing(self) -> list[Addressee]:
        """Everybody of every act in the running order, declined ones too, slot by slot."""
        slots = [slot for slot in self.night.slots if slot.cancelled_at is None and slot.act is not None]
        return [Addressee(person, slot=slot) for slot in slots for person in slot.people]

    @property
    def helping(self) -> list[Addressee]:
        """Everybody who has a place on a shift, shift by shift."""
        shifts = [shift for shift in self.shifts if shift.cancelled_at is None]
        return [Addressee(sign_up.person, shift=shift) for shift in shifts for sign_up in shift.holding]

    @property
    def everybody(self) -> list[Addressee]:
        """Performers who have not declined, and volunteers; each as often as they have something to do."""
        return [each for each in self.playing if each.slot and each.slot.answer != "declined"] + self.helping

    def times(self, shift: Shift) -> Times:
        return shift_times(shift, self.night)

    def begins_at(self, each: Addressee) -> datetime | None:
        """When their set or shift really begins, as everybody is told it; the plan where nothing is projected."""
        if each.slot is not None:
            return whole_minute(self.night.seen(each.slot.id).starts_at or each.slot.starts_at)
        return whole_minute(self.times(each.shift).starts_at or each.shift.starts_at) if each.shift else None

    def is_over(self, each: Addressee) -> bool:
        """Whether they have played, or their shift has ended; at the latest with the show's day."""
        if self.night.now >= show_day_bounds(self.event.date, ZoneInfo(self.event.zone))[1]:
            return True
        if each.slot is not None:
            ends_at = self.night.seen(each.slot.id).ends_at or each.slot.starts_at + each.slot.length
            return each.slot.ended_at is not None or ends_at <= self.night.now
        return each.shift is not None and (self.times(each.shift).ends_at or each.shift.ends_at) <= self.night.now


@dataclass(frozen=True, slots=True)
class Circle:
    """A group of people that one can choose, by its key, in words."""

    key: str
    word: str


def house_of(event: Event, now: datetime) -> House:
    """Who has something to do, in the same number of queries however many they are."""
    return House(event, night(event.id, now), shifts_of(event))


def addressees(house: House, to: str, sender: str) -> list[Addressee]:
    """Who is meant by a circle's key, each person once; those who cannot be texted say why. Nobody: an unknown key."""
    found = _once(house, meant(house, to))
    stopped = opted_out({each.person.phone for each in found if each.person.phone}, sender)
    return [replace(each, why_not=why_not(each.person, stopped)) for each in found]


def meant(house: House, to: str) -> list[Addressee]:
    """Everybody in the circle, as often as they have something to do in it."""
    whole: dict[str, Callable[[], list[Addressee]]] = {
        UNCONFIRMED: lambda: [each for each in house.playing if each.slot and each.slot.answer in UNANSWERED],
        EVERYBODY: lambda: house.everybody,
        PERFORMERS: lambda: [each for each in house.everybody if each.slot],
        VOLUNTEERS: lambda: house.helping,
    }
    if to in whole:
        return whole[to]()
    kind, _dash, number = to.partition("-")
    if kind not in _INSIDE or not (number.isascii() and number.isdigit() and len(number) < 16):
        return []
    found = [each for each in house.playing + house.helping if _INSIDE[kind](each) == int(number)]
    return found or (_somebody(house, int(number)) if kind == "person" else [])


def why_not(person: Person, stopped: set[str]) -> str | None:
    """Why somebody is never texted, as a reason's key. ``stopped`` are the numbers that want no texts."""
    if person.phone is None:
        return "no_phone"
    if person.phone in stopped:
        return "opted_out"
    return None if person.can_be_texted else "not_agreed"


def circles(house: House) -> list[tuple[str, list[Circle]]]:
    """Whom one can choose, in groups with their headings; empty groups are left out."""
    stages = house.night.stages if len(house.night.stages) > 1 else ()
    shifts = [shift for shift in house.shifts if shift.cancelled_at is None]
    acts = {slot.act.id: slot.act.name for slot in house.night.slots if slot.act and slot.cancelled_at is None}
    people = {each.person.id: each.person.name for each in house.playing + house.helping}
    groups = [
        (
            _("Many"),
            [
                Circle(UNCONFIRMED, _("All who have not answered")),
                Circle(EVERYBODY, _("Everybody in the house")),
                Circle(PERFORMERS, _("All performers")),
                Circle(VOLUNTEERS, _("All volunteers")),
            ],
        ),
        (_("One stage"), [Circle(f"stage-{each.stage.id}", each.stage.name) for each in stages]),
        (_("One act"), _named("act", acts)),
        (_("One role"), _named("role", {shift.role_id: shift.role.name for shift in shifts})),
        (_("One shift"), [Circle(f"shift-{shift.id}", _shift_word(house, shift)) for shift in shifts]),
        (_("One person"), sorted(_named("person", people), key=lambda circle: circle.word.casefold())),
    ]
    return [group for group in groups if group[1]]


def _named(kind: str, names: dict[int, str]) -> list[Circle]:
    return [Circle(f"{kind}-{number}", name) for number, name in names.items()]


def _shift_word(house: House, shift: Shift) -> str:
    times = house.times(shift)
    starts_at, ends_at = times.or_planned(shift)
    return f"{shift.role.name}, {span(starts_at, ends_at, house.event.zone)}"


def _once(house: House, found: Sequence[Addressee]) -> list[Addressee]:
    """Each person once, with what they have to do next; what is over only when nothing is left."""
    ordered = sorted(found, key=house.is_over)
    once: dict[int, Addressee] = {}
    for each in ordered:
        once.setdefault(each.person.id, each)
    places = {each.person.id: place for place, each in reversed(list(enumerate(found)))}
    return sorted(once.values(), key=lambda each: places[each.person.id])


def _somebody(house: House, person_id: int) -> list[Addressee]:
    """Somebody of the house with nothing to do that night."""
    person = person_of(house.event.organisation_id, person_id)
    return [Addressee(person)] if person else []


_INSIDE: dict[str, Callable[[Addressee], int | None]] = {
    "person": lambda each: each.person.id,
    "act": lambda each: each.slot.act_id if each.slot else None,
    "stage": lambda each: each.slot.stage_id if each.slot else None,
    "role": lambda each: each.shift.role_id if each.shift else None,
    "shift": lambda each: each.shift.id if each.shift else None,
}
