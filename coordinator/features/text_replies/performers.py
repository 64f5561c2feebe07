"""Answers of performers about their slots."""

from datetime import datetime, timedelta

from coordinator.accounts.models import Actor, Via
from coordinator.db import db
from coordinator.lineup.actions.answers import answer_slot, late_word, put_back_late_word, say_late, take_back_answer
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.people.models import Person
from coordinator.reminders.queries.lateness import begins_at, holds_at
from coordinator.shownight.queries import night

from . import choices
from .choices import Means
from .inbound import InboundContext
from .sender_context import Mine


def chosen(inbound: InboundContext, means: Means) -> bool:
    slot = db.session.get(Slot, means["slot"])
    person = next((person for person in inbound.sender_context.people if person.id == means["person"]), None)
    if slot is None or person is None:
        return False
    return _answer(inbound, ActAnswer.CONFIRMED if means["do"] == "confirm" else ActAnswer.DECLINED, Mine(person, slot))


def late_chosen(inbound: InboundContext, means: Means) -> bool:
    slot = db.session.get(Slot, means["slot"])
    person = next((person for person in inbound.sender_context.people if person.id == means["person"]), None)
    if slot is None or person is None:
        return False
    return be_late(inbound, Mine(person, slot), means["minutes"])


def said_already(inbound: InboundContext) -> bool:
    """C without an open question: tell them that they already confirmed."""
    if inbound.sender_context.slots:
        _say_again(inbound, inbound.sender_context.slots[0])
    else:
        inbound.echo.say("nothing-open", first_name=inbound.first_name)
    return True


def undo_answer(inbound: InboundContext, means: Means) -> str:
    slot = db.session.get_one(Slot, means["slot"])
    people = _speaking(inbound, slot)
    take_back_answer(slot, means["before"], people=people, actor=inbound.speaker, now=inbound.now)
    said = {slot.said.get(person.id) for person in people} - {None}
    now_is = slot.answer if not said else said.pop()
    words = {"confirmed": "part-answer-confirmed", "declined": "part-answer-declined"}
    return inbound.echo.part(words.get(now_is or "", "part-answer-open"))


def undo_late(inbound: InboundContext, means: Means) -> str:
    slot = db.session.get_one(Slot, means["slot"])
    put_back_late_word(slot, means["before"], actor=inbound.speaker, now=inbound.now)
    return inbound.echo.slot(slot)


def _answer(inbound: InboundContext, answer: str, mine: Mine) -> bool:
    slot, now = mine.slot, inbound.now
    people = _speaking(inbound, slot)
    before = answer_slot(slot, answer, actor=Actor.person(mine.person, Via.TEXT), now=now, people=people)
    choices.remember(inbound.sender_context.phone, {"undo": "answer", "slot": slot.id, "before": before}, now)
    if slot.disputed_at is None:
        _say(inbound, answer, slot)
    else:
        _say_disputed(inbound, slot, answer)
    return True


def be_late(inbound: InboundContext, mine: Mine, minutes: int) -> bool:
    """Record when they expect to begin. The stage manager decides; the text gives both sides the time of day."""
    slot, now = mine.slot, inbound.now
    before, at = late_word(slot), begins_at(slot, mine.person, minutes, now)
    say_late(slot, timedelta(minutes=minutes), now=now, starts_at=at, person=mine.person)
    choices.remember(inbound.sender_context.phone, {"undo": "late", "slot": slot.id, "before": before}, now)
    _say(inbound, "late" if minutes else "on-time", slot, at=at if minutes else None, minutes=str(minutes))
    return True


def _speaking(inbound: InboundContext, slot: Slot) -> list[Person]:
    """The people in the act who share this phone: the answer counts for each of them."""
    ours = {person.id for person in slot.people}
    return [person for person in inbound.sender_context.people if person.id in ours]


def _say_disputed(inbound: InboundContext, slot: Slot, answer: str) -> None:
    """Tell the sender who gave the other answer; nothing is settled."""
    yes, no = slot.saying
    others = " & ".join(person.first_name for person in (no if answer == "confirmed" else yes))
    _say(inbound, "disputed-yes" if answer == "confirmed" else "disputed-no", slot, name=others)


def _say_again(inbound: InboundContext, mine: Mine) -> None:
    """Reply to a yes that was given before."""
    if mine.slot.disputed_at is not None:
        _say_disputed(inbound, mine.slot, "confirmed")
    else:
        _say(inbound, "confirmed-already", mine.slot)


def _say(inbound: InboundContext, words: str, slot: Slot, at: datetime | None = None, **values: str) -> None:
    at = at or _projected(slot, inbound.now)
    inbound.echo.say(
        words,
        event=slot.event,
        first_name=inbound.first_name,
        act=slot.name,
        time=inbound.echo.clock(at, slot.event),
        day=inbound.echo.day(at, slot.event),
        **values,
    )


def _projected(slot: Slot, now: datetime) -> datetime:
    return holds_at(slot, night(slot.event_id, now))
