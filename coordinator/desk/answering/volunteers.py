"""Volunteers' answers: HERE, COVER, LATE."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...db import db
from ...shifts.actions import ask_for_cover, check_in, come_after_all, mark, new_key
from ...shifts.models import SignUp
from ...shifts.queries import shift_times
from ...shifts.refusals import CannotLeaveShift
from ...shownight.actions import By
from ...shownight.queries import night
from . import choices
from .standing import MyShift

if TYPE_CHECKING:
    from .routing import Heard

MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
EARLY = timedelta(hours=2)  # how long before a shift HERE is about it


def here(heard: Heard) -> bool:
    """HERE: checked in for the shift that is on or comes within two hours."""
    coming = [mine for mine in heard.standing.shifts if _starts_at(mine.sign_up, heard.now) - heard.now < EARLY]
    if not coming:
        return False
    sign_up = coming[0].sign_up
    check_in(sign_up, now=heard.now, how="text")
    choices.remember(heard.standing.phone, {"undo": "check_in", "sign_up": sign_up.id}, heard.now)
    _say(heard, "here", sign_up, what=sign_up.shift.role.name)
    return True


def cover(heard: Heard) -> bool:
    """COVER, or X: cannot come. Somebody is looked for at once; until one is found the shift stays theirs."""
    if not heard.standing.shifts:
        return False
    if len(heard.standing.shifts) > 1:
        return _ask_which(heard)
    return _ask_for_cover(heard, heard.standing.shifts[0].sign_up)


def late(heard: Heard) -> bool:
    """LATE 10 of a volunteer: it stands on the shift sheet, and a coordinator reads it beside their shift."""
    if not heard.standing.shifts:
        return False
    if heard.reply.minutes is None:
        heard.echo.say("late-how-long")
        return True
    mine = heard.standing.shifts
    sign_up = next((each for each in mine if each.sign_up.state == "confirmed"), mine[0]).sign_up
    heard.message.needs_answer = True
    heard.message.event_id = sign_up.event_id
    means = {"undo": "shift_late", "sign_up": sign_up.id, "before": (sign_up.late_by or NOTHING) // MINUTE}
    _mark_late(heard, sign_up, heard.reply.minutes)
    choices.remember(heard.standing.phone, means, heard.now)
    _say(heard, "late-shift" if heard.reply.minutes else "on-time-shift", sign_up)
    return True


def times(heard: Heard) -> list[tuple[datetime, str]]:
    """Each shift to come with its projected time, as WHEN tells it."""
    told = [(_starts_at(mine.sign_up, heard.now), mine.sign_up.shift) for mine in heard.standing.shifts]
    return [(at, heard.echo.shift(shift, at)) for at, shift in told]


def chosen(heard: Heard, means: dict[str, Any]) -> bool:
    mine = next((mine for mine in heard.standing.shifts if mine.sign_up.id == means["sign_up"]), None)
    return _ask_for_cover(heard, mine.sign_up) if mine else False


def undo_check_in(heard: Heard, means: dict[str, Any]) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    check_in(sign_up, now=heard.now, how="text", undo=True)
    return heard.echo.shift(sign_up.shift)


def undo_cover(heard: Heard, means: dict[str, Any]) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    try:
        come_after_all(sign_up, now=heard.now)
    except CannotLeaveShift:
        return heard.echo.part("echo-nothing-coming", first_name=heard.first_name)
    return heard.echo.shift(sign_up.shift)


def undo_late(heard: Heard, means: dict[str, Any]) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    _mark_late(heard, sign_up, means["before"])
    return heard.echo.shift(sign_up.shift)


def _mark_late(heard: Heard, sign_up: SignUp, minutes: int) -> None:
    by, late_by = By(sign_up.person.name), minutes * MINUTE
    mark(sign_up, "late", key=new_key(), at=heard.now, how="text", by=by, now=heard.now, late_by=late_by)


def _ask_which(heard: Heard) -> bool:
    mine: list[MyShift] = list(heard.standing.shifts)
    meanings = [{"do": "cover", "sign_up": each.sign_up.id} for each in mine]
    numbers = choices.offer(heard.standing.phone, meanings, heard.now)
    named = [f"{number}: {heard.echo.shift(each.sign_up.shift)}" for number, each in zip(numbers, mine, strict=True)]
    heard.echo.say("which", first_name=heard.first_name, choices="; ".join(named))
    return True


def _ask_for_cover(heard: Heard, sign_up: SignUp) -> bool:
    heard.message.event_id, heard.message.shift_id = sign_up.event_id, sign_up.shift_id
    try:
        ask_for_cover(sign_up, now=heard.now)
        choices.remember(heard.standing.phone, {"undo": "cover", "sign_up": sign_up.id}, heard.now)
    except CannotLeaveShift:  # it has begun: only a person can help now
        heard.message.needs_answer = True
    _say(heard, "cover", sign_up)
    return True


def _say(heard: Heard, words: str, sign_up: SignUp, **values: str) -> None:
    event, at = sign_up.shift.event, _starts_at(sign_up, heard.now)
    heard.echo.say(
        words,
        event=event,
        first_name=heard.first_name,
        role=sign_up.shift.role.name,
        time=heard.echo.clock(at, event),
        day=heard.echo.day(at, event),
        minutes=str(getattr(heard.reply, "minutes", "")),
        **values,
    )


def _starts_at(sign_up: SignUp, now: datetime) -> datetime:
    return shift_times(sign_up.shift, night(sign_up.event_id, now)).starts_at or sign_up.shift.starts_at
