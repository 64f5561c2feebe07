"""What can be done about a hole: the times at which the next act could begin, who could step in, who was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.commitments import Commitment, CommitmentKind, overlaps_with
from coordinator.core.dead_air import DeadAir, dead_air
from coordinator.core.show_time import whole_minute
from coordinator.events.models import Event
from coordinator.lineup.models import OfferKind, OfferState, Slot, SlotOffer, StandIn
from coordinator.lineup.queries import slot_offers_of, stand_ins_of, told_it_is_filled
from coordinator.people.models import Person
from coordinator.reminders.queries.stage_holds import concerned, unreached
from coordinator.shifts.queries.commitments import Nights, held_around
from coordinator.shifts.queries.objections import rules_for
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of
from coordinator.shownight.queries import Night, StageNight

STEP = timedelta(minutes=5)
LEAST_ROOM = timedelta(minutes=5)  # for less, nobody is asked to step in
LEAST_NOTICE = timedelta(minutes=5)  # nobody is asked to start sooner
MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class StandInChoice:
    """An act that could step in, how long it would play, and what speaks against it: ``busy``, ``far``."""

    stand_in: StandIn
    length: timedelta
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a hole. ``state`` is that of the offer, or what became of one that another's yes had closed:

    ``told``, once that yes was taken back: the act was told that the spot is filled; ``not_told``, it was not.
    ``again`` is the stand-in's id then, if it can be asked again.
    """

    offer: SlotOffer
    state: str
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole and what can be done about it.

    ``next`` is the slot behind it and ``after_next`` the one behind that; ``on`` is the one that could play longer.
    ``starts`` are the instants, earliest first, at which ``next`` could begin; ``starts_at`` is when someone else
    could, for at most ``room``. ``asked`` are the questions about it, the newest first.
    """

    stage: StageNight
    air: DeadAir
    next: Slot
    after_next: Slot | None
    on: Slot | None
    fell_out: tuple[Slot, ...]
    starts: tuple[datetime, ...]
    starts_at: datetime
    room: timedelta
    stand_ins: tuple[StandInChoice, ...]
    asked: tuple[Asked, ...]

    @property
    def has_room(self) -> bool:
        """Whether it is long enough for a stand-in."""
        return self.room >= LEAST_ROOM


def holes_of(stages: Sequence[StageNight]) -> Iterator[tuple[StageNight, DeadAir]]:
    """Every hole of more than ten minutes that is still to come on these stages."""
    for stage in stages:
        for air in dead_air(stage.plans, stage.projection, stage.now):
            yield stage, air


def hole_before(event: Event, night: Night, slot: Slot) -> Hole | None:
    """The hole before this slot; None: there is none, or no longer."""
    stage = night.stage_of(slot.id)
    air = next((air for _, air in holes_of([stage]) if air.before == slot.key), None)
    if air is None:
        return None
    by_key = {each.key: each for each in stage.slots}
    starts = tuple(_starts(air, slot, stage.now))
    starts_at = _rounded_up(max(air.starts_at + slot.changeover_min, stage.now + LEAST_NOTICE))
    room = max(air.ends_at - starts_at, timedelta(0))
    stand_ins = tuple(_stand_ins(event, stage, starts_at, room)) if room >= LEAST_ROOM else ()
    return Hole(
        stage=stage,
        air=air,
        next=slot,
        after_next=stage.after(slot),
        on=stage.on if stage.on and stage.on.key == air.after else None,
        fell_out=tuple(by_key[key] for key in air.fell_out),
        starts=starts,
        starts_at=starts_at,
        room=room,
        stand_ins=stand_ins,
        asked=tuple(_asked([each for each in slot_offers_of(event) if each.slot_id == slot.id], stand_ins, stage.now)),
    )


def untold_of(night: Night, stage: StageNight, sender: str) -> list[Person]:
    """Whom a hold of the stage concerns and no text or email reaches."""
    return list(unreached(list(concerned(night, stage)), sender).values())


def _asked(offers: Sequence[SlotOffer], stand_ins: Sequence[StandInChoice], now: datetime) -> Iterator[Asked]:
    is_given = any(offer.state == OfferState.ACCEPTED for offer in offers)
    told = told_it_is_filled(offers[0].event_id) if offers else ()
    still_asked = {offer.act_id for offer in offers if offer.is_open(now)}
    free = {each.stand_in.act_id: each.stand_in.id for each in stand_ins if "busy" not in each.against}
    for offer in offers:
        if offer.state != OfferState.FILLED or is_given:
            yield Asked(offer, offer.state)
            continue
        again = free.get(offer.act_id) if offer.kind == OfferKind.STAND_IN else None
        may_ask = offer.act_id not in still_asked
        yield Asked(offer, "told" if offer.id in told else "not_told", again if may_ask else None)


def _starts(air: DeadAir, slot: Slot, now: datetime) -> Iterator[datetime]:
    at = _rounded_up(max(air.starts_at + slot.changeover_min, now + LEAST_NOTICE))
    for step in range(MOST_CHOICES):
        if at + step * STEP < slot.starts_at:
            yield at + step * STEP


def _rounded_up(at: datetime) -> datetime:
    """The next full five minutes."""
    over = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return whole_minute(at + (STEP - over if over else timedelta(0)))


def _stand_ins(event: Event, stage: StageNight, starts_at: datetime, room: timedelta) -> Iterator[StandInChoice]:
    on_stage = {slot.act_id for slot in stage.slots if slot.cancelled_at is None}
    for stand_in in stand_ins_of(event):
        length = min(room, stand_in.length)
        is_far = starts_at - stage.now < stand_in.away
        is_busy = stand_in.act_id in on_stage or _is_busy(event, stand_in, stage, starts_at, starts_at + length)
        against = (*(["busy"] if is_busy else []), *(["far"] if is_far else []))
        yield StandInChoice(stand_in, length, against)


def _is_busy(event: Event, stand_in: StandIn, stage: StageNight, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether someone of the act could not be here then and keep what else they do, at any show."""
    people = [person.id for person in stand_in.act.people]
    place, kind = stage.stage.name, CommitmentKind.SET
    asked = Commitment(stand_in.act.name, starts_at, ends_at, starts_at, place, kind, f"{event.id}", "stand-in")
    limits = rules_for(event, volunteer_policy_of(event)).limits
    theirs = held_around(people, starts_at, ends_at).doings(Nights(stage.now))
    return any(overlaps_with(asked, [each.commitment for each in does.values()], limits)[0] for does in theirs.values())
