"""Answers of an act that was asked to play at another time. What it plays then is told to everyone of the act."""

from datetime import timedelta

from coordinator.accounts.models import Actor, Via
from coordinator.db import db
from coordinator.lineup.models import OfferKind, OfferState, SlotOffer
from coordinator.lineup.queries import last_slot_offer_to
from coordinator.lineup.refusals import CannotPlan
from coordinator.reminders.actions.offer_answers import answer_and_tell, take_back_and_tell
from coordinator.shownight.refusals import CannotPress, NoLongerOffered

from . import choices
from .choices import Means
from .inbound import InboundContext

LATELY = timedelta(hours=6)  # how long a yes after the end of an offer is still about it


def chosen(inbound: InboundContext, means: Means) -> bool:
    offer = db.session.get(SlotOffer, means["offer"])
    ours = {person.id for person in inbound.sender_context.people}
    people = [person for person in offer.act.people if person.id in ours] if offer else []
    if offer is None or not people:
        return False
    inbound.message.event_id, inbound.message.slot_id = offer.event_id, offer.slot_id
    try:
        actor = Actor.person(people[0], Via.TEXT)
        answer_and_tell(offer, yes=means["yes"], actor=actor, now=inbound.now, people=people)
    except (CannotPress, CannotPlan):
        _say(inbound, "slot-offer-late", offer)
        return True
    choices.remember(inbound.sender_context.phone, {"undo": "slot_offer", "offer": offer.id}, inbound.now)
    if not means["yes"]:
        _say(inbound, "slot-offer-no", offer)
    return True


def comes_too_late(inbound: InboundContext) -> bool:
    """C after the spot was filled, its time, or another's no: tell them, so that nobody comes for nothing."""
    people = inbound.sender_context.people
    last = last_slot_offer_to([person.id for person in people], inbound.now - LATELY)
    if last is None or last.state == OfferState.ACCEPTED:
        return False
    if last.state == OfferState.DECLINED and last.answered_by in [person.name for person in people]:
        return False
    _say(inbound, "slot-offer-late", last)
    return True


def undo(inbound: InboundContext, means: Means) -> str:
    offer = db.session.get(SlotOffer, means["offer"])
    try:
        if offer is None:
            raise NoLongerOffered
        people = inbound.sender_context.people
        take_back_and_tell(offer, actor=inbound.speaker, now=inbound.now, people=people)
    except CannotPress as refusal:
        return inbound.echo.refusal(refusal)
    return inbound.echo.part("part-answer-open")


def _say(inbound: InboundContext, words: str, offer: SlotOffer) -> None:
    event, is_own = offer.slot.event, offer.kind == OfferKind.FORWARD
    inbound.echo.say(
        words,
        event=event,
        first_name=inbound.first_name,
        time=inbound.echo.clock(offer.starts_at, event),
        was=inbound.echo.clock(offer.slot.starts_at, event) if is_own else "",
    )
