"""Who is asked about a stage on the night: whoever runs it, then its other stage managers and the artist liaison."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from coordinator.accounts.models import Actor, Coordinator
from coordinator.accounts.queries import runners_of, stage_managers_of
from coordinator.db import db
from coordinator.events.models import EventPerson
from coordinator.events.queries import artist_liaisons_of
from coordinator.lineup.models import Slot, SlotOffer
from coordinator.people.models import Person
from coordinator.shownight.models import Press, Verb
from coordinator.shownight.queries import StageNight

BESIDE_IT = (Verb.START, Verb.END, Verb.EXTEND)  # what only someone marks who is by the stage


@dataclass(frozen=True, slots=True)
class Asked:
    """``runners`` can answer with a press of their own: whoever runs the stage now is the first; ``others`` cannot."""

    runners: tuple[Person, ...]
    others: tuple[Person, ...]


def asked_about(slot: Slot, stage: StageNight) -> Asked:
    """Whoever took charge of the slot's stage or last marked a set there, else its first stage manager; then the rest.

    The artist liaison is among the others, or among the runners if they may run the stage.
    """
    managers = stage_managers(slot)
    liaisons = _remembered(artist_liaisons_of(slot.event_id))
    members = runners_of(slot.event.organisation_id, slot.stage_id)
    first, may_press = _who_runs(stage, managers, members), {each.person_id for each in members}
    pressing = [*([first] if first else []), *managers, *(each for each in liaisons if each.id in may_press)]
    runners = {person.id: person for person in pressing}
    return Asked(tuple(runners.values()), tuple(each for each in liaisons if each.id not in runners))


def stage_managers(slot: Slot) -> list[Person]:
    """Who runs the slot's stage: the show's stage managers, and members with that role for the stage."""
    parts = select(Person).join(EventPerson, EventPerson.person_id == Person.id)
    managing = parts.where(EventPerson.event_id == slot.event_id, EventPerson.stage_manager)
    members = stage_managers_of(slot.event.organisation_id, slot.stage_id)
    found = [*db.session.scalars(managing), *(each.person for each in members)]
    return sorted(_remembered(found), key=lambda person: person.id)


def told_of_answers(offer: SlotOffer, stage: StageNight, actor: Actor) -> list[Person]:
    """Whoever asked the act and whoever runs the stage of the slot, but for ``actor``, who answers."""
    slot = offer.slot
    managers, members = stage_managers(slot), runners_of(slot.event.organisation_id, slot.stage_id)
    asked = _called(offer.asked_by, offer.coordinator_id, managers, members)
    by = _called(actor.name, actor.coordinator_id, managers, members)
    own = {actor.person_id, by.id if by and actor.person_id is None else None}
    concerned = _remembered([each for each in (asked, *asked_about(slot, stage).runners[:1]) if each])
    return [each for each in concerned if each.id not in own]


def _who_runs(stage: StageNight, managers: Iterable[Person], members: Iterable[Coordinator]) -> Person | None:
    """Whoever last took charge of the stage or marked what went on there; None when that was nobody who is known."""
    last = select(Press).join(Slot, Slot.id == Press.slot_id).where(Slot.stage_id == stage.stage.id)
    last = last.where(Press.undone_at.is_(None), Press.verb.in_(BESIDE_IT)).order_by(Press.id.desc())
    press = db.session.scalar(last.limit(1))
    since_at = stage.run_since_at
    if press is not None and (since_at is None or press.pressed_at >= since_at):
        return _called(press.by, press.coordinator_id, managers, members)
    return _called(stage.stage.attended_by, None, managers, members) if since_at else None


def _called(
    name: str | None, coordinator_id: int | None, managers: Iterable[Person], members: Iterable[Coordinator]
) -> Person | None:
    by_account = [each.person for each in members if each.id == coordinator_id]
    people = [*managers, *(each.person for each in members)]
    return next(iter([*by_account, *(person for person in people if person.name == name)]), None)


def _remembered(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people if person.forgotten_at is None}.values())
