"""A coordinator says that a clash of somebody is fine, or that it is not after all."""

from collections.abc import Mapping
from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.commitments import Overlap
from coordinator.core.json_values import JsonObject
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event
from coordinator.people.models import Person

from ..models import AcceptedClash
from ..queries.clashes import acceptances_of


def accept_clash(event: Event, person: Person, overlap: Overlap, *, actor: Actor, now: datetime) -> AcceptedClash:
    """These two things of the person are fine as they are; the clash shows again once it is worse than now."""
    with transaction() as session:
        lock_event(session, event.id)
        for before in acceptances_of(person.id, overlap.pair):
            session.delete(before)
        one, other = (_columns(key) for key in overlap.pair)
        accepted = AcceptedClash(
            event_id=event.id,
            person_id=person.id,
            **one,
            **{f"other_{name}": number for name, number in other.items()},
            kind=overlap.kind,
            minutes=overlap.minutes,
            accepted_at=now,
            by=actor.name,
        )
        session.add(accepted)
        session.flush()
        after: JsonObject = {"minutes": overlap.minutes}
        record(event, actor, "clash.accepted", _as_recorded(accepted), now=now, after=after)
    return accepted


def reopen_clash(accepted: AcceptedClash, *, actor: Actor, now: datetime) -> None:
    """It is not fine after all, and shows again."""
    with transaction() as session:
        lock_event(session, accepted.event_id)
        before: JsonObject = {"minutes": accepted.minutes}
        record(accepted.event, actor, "clash.reopened", _as_recorded(accepted), now=now, before=before)
        session.delete(accepted)


def _columns(key: str) -> Mapping[str, int]:
    kind, _, number = key.partition(":")
    return {f"{kind}_id": int(number)}


def _as_recorded(accepted: AcceptedClash) -> str:
    return " ".join((f"person:{accepted.person_id}", *accepted.pair))
