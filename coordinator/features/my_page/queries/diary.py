"""The entries of one person's own calendar: all they do, and what they no longer need to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from coordinator.core.show_time import call_time
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.events.queries import is_not_over
from coordinator.features.public_lineup.queries.lineup import moved_to
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.lineup.queries import slots_played_by
from coordinator.people.models import Person
from coordinator.shifts.models import Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import shift_times, sign_ups_by
from coordinator.shownight.queries import Night, night
from coordinator.spoken import on_page

STAYS = timedelta(days=30)  # how long entries stay after a show


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One entry. ``key`` never changes; it is ``off`` when they no longer need to come."""

    key: str
    what: str
    event: Event
    starts_at: datetime
    ends_at: datetime
    place: str | None = None
    about: str = ""
    off: bool = False


def diary_of(person: Person, now: datetime) -> list[DiaryEntry]:
    """Slots and shifts of the person as the shows run at ``now``, including those that are off."""
    slots, sign_ups = _slots(person, now), _sign_ups(person, now)
    events = {slot.event_id for slot in slots} | {sign_up.event_id for sign_up in sign_ups}
    nights = {event_id: night(event_id, now) for event_id in events}
    return [
        *(_slot_entry(slot, nights[slot.event_id]) for slot in slots),
        *(_shift_entry(sign_up, nights[sign_up.event_id], person.language) for sign_up in sign_ups),
    ]


def _slots(person: Person, now: datetime) -> Sequence[Slot]:
    mine = slots_played_by([person.id]).where(is_not_over(now - STAYS)).order_by(Slot.starts_at, Slot.id)
    return [slot for _, slot in db.session.execute(mine.options(joinedload(Slot.act), joinedload(Slot.stage)))]


def _sign_ups(person: Person, now: datetime) -> Sequence[SignUp]:
    mine = sign_ups_by([person.id]).where(SignUp.state != SignUpState.WAITLISTED, is_not_over(now - STAYS))
    return db.session.scalars(mine.order_by(SignUp.id)).all()


def _slot_entry(slot: Slot, tonight: Night) -> DiaryEntry:
    starts_at = moved_to(slot, tonight.told(slot.id)) or slot.starts_at
    off = slot.cancelled_at is not None or slot.answer == ActAnswer.DECLINED
    ends_at = starts_at + slot.length
    return DiaryEntry(f"slot-{slot.id}", slot.name, tonight.event, starts_at, ends_at, slot.stage.name, off=off)


def _shift_entry(sign_up: SignUp, tonight: Night, language: str) -> DiaryEntry:
    shift = sign_up.shift
    times = shift_times(shift, tonight)
    starts_at, ends_at = times.or_planned(shift)
    lines = [_call(shift, starts_at, tonight.event, language), shift.role.instructions_in(language)]
    return DiaryEntry(
        key=f"sign-up-{sign_up.id}",
        what=shift.role.called(language),
        event=tonight.event,
        starts_at=starts_at,
        ends_at=ends_at,
        place=shift.place,
        about="\n".join(line for line in lines if line),
        off=sign_up.state == SignUpState.CANCELLED or shift.cancelled_at is not None,
    )


def _call(shift: Shift, starts_at: datetime, event: Event, language: str) -> str:
    if not shift.call:
        return ""
    return _("Be there by %(time)s", time=on_page(event.zone, language).clock(call_time(starts_at, shift.call)))
