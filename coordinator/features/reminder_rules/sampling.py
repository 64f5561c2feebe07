"""How long a reminder gets with the longest names of a show, before any text is planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.personal_links import stand_in
from coordinator.core.rules import Audience
from coordinator.core.show_time import call_time
from coordinator.core.sms_text import Costly, costly_characters, measure
from coordinator.core.wording import worded
from coordinator.features.texts.queries.recipients import Addressee, EventContacts
from coordinator.reminders.queries.rules import call_lead
from coordinator.spoken import in_text

SOMEBODY = 10_000  # whose link is as long as most are
FIRST = ("ask-1", "shift-day")  # often the first text to someone, which names the sender and how to stop


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as someone might get it; ``left`` is how many characters its last segment still has room for."""

    body: str
    segments: int
    left: int
    costly: tuple[Costly, ...]


def sample_of(
    contacts: EventContacts, rule: str, audience: str, words: str, language: str, *, public_url: str
) -> Sample:
    """The words filled in for whoever has the longest names among those the rule is for."""
    values = _values(contacts, audience, language) | {"link": stand_in(public_url, SOMEBODY)}
    said = worded(words, values, language, org=values["org"])
    body = said.first_body if rule in FIRST else said.body
    measured = measure(body)
    return Sample(body, measured.segments, measured.left, costly_characters(body))


def _values(contacts: EventContacts, audience: str, language: str) -> dict[str, str]:
    event, says = contacts.event, in_text(contacts.event.zone, language)
    those = contacts.playing if audience == Audience.PERFORMERS else contacts.helping
    at = max(
        (begins for each in those if (begins := contacts.begins_at(each))),
        default=event.days[0].doors_at or contacts.night.now,
    )
    clock, title = says.clock(at), event.called(language)
    return _about(contacts, audience, title, at, language) | {
        "first_name": _longest((each.person.first_name for each in those), "Alexandra"),
        "org": event.organisation.name,
        "title": title,
        "time": clock,
        "was": clock,
        "day": says.day(at),
        "stage": _longest(stage.stage.name for stage in contacts.night.stages)
        if len(contacts.night.event.stages) > 1
        else "",
        "venue": event.venue_name or "",
        "address": event.venue_address or "",
        "place": _longest(each.shift.place or "" for each in contacts.helping if each.shift),
    }


def _about(contacts: EventContacts, audience: str, title: str, at: datetime, language: str) -> dict[str, str]:
    """What a reminder is about and when to be there: an act; or a role, with the act that the shift follows."""
    says = in_text(contacts.event.zone, language)
    clock = says.clock(at)
    if audience == Audience.PERFORMERS:
        act = _longest(_acts(contacts, contacts.playing), title)
        band = _longest(each.slot.band_of(each.person) for each in contacts.playing if each.slot)
        lead = call_lead(contacts.event.id)
        return {
            "act": act,
            "band": band,
            "set": clock,
            "role": "",
            "call": says.clock(call_time(at, lead)) if lead else "",
        }
    shifts = [each.shift for each in contacts.helping if each.shift]
    follows = audience == Audience.CHANGEOVER_CREW or any(shift.follows for shift in shifts)
    act = _longest(_acts(contacts, contacts.helping), title) if follows else ""
    role = _longest((shift.role.called(language) for shift in shifts), title)
    lead = max((shift.call for shift in shifts if shift.call), default=None)
    call = says.clock(call_time(at, lead)) if lead else ""
    return {"act": act, "band": act, "set": clock if follows else "", "role": role, "call": call}


def _acts(contacts: EventContacts, those: Iterable[Addressee]) -> list[str]:
    return [slot.name for slot in contacts.night.slots if slot.act is not None] or [each.person.name for each in those]


def _longest(names: Iterable[str], otherwise: str = "") -> str:
    return max(names, key=len, default=otherwise)
