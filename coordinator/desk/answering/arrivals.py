"""HERE: somebody is in the building, to play or to help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...db import db
from ...lineup.actions import say_here
from ...lineup.models import Slot
from ...people.models import Person
from ...shifts.actions import check_in
from ...shifts.models import SignUp
from ...shownight.queries import night
from ..queries.arriving import called_apart
from . import choices
from .standing import Mine, MyShift

if TYPE_CHECKING:
    from .routing import Heard

EARLY = timedelta(hours=2)  # how long before a shift HERE is about it
TODAY = timedelta(hours=14)  # how long before a set


@dataclass(frozen=True, slots=True)
class Arrival:
    """What HERE means for one person: their next set, and their shift where that comes first."""

    person: Person
    slot: Slot | None
    shift: MyShift | None

    @property
    def means(self) -> dict[str, Any]:
        return {"slot": self.slot and self.slot.id, "sign_up": self.shift and self.shift.sign_up.id}


def here(heard: Heard) -> bool:
    """HERE: there for what is awaited of them, also by whom nobody expects any more; a shared phone is asked whose."""
    slots = [mine for mine in heard.standing.slots if mine.slot.starts_at - heard.now < TODAY]
    shifts = sorted((*heard.standing.shifts, *heard.standing.missed), key=lambda mine: mine.starts_at)
    shifts = [mine for mine in shifts if mine.starts_at - heard.now < EARLY]
    awaited = _arrivals(
        heard, [mine for mine in slots if not mine.slot.said_here_at], [mine for mine in shifts if not mine.is_here]
    )
    if len(awaited) > 1:
        return _ask_who(heard, awaited)
    if awaited:
        return _arrive(heard, awaited[0])
    again = _arrivals(heard, slots, shifts)
    if again:
        _say(heard, again[0], heard.first_name)
    return bool(again)


def chosen(heard: Heard, means: dict[str, Any]) -> bool:
    slots = [mine for mine in heard.standing.slots if mine.slot.id == means["slot"]]
    mine = (*heard.standing.shifts, *heard.standing.missed)
    shifts = [each for each in mine if each.sign_up.id == means["sign_up"]]
    if not (slots or shifts):
        return False
    person = (shifts or slots)[0].person
    return _arrive(heard, Arrival(person, slots[0].slot if slots else None, shifts[0] if shifts else None))


def undo(heard: Heard, means: dict[str, Any]) -> str:
    words = ""
    if means["slot"] is not None:
        slot = db.session.get_one(Slot, means["slot"])
        say_here(slot, now=None)
        words = heard.echo.slot(slot)
    if means["sign_up"] is not None:
        sign_up = db.session.get_one(SignUp, means["sign_up"])
        check_in(sign_up, now=heard.now, how="text", undo=True)
        words = heard.echo.shift(sign_up.shift)
    return words


def _arrivals(heard: Heard, slots: list[Mine], shifts: list[MyShift]) -> list[Arrival]:
    """What it would mean for each; once for those who play in one act and do nothing else."""
    slot_of = {mine.person.id: mine.slot for mine in reversed(slots)}
    shift_of = {mine.person.id: mine for mine in reversed(shifts)}
    found: dict[tuple[Any, ...], Arrival] = {}
    for person in heard.standing.people:
        slot, shift = slot_of.get(person.id), shift_of.get(person.id)
        if slot and shift and shift.starts_at > _starts_at(slot, heard.now):
            shift = None
        if slot or shift:
            arrival = Arrival(person, slot, shift)
            found.setdefault(tuple(arrival.means.values()), arrival)
    return list(found.values())


def _ask_who(heard: Heard, awaited: list[Arrival]) -> bool:
    by_person = {each.person.id: each for each in awaited}
    people = sorted((each.person for each in awaited), key=lambda person: (person.name, person.id))
    meanings = [{"do": "here"} | by_person[person.id].means for person in people]
    numbers = choices.offer(heard.standing.phone, meanings, heard.now)
    named = zip(numbers, called_apart(people), strict=True)
    heard.echo.say("who", choices="; ".join(f"{number}: {name}" for number, (_, name) in named))
    return True


def _arrive(heard: Heard, arrival: Arrival) -> bool:
    if arrival.shift:
        check_in(arrival.shift.sign_up, now=heard.now, how="text")
    if arrival.slot:
        say_here(arrival.slot, now=heard.now)
    choices.remember(heard.standing.phone, {"undo": "here"} | arrival.means, heard.now)
    _say(heard, arrival, arrival.person.first_name)
    return True


def _say(heard: Heard, arrival: Arrival, first_name: str) -> None:
    """Welcome them for what comes first."""
    if arrival.shift:
        shift = arrival.shift.sign_up.shift
        what, at, event = shift.role.name, arrival.shift.starts_at, shift.event
    else:
        assert arrival.slot is not None
        what, at, event = arrival.slot.name, _starts_at(arrival.slot, heard.now), arrival.slot.event
    heard.echo.say("here", event=event, first_name=first_name, what=what, time=heard.echo.clock(at, event))


def _starts_at(slot: Slot, now: datetime) -> datetime:
    return night(slot.event_id, now).seen(slot.id).starts_at or slot.starts_at
