"""What needs a coordinator, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...core.clashes import Clash, clashes
from ...events.models import Event
from ...lineup.models import Slot
from ...messaging.models import Message
from ...messaging.queries import Wanted, inbox, texts_of
from ...people.models import Person
from ...reminders.queries import HeldBack, held_back
from ...shifts.models import Shift
from ...shownight.queries import Night
from .risk import risk_of, worries_in

WORTH_SHOWING = timedelta(days=2)  # a failed text older than this is history


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for a coordinator; ``kind`` says which, the rest is what it is about."""

    kind: str
    slot: Slot | None = None
    shift: Shift | None = None
    person: Person | None = None
    message: Message | None = None
    number: int = 0
    clash: Clash | None = None
    held: HeldBack | None = None
    other: Slot | None = None
    reason: str = ""


def needs_of(event: Event, night: Night, shifts: Sequence[Shift], now: datetime) -> list[Need]:
    """Everything that waits for a coordinator of this event."""
    return [
        *_written(event),
        *_declined(night),
        *_held_back(event, night, now),
        *_silent(event, night, shifts),
        *_failed(event, now),
        *_unanswered(night),
        *_at_risk(event, night, shifts, now),
        *_short(shifts, now),
        *_clashing(night),
    ]


def _written(event: Event) -> Iterator[Need]:
    for message in inbox(event.organisation_id):
        if message.event_id in (None, event.id):
            yield Need("written", person=message.person, message=message)


def _playing(night: Night) -> list[Slot]:
    return [slot for slot in night.slots if slot.cancelled_at is None and slot.ended_at is None]


def _declined(night: Night) -> Iterator[Need]:
    for slot in _playing(night):
        if slot.answer == "declined":
            yield Need("declined", slot=slot, person=_first(slot))
        elif slot.asks_for:
            yield Need("asks_for", slot=slot, person=_first(slot), reason=slot.asks_for)
        if slot.said_late_by and slot.said_late_by != slot.late_by and not slot.started_at:
            yield Need("says_late", slot=slot, person=_first(slot), number=slot.said_late_by // timedelta(minutes=1))


def _held_back(event: Event, night: Night, now: datetime) -> Iterator[Need]:
    for held in held_back(event, night, now):
        yield Need("held_back", slot=held.subject.slot, shift=held.subject.shift, person=held.person, held=held)


def _silent(event: Event, night: Night, shifts: Sequence[Shift]) -> Iterator[Need]:
    """People with something to do who cannot be reached by text."""
    wanted: dict[int, Need] = {}
    for slot in _playing(night):
        for person in slot.people if slot.answer != "declined" else ():
            wanted.setdefault(person.id, Need("silent", slot=slot, person=person, reason=_why_silent(person)))
    for shift in shifts:
        for sign_up in shift.holding:
            why = _why_silent(sign_up.person)
            wanted.setdefault(sign_up.person_id, Need("silent", shift=shift, person=sign_up.person, reason=why))
    return (need for need in wanted.values() if need.reason)


def _why_silent(person: Person) -> str:
    if person.phone is None:
        return "no_phone"
    if person.agreed_at is None:
        return "not_agreed"
    return person.phone_trouble or ""


def _failed(event: Event, now: datetime) -> Iterator[Need]:
    seen: set[int] = set()
    lost = texts_of(event.id, Wanted(("failed", "undelivered", "unknown", "stopped"), "out"), limit=50)
    unsure = texts_of(event.id, Wanted(("expired",), "out", errors=("not_confirmed",)), limit=50)  # it may have arrived
    for message in lost + unsure:
        recent = (message.finished_at or message.claimed_at or message.created_at) > now - WORTH_SHOWING
        if message.person_id and message.person_id not in seen and recent:
            seen.add(message.person_id)
            yield Need("failed", person=message.person, message=message)


def _unanswered(night: Night) -> Iterator[Need]:
    for slot in _playing(night):
        if slot.answer in ("open", "invited") and slot.act is not None and slot.started_at is None:
            yield Need("unanswered", slot=slot, person=_first(slot))


def _short(shifts: Sequence[Shift], now: datetime) -> Iterator[Need]:
    for shift in shifts:
        missing = shift.min - len(shift.holding)
        if missing > 0 and shift.ends_at > now and shift.cancelled_at is None:
            yield Need("short", shift=shift, number=missing)


def _at_risk(event: Event, night: Night, shifts: Sequence[Shift], now: datetime) -> Iterator[Need]:
    """How many on shifts may not come, and places for which nobody was found."""
    risk = risk_of(event, night, shifts, now)
    for each in risk.unfound:
        leaving = each.search.leaving
        yield Need("unfound", shift=each.search.shift, person=leaving.person if leaving else None, number=each.asked)
    if worrying := worries_in(risk):
        yield Need("at_risk", shift=worrying[0].shift, person=worrying[0].person, number=len(worrying))


def _clashing(night: Night) -> Iterator[Need]:
    for stage in night.stages:
        by_key = {slot.key: slot for slot in stage.slots}
        for clash in clashes(stage.plans, stage.stage.curfew_at):
            if clash.kind == "short":
                continue  # shorter than nominal and still possible: shown in the running order only
            other = by_key.get(clash.after) if clash.after else None
            number = clash.minutes // timedelta(minutes=1)
            yield Need("clash", slot=by_key[clash.slot], other=other, clash=clash, number=number)


def _first(slot: Slot) -> Person | None:
    return next((person for person in slot.people if person.phone), None)
