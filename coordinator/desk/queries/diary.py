"""What stands in one person's own calendar: all they do, and what they were down for and are no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...core.show_time import zone_named
from ...db import db
from ...events.models import Event
from ...lineup.models import Act, ActMember, Slot
from ...people.models import Person
from ...shifts.models import Role, Shift, SignUp
from ...shifts.queries import shift_times
from ...shownight.queries import Night, night
from ...web.spoken import clock
from .public import moved_to

STAYS = timedelta(days=30)  # after a show its entries stay for so long


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the diary. ``key`` is its own for ever; it is ``off`` when they need not come any more."""

    key: str
    what: str
    event: Event
    starts_at: datetime
    ends_at: datetime
    place: str | None = None
    about: str = ""
    off: bool = False


def diary_of(person: Person, now: datetime) -> list[Entry]:
    """Slots and shifts of the person as the shows run at ``now``, those that are off among them."""
    slots, sign_ups = _slots(person, now), _sign_ups(person, now)
    events = {slot.event_id for slot in slots} | {sign_up.event_id for sign_up in sign_ups}
    nights = {event_id: night(event_id, now) for event_id in events}
    return [
        *(_slot_entry(slot, nights[slot.event_id]) for slot in slots),
        *(_shift_entry(sign_up, nights[sign_up.event_id], person.language) for sign_up in sign_ups),
    ]


def _slots(person: Person, now: datetime) -> Sequence[Slot]:
    found = select(Slot).join(Act, Act.id == Slot.act_id).join(ActMember, ActMember.act_id == Act.id)
    mine = found.join(Event, Event.id == Slot.event_id).where(ActMember.person_id == person.id)
    return db.session.scalars(
        mine.where(or_(Event.plan_until_at.is_(None), Event.plan_until_at > now - STAYS))
        .order_by(Slot.starts_at, Slot.id)
        .options(joinedload(Slot.act), joinedload(Slot.stage))
    ).all()


def _sign_ups(person: Person, now: datetime) -> Sequence[SignUp]:
    mine = select(SignUp).join(Event, Event.id == SignUp.event_id).where(SignUp.person_id == person.id)
    return db.session.scalars(
        mine.where(SignUp.state != "waitlisted")
        .where(or_(Event.plan_until_at.is_(None), Event.plan_until_at > now - STAYS))
        .order_by(SignUp.id)
        .options(joinedload(SignUp.shift).joinedload(Shift.role))
    ).all()


def _slot_entry(slot: Slot, tonight: Night) -> Entry:
    seen = tonight.stage_of(slot.id).seen(slot)
    starts_at = moved_to(slot, seen) or slot.starts_at
    off = slot.cancelled_at is not None or slot.answer == "declined"
    ends_at = starts_at + slot.length
    return Entry(f"slot-{slot.id}", slot.name, tonight.event, starts_at, ends_at, slot.stage.name, off=off)


def _shift_entry(sign_up: SignUp, tonight: Night, language: str) -> Entry:
    shift = sign_up.shift
    times = shift_times(shift, tonight)
    starts_at, ends_at = times.or_planned(shift)
    lines = [_call(shift, starts_at, tonight.event, language), _instructions(shift.role, language)]
    return Entry(
        key=f"sign-up-{sign_up.id}",
        what=shift.role.name,
        event=tonight.event,
        starts_at=starts_at,
        ends_at=ends_at,
        place=shift.place,
        about="\n".join(line for line in lines if line),
        off=sign_up.state == "cancelled" or shift.cancelled_at is not None,
    )


def _call(shift: Shift, starts_at: datetime, event: Event, language: str) -> str:
    if not shift.call:
        return ""
    return _("Be there by %(time)s", time=clock(starts_at - shift.call, zone_named(event.zone), language))


def _instructions(role: Role, language: str) -> str:
    both = (role.instructions_en, role.instructions_es)
    return next((words for words in (both if language != "es" else both[::-1]) if words), "")
