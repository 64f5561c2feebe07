"""The running order, as the slices and features above read it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from coordinator.db import db
from coordinator.events.models import Event, Stage
from coordinator.messaging.models import TOLD, UNSENT, Direction, Message

from .models import Act, ActMember, OfferState, Slot, SlotOffer, StandIn

FILLED = "slot-offer-filled"  # the rule of the text that tells them


def running_order(stage: Stage) -> Sequence[Slot]:
    """The stage's slots in order, with their acts and the acts' people."""
    return db.session.scalars(_with_people().where(Slot.stage_id == stage.id)).unique().all()


def of_its_day(slot: Slot, order: Iterable[Slot]) -> list[Slot]:
    """Those of these slots that are on the same show day, in the same order."""
    event = slot.event
    on = event.day_of(slot.starts_at).on
    return [each for each in order if event.day_of(each.starts_at).on == on]


def slots_of(event: Event) -> Sequence[Slot]:
    """All slots of the event, each stage's in order."""
    return db.session.scalars(_with_people().where(Slot.event_id == event.id)).unique().all()


def slot_with_key(event_id: int, key: str) -> Slot | None:
    """The slot with the organizer's own key; None when there is none."""
    return db.session.scalars(_with_people().where(Slot.event_id == event_id, Slot.key == key)).unique().one_or_none()


def slots_played_by(people: Collection[int]) -> Select[int, Slot]:
    """For each person, the slots that they play with one of their acts, at any event; the events are joined."""
    acts = select(ActMember.person_id, Slot).join(Act, Act.id == ActMember.act_id).join(Slot, Slot.act_id == Act.id)
    return acts.join(Event, Event.id == Slot.event_id).where(ActMember.person_id.in_(people))


def acts_of(event: Event) -> Sequence[Act]:
    """All acts of the event with their people, in the order they were added."""
    acts = select(Act).where(Act.event_id == event.id).order_by(Act.id)
    return db.session.scalars(acts.options(joinedload(Act.members).joinedload(ActMember.person))).unique().all()


def _with_people() -> Select[Slot]:
    ordered = select(Slot).order_by(Slot.position, Slot.starts_at, Slot.id)
    return ordered.options(joinedload(Slot.act).joinedload(Act.members).joinedload(ActMember.person))


def act_with_key(event_id: int, key: str) -> Act | None:
    """The act with the organizer's own key, with its people; None when there is none."""
    acts = select(Act).where(Act.event_id == event_id, Act.key == key)
    return db.session.scalars(acts.options(joinedload(Act.members).joinedload(ActMember.person))).unique().one_or_none()


def was_told(slot_id: int) -> bool:
    """Whether anyone was sent a text about the slot."""
    gone = select(Message.id).where(
        Message.slot_id == slot_id, Message.direction == Direction.OUT, Message.state.in_(TOLD)
    )
    return db.session.scalar(gone.limit(1)) is not None


def stand_ins_of(event: Event) -> Sequence[StandIn]:
    """The acts that can stand in, with their people; the nearest first."""
    ours = select(StandIn).where(StandIn.event_id == event.id).order_by(StandIn.minutes_away, StandIn.id)
    return db.session.scalars(ours.options(joinedload(StandIn.act).selectinload(Act.members))).unique().all()


def slot_offers_of(event: Event) -> Sequence[SlotOffer]:
    """All questions to acts whether they play at another time, the newest first."""
    ours = select(SlotOffer).where(SlotOffer.event_id == event.id).order_by(SlotOffer.id.desc())
    return db.session.scalars(ours.options(joinedload(SlotOffer.act), joinedload(SlotOffer.slot))).unique().all()


def slot_offers_to(people: Collection[int], now: datetime) -> Sequence[SlotOffer]:
    """Those that these people, or their acts, can still answer, the oldest first."""
    theirs = select(ActMember.act_id).where(ActMember.person_id.in_(people))
    is_open = (SlotOffer.state == OfferState.OPEN, SlotOffer.starts_at > now, SlotOffer.act_id.in_(theirs))
    return db.session.scalars(select(SlotOffer).where(*is_open).order_by(SlotOffer.id)).all()


def last_slot_offer_to(people: Collection[int], since_at: datetime) -> SlotOffer | None:
    """The newest that these people, or their acts, were asked since then; None: none."""
    theirs = select(ActMember.act_id).where(ActMember.person_id.in_(people))
    asked = (SlotOffer.asked_at >= since_at, SlotOffer.act_id.in_(theirs))
    return db.session.scalars(select(SlotOffer).where(*asked).order_by(SlotOffer.id.desc()).limit(1)).first()


def asking_key(offer_id: int, person_id: int) -> str:
    """The unique key of the text that asks this person the question."""
    return f"slot-offer:{offer_id}:{person_id}"


def filled_key(offer_id: int, person_id: int) -> str:
    """The unique key of the text that tells them that the spot is filled; what precedes the numbers is its rule."""
    return f"{FILLED}:{offer_id}:{person_id}"


def told_it_is_filled(event_id: int) -> set[int]:
    """The ids of the offers of which someone was texted, or will be, that the spot is filled."""
    told = select(Message.dedupe_key).where(Message.event_id == event_id, Message.rule == FILLED)
    keys = db.session.scalars(told.where(Message.state.in_((*TOLD, *UNSENT)), Message.dedupe_key.is_not(None)))
    return {int((key or "").split(":")[1]) for key in keys}
