"""Creates a big show: stages with consecutive slots, and shifts with volunteers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from coordinator.accounts.models import Organisation
from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import local_text, show_day, show_day_bounds
from coordinator.db import Base, db, transaction
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Act, ActMember, Slot
from coordinator.people.models import Person
from coordinator.shifts.models import Role, Shift, SignUp
from tests.builders import an_organisation

ZONE = ZoneInfo("UTC")
SET, CHANGEOVER = timedelta(minutes=15), timedelta(minutes=10)

_phones = count()


@dataclass(frozen=True)
class Plan:
    """What to create. The first set starts at ``begins_at``; everything was created at ``made_at``.

    ``shifts_at``: the starts of the shifts, each with ``people_a_shift`` people. ``running_since``: when the first set
    of each stage was started; None: it was not.
    """

    slug: str
    begins_at: datetime
    made_at: datetime
    stages: int = 10
    slots_a_stage: int = 30
    shifts_at: Sequence[datetime] = ()
    people_a_shift: int = 1
    running_since: datetime | None = None


def a_festival(plan: Plan, organisation: Organisation | None = None) -> Event:
    """The event, saved and published, without quiet hours."""
    organisation = organisation or an_organisation()
    on = show_day(plan.begins_at, ZONE)
    with transaction():
        event = Event(
            organisation_id=organisation.id, slug=plan.slug, title="The festival", zone=ZONE.key, days=(ShowDay(on),)
        )
        event.published, event.venue_name, event.created_at = True, "The Old Chapel", plan.made_at
        event.plan_until_at = show_day_bounds(on, ZONE)[1]
        _written(event)
        for number in range(plan.stages):
            _add_stage(plan, event, number)
        _add_shifts(plan, event)
    return event


def people(organisation: Organisation, number: int, made_at: datetime) -> list[Person]:
    """New people who agreed to texts, added to the session but not flushed."""
    return [_a_person(organisation.id, f"Helper {each}", made_at) for each in range(number)]


def _add_stage(plan: Plan, event: Event, number: int) -> None:
    stage = Stage(event_id=event.id, key=f"stage-{number}", name=f"Stage {number}", position=number)
    acts = [
        Act(event_id=event.id, key=f"act-{number}-{place}", name=f"Act {number} {place}")
        for place in range(plan.slots_a_stage)
    ]
    players = [_a_person(event.organisation_id, f"Player {act.key}", plan.made_at) for act in acts]
    _written(stage, *acts, *players)
    for place, (act, player) in enumerate(zip(acts, players, strict=True)):
        member = ActMember(event_id=event.id, act_id=act.id, person_id=player.id, joined_at=plan.made_at)
        db.session.add_all([member, _slot(plan, stage, act, place)])
    db.session.flush()


def _slot(plan: Plan, stage: Stage, act: Act, place: int) -> Slot:
    starts_at = plan.begins_at + place * (SET + CHANGEOVER)
    slot = Slot(event_id=stage.event_id, stage_id=stage.id, act_id=act.id, key=act.key, position=place)
    slot.starts_at, slot.starts_local, slot.length = starts_at, local_text(starts_at, ZONE), SET
    slot.changeover, slot.changeover_min = CHANGEOVER, timedelta(minutes=5)
    slot.answer, slot.created_at = "confirmed", plan.made_at
    slot.started_at = plan.running_since if place == 0 else None
    return slot


def _add_shifts(plan: Plan, event: Event) -> None:
    role = Role(event_id=event.id, key="door", name="Front door")
    helpers = people(event.organisation, len(plan.shifts_at) * plan.people_a_shift, plan.made_at)
    _written(role, *helpers)
    shifts = [_shift(plan, role, number, starts_at) for number, starts_at in enumerate(plan.shifts_at)]
    _written(*shifts)
    waiting = iter(helpers)
    for shift in shifts:
        for _place in range(plan.people_a_shift):
            sign_up = SignUp(event_id=event.id, shift_id=shift.id, person_id=next(waiting).id)
            sign_up.created_at = sign_up.changed_at = plan.made_at
            db.session.add(sign_up)
    db.session.flush()


def _shift(plan: Plan, role: Role, number: int, starts_at: datetime) -> Shift:
    ends_at = starts_at + timedelta(hours=2)
    shift = Shift(event_id=role.event_id, role_id=role.id, key=f"shift-{number}", min=1, max=plan.people_a_shift)
    shift.starts_at, shift.starts_local = starts_at, local_text(starts_at, ZONE)
    shift.ends_at, shift.ends_local = ends_at, local_text(ends_at, ZONE)
    shift.created_at = plan.made_at
    return shift


def _a_person(organisation_id: int, name: str, made_at: datetime) -> Person:
    """With an unassigned number: 555-01xx in varying area codes."""
    area, line = divmod(next(_phones), 100)
    person = Person(organisation_id=organisation_id, name=name, phone=f"+1{201 + area % 780}55501{line:02}")
    person.created_at = person.agreed_at = made_at
    return person


def _written(*rows: Base) -> None:
    db.session.add_all(rows)
    db.session.flush()
