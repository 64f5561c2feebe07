"""Performers' answers: C, X, LATE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...db import db
from ...lineup.actions import answer_slot, say_late
from ...lineup.models import Slot
from ...shownight.queries import night
from . import choices
from .standing import Mine

if TYPE_CHECKING:
    from .routing import Heard


def confirm(heard: Heard) -> bool:
    """C: to the one open question; to the one that was declined, when none is open."""
    if not heard.standing.people:
        return False
    declined = [mine for mine in heard.standing.slots if mine.slot.answer == "declined"]
    asked = heard.standing.unconfirmed or declined
    if asked:
        return _one_of(heard, "confirm", asked)
    if heard.standing.slots:
        slot = heard.standing.slots[0].slot
        _say(heard, "confirmed-already", slot)
    else:
        heard.echo.say("nothing-open", first_name=heard.first_name)
    return True


def cannot(heard: Heard) -> bool:
    """X: to the one open question; a promise already given can be taken back the same way."""
    playing = [mine for mine in heard.standing.slots if mine.slot.answer != "declined"]
    asked = heard.standing.unconfirmed or playing
    return _one_of(heard, "cannot", asked) if asked else False


def late(heard: Heard) -> bool:
    """LATE 10: about the next slot, for the stage manager to decide."""
    coming = [mine for mine in heard.standing.slots if not mine.slot.started_at and mine.slot.answer != "declined"]
    if not coming:
        return False
    if heard.reply.minutes is None:
        heard.echo.say("late-how-long")
        return True
    first = {mine.person.id: mine for mine in reversed(coming)}
    return _one_of(heard, "late", list(first.values()), minutes=heard.reply.minutes)


def times(heard: Heard) -> list[tuple[datetime, str]]:
    """Each slot to come with its projected time, as WHEN tells it."""
    coming = {mine.slot.id: mine.slot for mine in heard.standing.slots if mine.slot.answer != "declined"}
    told = [(_projected(slot, heard.now), slot) for slot in coming.values()]
    return [(at, heard.echo.slot(slot, at)) for at, slot in told]


def chosen(heard: Heard, means: dict[str, Any]) -> bool:
    slot = db.session.get(Slot, means["slot"])
    person = next((person for person in heard.standing.people if person.id == means["person"]), None)
    if slot is None or person is None:
        return False
    return _do(heard, means["do"], Mine(person, slot), means.get("minutes"))


def undo_answer(heard: Heard, means: dict[str, Any]) -> str:
    slot = db.session.get_one(Slot, means["slot"])
    answer_slot(slot, means["before"], how="text", by=_name(heard), now=heard.now)
    words = {"confirmed": "part-answer-confirmed", "declined": "part-answer-declined"}
    return heard.echo.part(words.get(means["before"], "part-answer-open"))


def undo_late(heard: Heard, means: dict[str, Any]) -> str:
    slot = db.session.get_one(Slot, means["slot"])
    say_late(slot, timedelta(minutes=means["before"]) if means["before"] else None, now=heard.now)
    return heard.echo.slot(slot)


def _one_of(heard: Heard, do: str, asked: Sequence[Mine], minutes: int | None = None) -> bool:
    """Do it for the only one it can be about; ask which when there are more."""
    by_slot = {mine.slot.id: mine for mine in reversed(asked)}
    if len(by_slot) == 1:
        return _do(heard, do, next(iter(by_slot.values())), minutes)
    ordered = sorted(by_slot.values(), key=lambda mine: mine.slot.starts_at)
    meanings = [{"do": do, "slot": mine.slot.id, "person": mine.person.id, "minutes": minutes} for mine in ordered]
    numbers = choices.offer(heard.standing.phone, meanings, heard.now)
    named = [f"{number}: {heard.echo.slot(mine.slot)}" for number, mine in zip(numbers, ordered, strict=True)]
    heard.echo.say("which", first_name=heard.first_name, choices="; ".join(named))
    return True


def _do(heard: Heard, do: str, mine: Mine, minutes: int | None) -> bool:
    slot, phone, now = mine.slot, heard.standing.phone, heard.now
    if do == "late":
        before = say_late(slot, timedelta(minutes=minutes or 0), now=now)
        was = before // timedelta(minutes=1) if before else None
        choices.remember(phone, {"undo": "late", "slot": slot.id, "before": was}, now)
        _say(heard, "late" if minutes else "on-time", slot, minutes=str(minutes))
        return True
    answer = "confirmed" if do == "confirm" else "declined"
    previous = answer_slot(slot, answer, how="text", by=mine.person.name, now=now)
    choices.remember(phone, {"undo": "answer", "slot": slot.id, "before": previous}, now)
    _say(heard, answer, slot)
    return True


def _say(heard: Heard, words: str, slot: Slot, **values: str) -> None:
    at = _projected(slot, heard.now)
    heard.echo.say(
        words,
        event=slot.event,
        first_name=heard.first_name,
        act=slot.name,
        time=heard.echo.clock(at, slot.event),
        day=heard.echo.day(at, slot.event),
        **values,
    )


def _projected(slot: Slot, now: datetime) -> datetime:
    return night(slot.event_id, now).seen(slot.id).starts_at or slot.starts_at


def _name(heard: Heard) -> str:
    person = heard.standing.first_person
    return person.name if person else heard.standing.phone[-4:]
