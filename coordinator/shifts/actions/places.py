"""How a spot on a shift is stored and given up, for every way of taking one; the caller has locked the shift."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Via
from coordinator.events.actions.cast import add_all_to_cast, add_to_cast
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.messaging.models import MessageKind
from coordinator.people.models import Person

from ..models import HOLDING, Shift, SignUp, SignUpSource, SignUpState
from ..queries.spots import spot_facts
from ..refusals.leaving import NotOnShift
from .recording import place_as_recorded
from .searches import stop_asking, wake_searches, wake_searches_of
from .stepping_aside import step_aside, wait_again, who_also_wait
from .swaps import close_swaps_of

# By which door whoever takes a place comes; else it is their own, by any.
DOORS = {SignUpSource.LINK: Via.LINK, SignUpSource.TEXT: Via.TEXT, SignUpSource.WAITLIST: Via.JOB}
# Whoever has a place in such a way is told of it by a text of its own.
SAID_OTHERWISE = (SignUpSource.WAITLIST, SignUpSource.COVER, SignUpSource.SWAP)


@dataclass(frozen=True, slots=True)
class Placement:
    """How someone gets a spot: in what way, by whom, in which state, and overriding what."""

    source: SignUpSource
    actor: Actor
    state: SignUpState = SignUpState.CONFIRMED
    override_reason: str = ""
    giving_up: tuple[int, ...] = ()  # ids of sign-ups that are left for it


def themselves(person: Person, source: SignUpSource) -> Actor:
    """The person who takes or gives up a spot for themselves, in the way that ``source`` names."""
    return Actor.person(person, DOORS.get(source, Via.OWN))


def sign_up_of(session: Session, shift: Shift, person: Person) -> SignUp | None:
    """The person's sign-up for the shift, once nobody else changes what this person does."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    found = select(SignUp).where(SignUp.shift_id == shift.id, SignUp.person_id == person.id)
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def signed_up(
    session: Session, shift: Shift, person: Person, held: SignUp | None, placement: Placement, now: datetime
) -> SignUp:
    """In a new row or the one left before; reminders due before this are not sent late."""
    add_to_cast(shift.event_id, person)
    sign_up = held or SignUp(event_id=shift.event_id, shift_id=shift.id, person_id=person.id)
    before = sign_up.state if held else None
    _place(sign_up, shift, placement, now)
    session.add(sign_up)
    session.flush()
    if placement.state == SignUpState.CONFIRMED:
        wake_searches(shift, now)
        step_aside(sign_up, placement.actor, now, besides=placement.giving_up)
    _record_taken(shift.event, sign_up, before, placement, now)
    return sign_up


def signed_up_at_once(
    session: Session, event: Event, places: Sequence[tuple[Shift, Person]], placement: Placement, now: datetime
) -> None:
    """The same for several people who get a spot for the first time, on shifts of one event, in a few queries."""
    add_all_to_cast(event.id, [person for _, person in places])
    rows = [SignUp(event_id=event.id, shift_id=shift.id, person_id=person.id) for shift, person in places]
    for row, (shift, _) in zip(rows, places, strict=True):
        _place(row, shift, placement, now)
    session.add_all(rows)
    session.flush()
    wake_searches_of({shift.id for shift, _ in places}, now)
    for row in rows:
        _record_taken(event, row, None, placement, now)
    for row in who_also_wait(rows):
        step_aside(row, placement.actor, now)


def _place(sign_up: SignUp, shift: Shift, placement: Placement, now: datetime) -> None:
    """Whatever was said of the spot before holds no longer."""
    sign_up.known = spot_facts(shift).as_json()
    sign_up.state, sign_up.source, sign_up.created_at, sign_up.changed_at = placement.state, placement.source, now, now
    sign_up.waitlisted_at = now if placement.state == SignUpState.WAITLISTED else None
    sign_up.will_come_at = sign_up.wants_cover_at = sign_up.late_by = sign_up.here_at = sign_up.left_at = None
    sign_up.notice, sign_up.removed_at = _notice_of(placement.state, placement.source), None
    sign_up.given_up_at = sign_up.aside_for = None


def _record_taken(event: Event, sign_up: SignUp, before: str | None, placement: Placement, now: datetime) -> None:
    after = {"state": placement.state, "source": placement.source} | (
        {"override_reason": placement.override_reason} if placement.override_reason else {}
    )
    what = "shift.queued" if placement.state == SignUpState.WAITLISTED else "shift.taken"
    record(event, placement.actor, what, place_as_recorded(sign_up), now=now, before={"state": before}, after=after)


def come_back(sign_up: SignUp, placement: Placement, now: datetime) -> None:
    """As if they had never left the spot: what they were told and have answered still holds. The shift is locked."""
    before = {"state": sign_up.state}
    sign_up.state, sign_up.source, sign_up.changed_at = SignUpState.CONFIRMED, placement.source, now
    sign_up.given_up_at = sign_up.removed_at = None
    wake_searches(sign_up.shift, now)
    step_aside(sign_up, placement.actor, now)
    after = {"state": sign_up.state, "source": placement.source}
    what = place_as_recorded(sign_up)
    record(sign_up.shift.event, placement.actor, "shift.taken", what, now=now, before=before, after=after)


def leave(sign_up: SignUp, *, now: datetime, source: SignUpSource, actor: Actor) -> str:
    """The sign-up ends; returns the state before. The caller has locked the shift. Raises NotOnShift."""
    if sign_up.state not in (*HOLDING, SignUpState.WAITLISTED):
        raise NotOnShift(called(sign_up.shift.role))
    before = sign_up.state
    sign_up.state, sign_up.source, sign_up.changed_at = SignUpState.CANCELLED, source, now
    sign_up.waitlisted_at = sign_up.wants_cover_at = None
    after = {"state": SignUpState.CANCELLED, "source": source}
    record(
        sign_up.shift.event,
        actor,
        "shift.left",
        place_as_recorded(sign_up),
        now=now,
        before={"state": before},
        after=after,
    )
    if before == SignUpState.WAITLISTED:
        stop_asking(sign_up.shift, sign_up.person, now)
    else:
        close_swaps_of(sign_up, now)
        wait_again(sign_up, actor, now)
    return before


def _notice_of(state: str, source: SignUpSource) -> str | None:
    """Which text tells someone about the spot; None if the page or another text does."""
    if state == SignUpState.WAITLISTED or source in SAID_OTHERWISE:
        return None
    return MessageKind.ASSIGNED if source == SignUpSource.COORDINATOR else MessageKind.SIGNED_UP
