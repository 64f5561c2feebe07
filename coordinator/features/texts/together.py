"""Texts that leave together: in the same minute, of the same kind, about the same slot or shift."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.show_time import whole_minute
from coordinator.events.labels import called
from coordinator.messaging.models import Message
from coordinator.messaging.queries.texts import MessageFilter, due_within

from .queries.recipients import EventContacts

MINUTE = timedelta(minutes=1)
Key = tuple[datetime, str, int | None, int | None]  # the minute, the rule or kind, the slot, the shift


@dataclass(frozen=True, slots=True)
class Departure:
    """Texts of one page that leave together. ``number`` counts those on other pages too.

    ``about`` is the name of the slot or role that they are about, ``begins_at`` when that begins; None: about neither.
    """

    texts: Sequence[Message]
    number: int
    about: str | None
    begins_at: datetime | None

    @property
    def due_at(self) -> datetime:
        return self.texts[0].due_at or self.texts[0].created_at

    @property
    def states(self) -> list[str]:
        """The different states of its texts on this page."""
        return list(dict.fromkeys(text.state for text in self.texts))


def departures(contacts: EventContacts, texts: Sequence[Message], only: MessageFilter) -> list[Departure]:
    """The texts of one page of planned ones, soonest first. ``only`` says of which list it is a page."""
    groups: dict[Key, list[Message]] = {}
    for text in texts:
        groups.setdefault(_key(text), []).append(text)
    numbers = _numbers(contacts.event.id, texts, only)
    return [_departure(contacts, group, max(len(group), numbers[key])) for key, group in groups.items()]


def _numbers(event_id: int, texts: Sequence[Message], only: MessageFilter) -> Counter[Key]:
    """How many leave together in the first and in the last minute of a page, which other pages may share."""
    minutes = {_key(text)[0] for text in (*texts[:1], *texts[-1:])}
    return Counter(_key(text) for minute in minutes for text in due_within(event_id, only, minute, MINUTE))


def _departure(contacts: EventContacts, texts: Sequence[Message], number: int) -> Departure:
    slot = next((each for each in contacts.night.slots if each.id == texts[0].slot_id), None)
    if slot is not None:
        return Departure(texts, number, slot.name, contacts.night.told_start(slot))
    shift = next((each for each in contacts.shifts if each.id == texts[0].shift_id), None)
    if shift is not None:
        return Departure(texts, number, str(called(shift.role)), contacts.times(shift).starts_at or shift.starts_at)
    return Departure(texts, number, None, None)


def _key(text: Message) -> Key:
    at = text.due_at or text.created_at
    return whole_minute(at), text.rule or text.kind, text.slot_id, text.shift_id


def each_alone(texts: Sequence[Message]) -> list[Departure]:
    """Texts that are listed one by one."""
    return [Departure([text], 1, None, None) for text in texts]
