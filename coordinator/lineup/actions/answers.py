"""What performers say about their slot. None of it moves the show; that is the stage manager's decision."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.cover import check_in_opens
from coordinator.core.json_values import JsonObject
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.people.models import Person

from ..models import OWN_WORDS, ActAnswer, Slot, SlotAnswer
from ..refusals import CheckInNotOpen


def answer_slot(
    slot: Slot,
    answer: str,
    *,
    actor: Actor,
    now: datetime,
    asks_for: str | None = None,
    people: Sequence[Person] = (),
) -> JsonObject:
    """Store an answer: invited, confirmed or declined. Returns what ``take_back_answer`` needs to undo it.

    ``people``: the members of the act who say so; the act's answer follows from all its members, and is disputed while
    they disagree. Without ``people``, a coordinator decides for the whole act, and answers that disagree are dropped.
    ``asks_for`` is what they wrote about another time, which leaves the act without an answer.
    """
    with transaction() as session:
        _hold(session, slot)
        before = _snapshot(slot, people)
        if people:
            for person in people:
                _say(slot, person, answer if answer in OWN_WORDS else None, actor.via, now)
            _follow(slot, ActAnswer.INVITED if answer not in OWN_WORDS else answer, now)
        else:
            slot.answers[:] = [each for each in slot.answers if each.answer == answer]
            _set_answer(slot, answer, None)
        if asks_for:
            _set_answer(slot, ActAnswer.INVITED, None)
        slot.answered_via, slot.answered_at, slot.asks_for = actor.via, now, asks_for
        slot.news_at = now
        _record(slot, before, actor, now)
    return before


def take_back_answer(slot: Slot, before: JsonObject, *, people: Sequence[Person], actor: Actor, now: datetime) -> None:
    """Undo what ``answer_slot`` did for these people. What other members have said since then stays."""
    with transaction() as session:
        _hold(session, slot)
        was = _snapshot(slot, people)
        for person in people:
            _say(slot, person, before["said"].get(str(person.id)), actor.via, now)
        _follow(slot, before["answer"], now)
        slot.answered_via, slot.answered_at, slot.news_at = actor.via, now, now
        _record(slot, was, actor, now)


def settle_answers(slot: Slot, now: datetime) -> None:
    """Work out the act's answer again after someone joined or left. Inside a transaction."""
    if slot.disputed_at is not None:
        _follow(slot, ActAnswer.INVITED, now)


def say_late(slot: Slot, late_by: timedelta | None, *, now: datetime, starts_at: datetime, person: Person) -> None:
    """Store a performer's own statement about being late (None or zero withdraws it).

    ``starts_at`` is when they would then start: whole minutes after the time that they knew.
    """
    with transaction() as session:
        _hold(session, slot)
        slot.said_late_by = late_by or None
        slot.said_late_at = now if late_by else None
        slot.said_start_at = starts_at if late_by else None
        slot.said_late_person_id = person.id if late_by else None
        slot.news_at = now
        record(slot.event, Actor.person(person), "slot.said_late", slot.key, now=now, after=late_word(slot))


def late_word(slot: Slot) -> JsonObject:
    """A performer's current statement about being late, as ``put_back_late_word`` takes it."""
    minutes = slot.said_late_by // timedelta(minutes=1) if slot.said_late_by else None
    at, starts_at = (each and each.isoformat() for each in (slot.said_late_at, slot.said_start_at))
    return {"minutes": minutes, "at": at, "starts_at": starts_at, "person": slot.said_late_person_id}


def put_back_late_word(slot: Slot, word: JsonObject, *, actor: Actor, now: datetime) -> None:
    """Restore the statement that ``late_word`` returned."""
    with transaction() as session:
        _hold(session, slot)
        slot.said_late_by = timedelta(minutes=word["minutes"]) if word["minutes"] else None
        at, starts_at = (each and datetime.fromisoformat(each) for each in (word["at"], word["starts_at"]))
        slot.said_late_at, slot.said_start_at, slot.said_late_person_id = at, starts_at, word["person"]
        slot.news_at = now
        record(slot.event, actor, "slot.said_late", slot.key, now=now, after=word)


def say_here(
    slot: Slot, *, call_at: datetime, actor: Actor, now: datetime, at: datetime | None = None, undo: bool = False
) -> None:
    """Store since when the act has been in the building (``undo``: not here after all).

    ``call_at``: when they must be there. ``at``: when they were seen, if that was not ``now``. Raises CheckInNotOpen
    if that is more than an hour before they must be there.
    """
    opens_at, here_at = check_in_opens(call_at), at or now
    if here_at < opens_at and not undo:
        raise CheckInNotOpen(opens_at, slot.event.zone)
    with transaction() as session:
        _hold(session, slot)
        slot.said_here_at = None if undo else here_at
        slot.side_stage_at = None if undo else slot.side_stage_at
        record(slot.event, actor, "slot.said_not_here" if undo else "slot.said_here", slot.key, now=now)


def mark_side_stage(slot: Slot, *, actor: Actor, now: datetime, undo: bool = False) -> None:
    """The act waits beside the stage since ``now``, and so is here (``undo``: it is here, but not beside the stage)."""
    with transaction() as session:
        _hold(session, slot)
        slot.side_stage_at = None if undo else now
        slot.said_here_at = slot.said_here_at or now
        record(slot.event, actor, "slot.not_side_stage" if undo else "slot.side_stage", slot.key, now=now)


def _snapshot(slot: Slot, people: Sequence[Person]) -> JsonObject:
    said = slot.said
    own = {str(person.id): said.get(person.id) for person in people}
    return {"answer": slot.answer, "disputed": slot.disputed_at is not None, "said": own}


def _say(slot: Slot, person: Person, word: str | None, via: str, now: datetime) -> None:
    """Replace the person's own last answer; None: they have none."""
    known = next((each for each in slot.answers if each.person_id == person.id), None)
    if word is None and known is not None:
        slot.answers.remove(known)
    elif word is not None and known is None:
        slot.answers.append(
            SlotAnswer(event_id=slot.event_id, person=person, person_id=person.id, answer=word, at=now, via=via)
        )
    elif word is not None and known is not None:
        known.answer, known.at, known.via = word, now, via


def _follow(slot: Slot, without: str, now: datetime) -> None:
    """The act's answer, from those of its members; ``without``: what it is when nobody has answered."""
    words = set(slot.said.values())
    if len(words) > 1:
        _set_answer(slot, ActAnswer.INVITED, slot.disputed_at or now)
    else:
        _set_answer(slot, next(iter(words), without), None)


def _set_answer(slot: Slot, answer: str, disputed_at: datetime | None) -> None:
    slot.answer, slot.disputed_at = answer, disputed_at


def _record(slot: Slot, before: JsonObject, actor: Actor, now: datetime) -> None:
    after = {"answer": slot.answer, "via": actor.via} | ({"disputed": True} if slot.disputed_at else {})
    was = {"answer": before["answer"]} | ({"disputed": True} if before["disputed"] else {})
    record(slot.event, actor, "slot.answered", slot.key, now=now, before=was, after=after)


def _hold(session: Session, slot: Slot) -> None:
    """Lock the slot and read it again, so that nobody else changes it until this is written.

    Its event first, whose revision this raises, as whatever else changes slots does: the other way around, two wait for
    each other.
    """
    lock_event(session, slot.event_id)
    session.execute(select(Slot.id).where(Slot.id == slot.id).with_for_update())
    session.refresh(slot)
    session.refresh(slot, ["answers"])
