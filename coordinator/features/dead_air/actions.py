"""Keeping the list of stand-ins; what fills a hole."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.names import free_key
from coordinator.events.models import Event
from coordinator.features.performers.actions import PerformerFacts, known_or_new
from coordinator.lineup.actions.members import add_member
from coordinator.lineup.models import Act, StandIn


@dataclass(frozen=True, slots=True)
class StandInFacts:
    """An act that can stand in. ``player`` is who plays it, if the act has nobody yet."""

    act: str
    minutes_away: int
    length: timedelta
    gear: str | None
    player: PerformerFacts | None


def add_stand_in(event: Event, facts: StandInFacts, *, actor: Actor, now: datetime) -> StandIn:
    """Put an act on the list, or change what is said of it; the act is made if there is none of that name.

    Raises NotAPhone, NoName.
    """
    with transaction() as session:
        act = _act(event, facts.act)
        if not act.members and facts.player is not None:
            add_member(act, known_or_new(event, facts.player, actor=actor, now=now), actor=actor, now=now)
        stand_in = session.scalar(select(StandIn).where(StandIn.act_id == act.id))
        if stand_in is None:
            stand_in = StandIn(event_id=event.id, act=act)
            session.add(stand_in)
        stand_in.minutes_away, stand_in.length, stand_in.gear = facts.minutes_away, facts.length, facts.gear
        after = {"minutes_away": facts.minutes_away, "length": facts.length // timedelta(minutes=1), "gear": facts.gear}
        record(event, actor, "stand_in.kept", f"act:{act.key}", now=now, after=after)
    return stand_in


def remove_stand_in(stand_in: StandIn, *, actor: Actor, now: datetime) -> None:
    """Take an act off the list; the act stays in the show."""
    with transaction() as session:
        record(stand_in.act.event, actor, "stand_in.removed", f"act:{stand_in.act.key}", now=now)
        session.delete(stand_in)


def _act(event: Event, typed: str) -> Act:
    """The act of that name, or a new one without a slot."""
    name = " ".join(typed.split())
    with transaction() as session:
        acts = session.scalars(select(Act).where(Act.event_id == event.id).order_by(Act.id)).all()
        for act in acts:
            if act.name.casefold() == name.casefold():
                return act
        act = Act(event_id=event.id, key=free_key(name, [each.key for each in acts], "act"), name=name)
        session.add(act)
        session.flush()
    return act
