"""What an email puts into the calendar of somebody who is coming, or takes out of it."""

from datetime import datetime
from typing import Final

from coordinator.core.invitation import CalendarEntry
from coordinator.core.json_values import JsonObject
from coordinator.events.models import Event
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import MessageKind
from coordinator.people.models import Person
from coordinator.shifts.models import Shift, SignUp, SignUpState

from ..queries.places import PlaceNews
from ..queries.subjects import Subject
from .owed import OwedText

RULES: Final = ("details", "shift-day")  # of the reminders, those that say what is settled
KINDS: Final = (MessageKind.NEW_TIME, MessageKind.CHANGED, MessageKind.CANCELLED)


def entry_of(text: OwedText, event: Event) -> JsonObject | None:
    """The slot or shift that the text is about, if the person confirmed it; the key is that of their own calendar."""
    subject, off, language = text.subject, text.kind == MessageKind.CANCELLED, text.person.language
    is_settled = text.kind in KINDS or (text.rule is not None and text.rule.key in RULES)
    if text.anchor != subject.own_anchor or not is_settled:
        return None
    if subject.slot is not None:
        return _of_slot(subject.slot, text.says_at, event, language, off=off)
    sign_up = _sign_up(subject, text.person)
    if subject.shift is None or sign_up is None or (sign_up.state != SignUpState.CONFIRMED and not off):
        return None
    ends_at = text.says_at + (subject.shift.ends_at - subject.shift.starts_at)
    return _of_shift(subject.shift, sign_up, (text.says_at, ends_at), event, language, off=off)


def entry_about(news: PlaceNews, event: Event) -> JsonObject | None:
    """The shift that somebody took or lost; of several at once none, as an email brings one entry."""
    if len(news.places) != 1 or news.kind == MessageKind.ASSIGNED:
        return None
    shift, starts_at, ends_at, _set_at = news.places[0]
    sign_up = next((each for each in shift.sign_ups if each.person_id == news.person.id), None)
    if sign_up is None:
        return None
    off, language = news.kind == MessageKind.REMOVED, news.person.language
    return _of_shift(shift, sign_up, (starts_at, ends_at), event, language, off=off)


def _of_slot(slot: Slot, starts_at: datetime, event: Event, language: str, *, off: bool) -> JsonObject | None:
    if slot.answer != ActAnswer.CONFIRMED:
        return None
    title = f"{slot.name}, {event.called(language)}"
    place = _joined(slot.stage.name, event.venue_name, event.venue_address)
    return CalendarEntry(f"slot-{slot.id}", title, starts_at, starts_at + slot.length, place, off).as_json()


def _of_shift(
    shift: Shift, sign_up: SignUp, times: tuple[datetime, datetime], event: Event, language: str, *, off: bool
) -> JsonObject:
    title = f"{shift.role.called(language)}, {event.called(language)}"
    place = _joined(shift.place, event.venue_name, event.venue_address)
    return CalendarEntry(f"sign-up-{sign_up.id}", title, *times, place, off).as_json()


def _sign_up(subject: Subject, person: Person) -> SignUp | None:
    found = (each.sign_up for each in subject.recipients if each.person.id == person.id)
    return next((sign_up for sign_up in found if sign_up is not None), None)


def _joined(*places: str | None) -> str:
    return ", ".join(place for place in places if place)
