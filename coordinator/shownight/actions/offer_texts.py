"""What an act that is asked to play at another time is texted."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from coordinator.core.rules import UNDO
from coordinator.core.timeline import Anchor
from coordinator.core.wording import fill, worded
from coordinator.db import db
from coordinator.events.queries import awake_at
from coordinator.lineup.models import OfferKind, Slot, SlotOffer
from coordinator.lineup.queries import FILLED, asking_key, filled_key
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.models import TOLD, UNSENT, Message, MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.people.models import Person
from coordinator.spoken import in_text

from ..queries import night

ASKS = {OfferKind.FORWARD: "slot-offer-forward", OfferKind.STAND_IN: "slot-offer-stand-in"}


class Question(NamedTuple):
    """Whom an act's question would reach, and in which words."""

    person: Person
    body: str


def questions(offer: SlotOffer, now: datetime) -> list[Question]:
    """What everyone of the act would be texted, were they asked now."""
    words = ASKS[OfferKind(offer.kind)]
    return [
        Question(person, fill(default_text(words, person.language), _values(offer, person, now)))
        for person in _reachable(offer)
    ]


def ask(offer: SlotOffer, now: datetime) -> None:
    """Text the question to everyone of the act, in 30 s."""
    for person in _reachable(offer):
        key = asking_key(offer.id, person.id)
        _tell(ASKS[OfferKind(offer.kind)], offer, person, now, key)


def no_longer_ask(offer: SlotOffer, now: datetime, *, is_asked_anew: bool = False) -> None:
    """Withdraw the question where it has not gone out; others hear, unless asked anew, that the spot is filled."""
    for person in _reachable(offer):
        key = asking_key(offer.id, person.id)
        asked = db.session.scalar(select(Message).where(Message.dedupe_key == key))
        if asked is not None and asked.state in UNSENT:
            withdraw(asked, now=now, cause="no longer asked")
        elif asked is not None and asked.state in TOLD and not is_asked_anew:
            _tell(FILLED, offer, person, now, filled_key(offer.id, person.id))


def tell_accepted(offer: SlotOffer, slot: Slot, now: datetime) -> None:
    """Everyone of the act hears the time that now holds, which counts as told."""
    planned_at = night(slot.event_id, now).stage_of(slot.id).planned_starts[slot.key]
    for person in _reachable(offer):
        key = f"accepted:{slot.id}:offer-{offer.id}-{int(now.timestamp())}:{person.id}"
        told = _tell("slot-offer-accepted", offer, person, now, key, kind=MessageKind.ACCEPTED)
        told.slot_id, told.anchor = slot.id, Anchor.SET_START
        told.says_at, told.planned_at = offer.starts_at, planned_at


def _reachable(offer: SlotOffer) -> Iterator[Person]:
    return (person for person in offer.act.people if person.can_be_reached)


def _tell(
    words: str, offer: SlotOffer, person: Person, now: datetime, key: str, kind: str = MessageKind.NOTE
) -> Message:
    """Queue it; a question leaves in 30 s, so that it can be withdrawn, an answer at once."""
    event, text = offer.slot.event, default_text(words, person.language)
    values, org = _values(offer, person, now), event.organisation.name
    said = worded(text, values, person.language, org=org)
    return queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        slot_id=offer.slot_id,
        person=person,
        kind=kind,
        rule=words,
        body=said.body,
        first_body=said.first_body,
        mail=mail_of(text, values, org=org, title=event.called(person.language)),
        now=now,
        due_at=now + UNDO if words in ASKS.values() else now,
        useful_until=offer.starts_at,
        any_hour=event.is_on(now),
        dedupe_key=key,
    )


def _values(offer: SlotOffer, person: Person, now: datetime) -> dict[str, str]:
    slot = offer.slot
    says, starts_at = in_text(slot.event.zone, person.language), offer.starts_at
    stays = offer.kind == OfferKind.FORWARD and not slot.cancelled_at
    return {
        "first_name": person.first_name,
        "band": "" if len(offer.act.people) == 1 else offer.act.name,
        "time": says.clock(starts_at),
        "times": says.span(starts_at, starts_at + offer.length),
        "was": says.clock(night(slot.event_id, now).told_start(slot)) if stays else "",
        "day": says.day_told(starts_at, awake_at(slot.event, now)),
        "stage": slot.stage.name if len(slot.event.stages) > 1 else "",
        "venue": slot.event.venue_name or "",
        "title": slot.event.called(person.language),
    }
