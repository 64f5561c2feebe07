"""A performer's own statement about being late, as an instant."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor
from coordinator.core.wording import fill
from coordinator.lineup.models import Slot
from coordinator.messaging.queries.default_texts import default_text
from coordinator.people.models import Person
from coordinator.shownight.queries import Night, night
from coordinator.spoken import in_text

from .threads import threads_of

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LateWord:
    """A performer's statement that waits for a decision.

    ``minutes``: how late they say they are. ``at``: when they would then start. ``declares``: how many minutes after
    its advertised time the slot has to be declared late to start exactly then.
    """

    slot: Slot
    person: Person | None
    minutes: int
    at: datetime
    declares: int


def late_word_of(slot: Slot) -> LateWord | None:
    """The statement about this slot that waits for a decision; None if there is none."""
    at = slot.asked_late_until
    if at is None or slot.said_late_by is None:
        return None
    declares = max(0, (at - slot.starts_at) // MINUTE)
    return LateWord(slot, slot.said_late_person, slot.said_late_by // MINUTE, at, declares)


def begins_at(slot: Slot, person: Person, minutes: int, now: datetime) -> datetime:
    """When the person starts if they are this late: counted from the time they were last told for this slot.

    If they were told none, or only one that was voided, it counts from the current time.
    """
    told = told_at(slot, person)
    return (told or holds_at(slot, night(slot.event_id, now))) + minutes * MINUTE


def told_at(slot: Slot, person: Person) -> datetime | None:
    """The start that the person was last told for this slot, in whole minutes; None if they were told none."""
    subject = f"slot:{slot.id}"
    thread = threads_of(slot.event_id).get((subject, person.id))
    told = thread.told.get(Anchor.SET_START) if thread else None
    return None if told is None or told.voided or told.at is None else whole_minute(told.at)


def holds_at(slot: Slot, seen: Night) -> datetime:
    """The current start, as people are told it, in whole minutes."""
    return whole_minute(seen.told_start(slot))


def acceptance(slot: Slot, person: Person, at: datetime) -> str:
    """The words that tell the person that their lateness was accepted."""
    stage = slot.stage.name if len(slot.event.stages) > 1 else ""
    values = {"first_name": person.first_name, "stage": stage}
    time = in_text(slot.event.zone, person.language).clock(at)
    return fill(default_text("accepted", person.language), values | {"time": time})
