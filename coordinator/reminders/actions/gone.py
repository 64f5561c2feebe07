"""Telling people about spots whose shift or row no longer exists, so that the planner cannot see them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from coordinator.core.rules import UNDO
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.messaging.actions.calls import withdraw_call
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.models import UNSENT, Call, Message, MessageKind
from coordinator.people.models import Person

from ..queries.places import PlaceNews, ToldShift, reasons_to_call
from .place_words import Contacts, mail_about, words_of
from .places import ELSEWHERE, owe_place_call, owed_call


def tell_places_gone(event: Event, person: Person, places: Sequence[ToldShift], *, now: datetime) -> None:
    """Tell people in 30 s, in one text, that these spots are no longer theirs; or owe them a call.

    Call it before the shifts are deleted, in the same transaction.
    """
    key = f"{_prefix(event, person)}{len(places)}:{now:%Y%m%dT%H%M%S}"
    news = PlaceNews(key, MessageKind.REMOVED, person, tuple(sorted(places, key=lambda place: place.starts_at)), now)
    why = reasons_to_call([person]).get(person.id)
    if why is not None:
        owe_place_call(event, owed_call(news, why), person, shift_id=None, now=now)
        return
    call = Contacts(event).whom_to_call(news)
    said = words_of(news, event, link="", call=call)
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind=news.kind,
        body=said.body,
        first_body=said.first_body,
        mail=mail_about(news, event, call=call),
        now=now,
        due_at=now + UNDO,
        useful_until=news.useful_until,
        dedupe_key=key,
        anchor=Anchor.SHIFT_START,
        says_at=whole_minute(news.places[0].starts_at),
    )


def places_are_back(event: Event, person: Person, number: int, *, now: datetime) -> bool:
    """Their spots were restored within 30 s: nothing is told, calls included. False if it is too late."""
    prefix = f"{_prefix(event, person)}{number}:"
    with transaction() as session:
        texts = select(Message).where(Message.dedupe_key.startswith(prefix), Message.state.in_(UNSENT))
        for text in session.scalars(texts.where(Message.created_at > now - UNDO)).all():
            return withdraw(text, now=now, cause="they have their places back")
        called = select(Call).where(Call.dedupe_key.startswith(prefix), Call.withdrawn_at.is_(None))
        for call in session.scalars(called.where(Call.made_at > now - UNDO, Call.ticked_at.is_(None))).all():
            return withdraw_call(call.dedupe_key, now=now)
    return False


def lately_told_gone(event: Event, now: datetime) -> frozenset[int]:
    """The ids of those for whom ``places_are_back`` may find something."""
    prefix = f"{ELSEWHERE}{event.id}:"
    texts = select(Message.person_id).where(Message.dedupe_key.startswith(prefix), Message.created_at > now - UNDO)
    calls = select(Call.person_id).where(Call.dedupe_key.startswith(prefix), Call.made_at > now - UNDO)
    return frozenset(person_id for person_id in db.session.scalars(texts.union_all(calls)) if person_id is not None)


def _prefix(event: Event, person: Person) -> str:
    return f"{ELSEWHERE}{event.id}:{person.id}:"
