"""A person and a shift as the rules for volunteers see them, read from the rows."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from coordinator.core.cover import WorkRules
from coordinator.core.show_time import zone_named
from coordinator.db import db
from coordinator.events.models import Event

from ..models import WORKED, SignUp, SignUpState, VolunteerPolicy

IN_TURN = (func.coalesce(SignUp.waitlisted_at, SignUp.created_at), SignUp.id)  # a document may not say since when


def rules_for(event: Event, row: VolunteerPolicy) -> WorkRules:
    """The same as the core's value."""
    return WorkRules(zone_named(event.zone), event.date, row.walking, row.rest, row.longest, row.minors_until)


def who_has_worked(people: Collection[int], organisation_id: int) -> set[int]:
    """Those of these people who have worked a shift of the organization before, at any of its events."""
    found = (
        select(SignUp.person_id)
        .join(Event, Event.id == SignUp.event_id)
        .where(SignUp.person_id.in_(people), SignUp.state.in_(WORKED), Event.organisation_id == organisation_id)
    )
    return set(db.session.scalars(found.distinct())) if people else set()


def people_waiting(shift_id: int) -> Sequence[SignUp]:
    """The waitlist of a shift, in order."""
    found = select(SignUp).where(SignUp.shift_id == shift_id, SignUp.state == SignUpState.WAITLISTED)
    return db.session.scalars(found.order_by(*IN_TURN).options(joinedload(SignUp.person))).all()


def places_in_queues(sign_ups: Iterable[SignUp]) -> dict[int, int]:
    """For those of these sign-ups that wait, by id: their position on the waitlist, counted from 1."""
    waiting = {each.id: each.shift_id for each in sign_ups if each.state == SignUpState.WAITLISTED}
    if not waiting:
        return {}
    found = select(SignUp.id, SignUp.shift_id).where(
        SignUp.shift_id.in_(waiting.values()), SignUp.state == SignUpState.WAITLISTED
    )
    queues: dict[int, list[int]] = {}
    for sign_up_id, shift_id in db.session.execute(found.order_by(*IN_TURN)):
        queues.setdefault(shift_id, []).append(sign_up_id)
    return {sign_up_id: queues[shift_id].index(sign_up_id) + 1 for sign_up_id, shift_id in waiting.items()}
