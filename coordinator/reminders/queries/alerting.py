"""An alert: who is told of something about a slot, and in which values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from coordinator.core.rules import UNDO
from coordinator.core.show_time import show_day, whole_minute, zone_named
from coordinator.core.stage_names import short_name
from coordinator.lineup.models import Slot
from coordinator.messaging.models import MessageKind
from coordinator.people.models import Person
from coordinator.shownight.models import MOST_LATE
from coordinator.shownight.queries import Night
from coordinator.spoken import in_text

from .lateness import MINUTE, LateWord, holds_at, late_word_of
from .who_is_asked import stage_managers

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
    rule: str | None = None  # what the text is called on pages, if not an alert


@dataclass(frozen=True, slots=True)
class AlertReason:
    """Something stage managers are told once: in which words, since when it is so, its key, and who knows already.

    ``call``: the same as a call. ``after``: how long it can be taken back. ``times``: further times that it tells.
    ``names``: further names and words. ``rule``: what the text is called on pages, if not an alert.
    """

    words: str
    since_at: datetime | None
    name: str
    knowing: tuple[int | None, ...] = ()
    call: str | None = None
    after: timedelta = UNDO
    times: Mapping[str, datetime] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    rule: str | None = None


def to_stage_managers(slot: Slot, seen: Night, what: AlertReason) -> Iterator[Alert]:
    return to_people(stage_managers(slot), slot, seen, what)


def to_people(people: Iterable[Person], slot: Slot, seen: Night, what: AlertReason) -> Iterator[Alert]:
    """The alert for each of them, but for whoever knows already."""
    at, since_at = holds_at(slot, seen), what.since_at or seen.now
    for person in people:
        if person.id not in what.knowing:
            yield Alert(
                key=f"{what.words}:{slot.id}:{what.name}:{person.id}",
                kind=MessageKind.ALERT,
                words=what.words,
                person=person,
                values=_values(slot, seen, at, person, what),
                due_at=since_at + what.after,
                useful_until=max(at, since_at) + OF_USE,
                call=what.call,
                says_at=at,
                rule=what.rule,
            )


def _values(slot: Slot, seen: Night, at: datetime, person: Person, what: AlertReason) -> dict[str, str]:
    says = in_text(slot.event.zone, person.language)
    clocks = {name: says.clock(at) for name, at in what.times.items()}
    who = {"first_name": person.first_name}
    return values_of(slot, seen, at, person.language) | who | clocks | dict(what.names)


def values_of(slot: Slot, seen: Night, at: datetime, language: str) -> dict[str, str]:
    """The values of the placeholders. The reply is left out if it would not do exactly what was said."""
    zone, says = zone_named(slot.event.zone), in_text(slot.event.zone, language)
    is_today = show_day(seen.now, zone) == show_day(at, zone)
    yes, no = slot.saying
    word = late_word_of(slot)
    reply = _reply_that_sets(word, seen) if word and is_today else None
    is_band, reply_on = len(slot.people) > 1, on_stage(slot, seen)
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
        "number": f"{reply}{reply_on}" if reply else "",
        "stage": slot.stage.name if len(seen.event.stages) > 1 else "",
        "on_stage": reply_on,
        "ten": f"10{reply_on}",
    }


def on_stage(slot: Slot, seen: Night) -> str:
    """What a reply adds so that it is about this stage: `` GARDEN``; nothing where there is one."""
    others = [stage.name for stage in seen.event.stages if stage.id != slot.stage_id]
    return f" {short_name(slot.stage.name, others)}" if others else ""


def _reply_that_sets(word: LateWord, seen: Night) -> int | None:
    """The number with which a stage manager's LATE sets exactly what was said; None if there is none.

    LATE is about what comes next on the stage that it names, and counts from its current start.
    """
    coming = seen.stage_of(word.slot.id).next
    if coming is None or coming.id != word.slot.id:
        return None
    stands_at = whole_minute(max(seen.seen(word.slot.id).starts_at or seen.now, seen.now))
    minutes = (word.at - stands_at) // MINUTE
    return minutes if minutes > 0 and word.declares <= MOST_LATE else None


def stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
