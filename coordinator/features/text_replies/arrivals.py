"""HERE: a performer or volunteer has arrived."""

from dataclasses import dataclass
from datetime import datetime

from coordinator.accounts.models import Actor, Via
from coordinator.core.cover import check_in_opens
from coordinator.db import db
from coordinator.features.check_in.queries.arriving import called_apart
from coordinator.lineup.actions.answers import say_here
from coordinator.lineup.models import Slot
from coordinator.lineup.refusals import TooEarly
from coordinator.people.models import Person
from coordinator.reminders.queries.call_times import called_at
from coordinator.shifts.actions.attendance import check_in
from coordinator.shifts.models import SignUp
from coordinator.shownight.queries import night

from . import choices
from .asking import ask
from .choices import Means
from .inbound import InboundContext
from .sender_context import Mine, MyShift


@dataclass(frozen=True, slots=True)
class Arrival:
    """What HERE means for one person: their next set, and their shift if it comes first."""

    person: Person
    slot: Slot | None
    shift: MyShift | None

    @property
    def means(self) -> Means:
        return {"slot": self.slot and self.slot.id, "sign_up": self.shift and self.shift.sign_up.id}


def here(inbound: InboundContext) -> bool:
    """Mark the person as present, even if they were marked as a no-show. On a shared phone, ask who it is."""
    now = inbound.now
    slots = [mine for mine in inbound.sender_context.slots if _opens_at(mine.slot, now) <= now]
    shifts = sorted((*inbound.sender_context.shifts, *inbound.sender_context.missed), key=lambda mine: mine.starts_at)
    shifts = [mine for mine in shifts if mine.check_in_opens_at <= now]
    awaited = _arrivals(
        inbound, [mine for mine in slots if not mine.slot.said_here_at], [mine for mine in shifts if not mine.is_here]
    )
    if len(awaited) > 1:
        return _ask_who(inbound, awaited)
    if awaited:
        return _arrive(inbound, awaited[0])
    again = _arrivals(inbound, slots, shifts)
    if again:
        _say(inbound, again[0], inbound.first_name)
    return bool(again) or _too_early(inbound)


def chosen(inbound: InboundContext, means: Means) -> bool:
    slots = [mine for mine in inbound.sender_context.slots if mine.slot.id == means["slot"]]
    mine = (*inbound.sender_context.shifts, *inbound.sender_context.missed)
    shifts = [each for each in mine if each.sign_up.id == means["sign_up"]]
    if not (slots or shifts):
        return False
    person = (shifts or slots)[0].person
    try:
        return _arrive(inbound, Arrival(person, slots[0].slot if slots else None, shifts[0] if shifts else None))
    except TooEarly:  # it was moved since they were asked
        return _too_early(inbound)


def _too_early(inbound: InboundContext) -> bool:
    """HERE before check-in opens for anything: when it opens for what comes first."""
    context, now = inbound.sender_context, inbound.now
    slots = [mine.slot for mine in context.slots if not mine.has_declined]
    coming = [
        *((_opens_at(slot, now), slot.event, slot.name) for slot in slots),
        *((mine.check_in_opens_at, mine.sign_up.shift.event, _work(inbound, mine)) for mine in context.shifts),
    ]
    if not coming:
        return False
    opens_at, event, what = min(coming, key=lambda each: each[0])
    time, day = inbound.echo.clock(opens_at, event), inbound.echo.day(opens_at, event)
    inbound.echo.say("here-early", event=event, first_name=inbound.first_name, what=what, time=time, day=day)
    return True


def _opens_at(slot: Slot, now: datetime) -> datetime:
    return check_in_opens(called_at(slot, now))


def _work(inbound: InboundContext, mine: MyShift) -> str:
    return mine.sign_up.shift.role.called(inbound.echo.language)


def undo(inbound: InboundContext, means: Means) -> str:
    words = ""
    if means["slot"] is not None:
        slot = db.session.get_one(Slot, means["slot"])
        call_at = called_at(slot, inbound.now)
        say_here(slot, call_at=call_at, actor=inbound.speaker, now=inbound.now, undo=True)
        words = inbound.echo.slot(slot)
    if means["sign_up"] is not None:
        sign_up = db.session.get_one(SignUp, means["sign_up"])
        check_in(sign_up, now=inbound.now, actor=Actor.person(sign_up.person, Via.TEXT), undo=True)
        words = inbound.echo.shift(sign_up.shift)
    return words


def _arrivals(inbound: InboundContext, slots: list[Mine], shifts: list[MyShift]) -> list[Arrival]:
    """What HERE would mean for each person; once for people who play in the same act and do nothing else."""
    slot_of = {mine.person.id: mine.slot for mine in reversed(slots)}
    shift_of = {mine.person.id: mine for mine in reversed(shifts)}
    found: dict[tuple[object, ...], Arrival] = {}
    for person in inbound.sender_context.people:
        slot, shift = slot_of.get(person.id), shift_of.get(person.id)
        if slot and shift and shift.starts_at > _starts_at(slot, inbound.now):
            shift = None
        if slot or shift:
            arrival = Arrival(person, slot, shift)
            found.setdefault(tuple(arrival.means.values()), arrival)
    return list(found.values())


def _ask_who(inbound: InboundContext, awaited: list[Arrival]) -> bool:
    by_person = {each.person.id: each for each in awaited}
    people = sorted((each.person for each in awaited), key=lambda person: (person.name, person.id))
    meanings = [{"do": "here"} | by_person[person.id].means for person in people]
    named = [name for _, name in called_apart(people)]
    return ask(inbound, "who", list(zip(meanings, named, named, strict=True)))


def _arrive(inbound: InboundContext, arrival: Arrival) -> bool:
    if arrival.shift:
        check_in(arrival.shift.sign_up, now=inbound.now, actor=Actor.person(arrival.shift.sign_up.person, Via.TEXT))
    if arrival.slot:
        call_at = called_at(arrival.slot, inbound.now)
        say_here(arrival.slot, call_at=call_at, actor=Actor.person(arrival.person, Via.TEXT), now=inbound.now)
    choices.remember(inbound.sender_context.phone, {"undo": "here"} | arrival.means, inbound.now)
    _say(inbound, arrival, arrival.person.first_name)
    return True


def _say(inbound: InboundContext, arrival: Arrival, first_name: str) -> None:
    """Welcome them for what comes first."""
    if arrival.shift:
        what, at, event = _work(inbound, arrival.shift), arrival.shift.starts_at, arrival.shift.sign_up.shift.event
    else:
        assert arrival.slot is not None
        what, at, event = arrival.slot.name, _starts_at(arrival.slot, inbound.now), arrival.slot.event
    inbound.echo.say("here", event=event, first_name=first_name, what=what, time=inbound.echo.clock(at, event))


def _starts_at(slot: Slot, now: datetime) -> datetime:
    return night(slot.event_id, now).seen(slot.id).starts_at or slot.starts_at
