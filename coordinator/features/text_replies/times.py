"""WHEN: everything that comes next for the people on a phone, with hours, place and their own link."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.show_time import call_time
from coordinator.core.sms_text import fits_one_segment
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.reminders.queries.rules import call_lead
from coordinator.shownight.labels import hold_reason_in
from coordinator.shownight.queries import night

from .inbound import InboundContext
from .sender_context import MyShift


@dataclass(frozen=True, slots=True)
class Coming:
    """One set or shift to come, as the show runs. ``place``: a stage where there are several, or the shift's own."""

    what: str
    event: Event
    starts_at: datetime
    ends_at: datetime
    call_at: datetime | None
    place: str
    held: str = ""  # why its stage is on hold


def when(inbound: InboundContext) -> bool:
    """One thing in full; of several as many as fit, and how many more there are. False when nothing comes."""
    coming = sorted([*_sets(inbound), *_shifts(inbound)], key=lambda each: (each.starts_at, each.what))
    if not coming:
        return False
    values = {"first_name": inbound.first_name, "link": inbound.link}
    if len(coming) == 1:
        inbound.echo.say("when-one", event=coming[0].event, **(values | _values(inbound, coming[0])))
    else:
        inbound.echo.say("when", event=coming[0].event, **(values | {"choices": _listed(inbound, coming)}))
    return True


def _listed(inbound: InboundContext, coming: list[Coming]) -> str:
    """All of them with their call times; else without; else as many as fit beside the link, and how many more."""
    values = [_values(inbound, each) for each in coming]
    whole = [inbound.echo.part("part-when-item", **each) for each in values]
    if _fits(inbound, "; ".join(whole)):
        return "; ".join(whole)
    items = [inbound.echo.part("part-when-item", **(each | {"call": ""})) for each in values]
    said = items[0]
    for number in range(len(items), 0, -1):
        more = inbound.echo.part("part-when-more", more=str(len(items) - number)) if number < len(items) else ""
        said = "; ".join(items[:number]) + more
        if _fits(inbound, said):
            break
    return said


def _fits(inbound: InboundContext, said: str) -> bool:
    first_name, link = inbound.first_name, inbound.link
    return fits_one_segment(inbound.echo.part("echo-when", first_name=first_name, choices=said, link=link))


def _values(inbound: InboundContext, each: Coming) -> dict[str, str]:
    echo, event = inbound.echo, each.event
    return {
        "what": each.what,
        "times": echo.span(each.starts_at, each.ends_at, event),
        "day": echo.day(each.starts_at, event),
        "call": echo.clock(each.call_at, event) if each.call_at else "",
        "place": each.place,
        "venue": event.venue_name or "",
        "why": each.held,
    }


def _sets(inbound: InboundContext) -> Iterator[Coming]:
    ours = {person.id for person in inbound.sender_context.people}
    slots = {mine.slot.id: mine.slot for mine in inbound.sender_context.slots if not mine.has_declined}
    for slot in slots.values():
        playing = [person.first_name for person in slot.people if person.id in ours]
        who = " & ".join(playing) if len(playing) < len(ours) else ""
        yield _set(inbound, slot, f"{who}, {slot.name}" if who else slot.name)


def _set(inbound: InboundContext, slot: Slot, what: str) -> Coming:
    tonight, lead = night(slot.event_id, inbound.now), call_lead(slot.event_id)
    told = tonight.told(slot.id)
    starts_at = told.starts_at or slot.starts_at
    ends_at = max(told.ends_at or starts_at + slot.length, starts_at)
    place = slot.stage.name if len(tonight.event.stages) > 1 else ""
    why = hold_reason_in(inbound.echo.language, slot.stage.held_reason)
    held = why if tonight.stage_of(slot.id).held_since_at else ""
    return Coming(what, slot.event, starts_at, ends_at, call_time(starts_at, lead) if lead else None, place, held)


def _shifts(inbound: InboundContext) -> Iterator[Coming]:
    several = len(inbound.sender_context.people) > 1
    for mine in inbound.sender_context.shifts:
        role = mine.sign_up.shift.role.called(inbound.echo.language)
        yield _shift(mine, f"{mine.person.first_name}, {role}" if several else role)


def _shift(mine: MyShift, what: str) -> Coming:
    shift = mine.sign_up.shift
    call_at = call_time(mine.starts_at, shift.call) if shift.call else None
    return Coming(what, shift.event, mine.starts_at, mine.ends_at, call_at, shift.place or "")
