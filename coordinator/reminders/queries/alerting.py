"""An alert: who is told of something about a slot, and in which values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from coordinator.accounts.queries import stage_managers_of
from coordinator.core.rules import UNDO
from coordinator.core.show_time import show_day, whole_minute, zone_named
from coordinator.db import db
from coordinator.events.models import EventPerson
from coordinator.lineup.models import Slot
from coordinator.messaging.models import MessageKind
from coordinator.people.models import Person
from coordinator.shownight.models import MOST_LATE
from coordinator.shownight.queries import Night
from coordinator.spoken import in_text

from .lateness import MINUTE, LateWord, holds_at, late_word_of

OF_USE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Alert:
    """One text that should go out, or should have; unique by its key. ``call``: the same as a call."""

    key: str
    kind: str
    words: str
    person: Person
    values: Mapping[str, str]
    due_at: datetime
    useful_until: datetime
    call: str | None
    says_at: datetime | None = None
    planned_at: datetime | None = None  # if it tells a time: where plan and declarations alone put the slot
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class AlertReason:
    """Something stage managers are told once: in which words, since when it is so, its key, and who knows already.

    ``call``: the same as a call. ``after``: how long it can be taken back. ``times``: further times that it tells.
    """

    words: str
    since_at: datetime | None
    name: str
    knowing: tuple[int | None, ...] = ()
    call: str | None = None
    after: timedelta = UNDO
    times: Mapping[str, datetime] = field(default_factory=dict)


def to_stage_managers(slot: Slot, seen: Night, what: AlertReason) -> Iterator[Alert]:
    at, since_at = holds_at(slot, seen), what.since_at or seen.now
    for person in _stage_managers(slot):
        if person.id not in what.knowing:
            yield Alert(
                key=f"{what.words}:{slot.id}:{what.name}:{person.id}",
                kind=MessageKind.ALERT,
                words=what.words,
                person=person,
                values=values_of(slot, seen, at, person.language) | _clocks(slot, what.times, person.language),
                due_at=since_at + what.after,
                useful_until=max(at, since_at) + OF_USE,
                call=what.call,
                says_at=at,
            )


def values_of(slot: Slot, seen: Night, at: datetime, language: str) -> dict[str, str]:
    """The values of the placeholders. The reply is left out if it would not do exactly what was said."""
    zone, says = zone_named(slot.event.zone), in_text(slot.event.zone, language)
    is_today = show_day(seen.now, zone) == show_day(at, zone)
    yes, no = slot.saying
    word = late_word_of(slot)
    reply = _reply_that_sets(word, seen) if word and is_today else None
    is_band = len(slot.people) > 1
    return {
        "act": slot.name,
        "band": slot.name if is_band else "",
        "name": word.person.name if word and word.person and is_band else slot.name,
        "minutes": str(word.minutes) if word else "",
        "later": says.clock(word.at) if word else "",
        "time": says.clock(at),
        "day": "" if is_today else says.day(at),
        "yes": ", ".join(person.first_name for person in yes),
        "no": ", ".join(person.first_name for person in no) if is_band else "",
        "number": str(reply) if reply else "",
        "stage": slot.stage.name if len(seen.event.stages) > 1 else "",
    }


def _reply_that_sets(word: LateWord, seen: Night) -> int | None:
    """The number with which a stage manager's LATE sets exactly what was said; None if there is none.

    LATE is about what comes next on the only stage with something to come, and counts from its current start.
    """
    coming = [stage for stage in seen.stages if stage.next is not None]
    if len(coming) != 1 or coming[0].next is None or coming[0].next.id != word.slot.id:
        return None
    stands_at = whole_minute(max(seen.seen(word.slot.id).starts_at or seen.now, seen.now))
    minutes = (word.at - stands_at) // MINUTE
    return minutes if minutes > 0 and word.declares <= MOST_LATE else None


def _clocks(slot: Slot, times: Mapping[str, datetime], language: str) -> dict[str, str]:
    says = in_text(slot.event.zone, language)
    return {name: says.clock(at) for name, at in times.items()}


def _stage_managers(slot: Slot) -> list[Person]:
    """Who runs the slot's stage: the show's stage managers, and members with that role for the stage."""
    parts = select(Person).join(EventPerson, EventPerson.person_id == Person.id)
    managing = parts.where(EventPerson.event_id == slot.event_id, EventPerson.stage_manager)
    members = stage_managers_of(slot.event.organisation_id, slot.stage_id)
    found = [*db.session.scalars(managing), *(each.person for each in members)]
    by_id = {person.id: person for person in found if person.forgotten_at is None}
    return [by_id[number] for number in sorted(by_id)]


def stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
