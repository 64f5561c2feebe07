"""Volunteers' answers: COVER, LATE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...db import db
from ...shifts.actions import ask_for_cover, come_after_all, mark, new_key
from ...shifts.models import SignUp
from ...shifts.refusals import CannotLeaveShift, ShiftHasBegun
from ...shownight.actions import By
from ..queries.arriving import called_apart
from . import choices
from .standing import MyShift

if TYPE_CHECKING:
    from .routing import Heard

MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)


def cover(heard: Heard) -> bool:
    """COVER, or X: cannot come. Somebody is looked for at once; until one is found the shift stays theirs."""
    if not heard.standing.shifts:
        return False
    if len(heard.standing.shifts) > 1:
        return _ask_which(heard)
    return _ask_for_cover(heard, heard.standing.shifts[0])


def late(heard: Heard) -> bool:
    """LATE 10 of a volunteer: it stands on the shift sheet, and a coordinator reads it beside their shift."""
    if not heard.standing.shifts:
        return False
    if heard.reply.minutes is None:
        heard.echo.say("late-how-long")
        return True
    awaited = [each for each in heard.standing.shifts if not each.is_here] or heard.standing.shifts[:1]
    means = {"do": "late_shift", "minutes": heard.reply.minutes}
    return _of_one_person(heard, awaited, means) or _be_late(heard, awaited[0], heard.reply.minutes)


def late_chosen(heard: Heard, means: dict[str, Any]) -> bool:
    mine = _mine(heard, means)
    return _be_late(heard, mine, means["minutes"]) if mine else False


def times(heard: Heard) -> list[tuple[datetime, str]]:
    """Each shift to come with its projected time, as WHEN tells it."""
    mine = heard.standing.shifts
    return [(each.starts_at, heard.echo.shift(each.sign_up.shift, each.starts_at)) for each in mine]


def chosen(heard: Heard, means: dict[str, Any]) -> bool:
    mine = _mine(heard, means)
    return _ask_for_cover(heard, mine) if mine else False


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


def _mine(heard: Heard, means: dict[str, Any]) -> MyShift | None:
    return next((mine for mine in heard.standing.shifts if mine.sign_up.id == means["sign_up"]), None)


def _of_one_person(heard: Heard, mine: Sequence[MyShift], means: dict[str, Any]) -> bool:
    """Whether it had to be asked who is meant: the first shift of each who shares the phone."""
    first = {each.person.id: each for each in reversed(mine)}
    if len(first) == 1:
        return False
    named = called_apart(sorted((each.person for each in first.values()), key=lambda person: (person.name, person.id)))
    meanings = [means | {"sign_up": first[person.id].sign_up.id} for person, _ in named]
    numbers = choices.offer(heard.standing.phone, meanings, heard.now)
    told = "; ".join(f"{number}: {name}" for number, (_, name) in zip(numbers, named, strict=True))
    heard.echo.say("who", choices=told)
    return True


def _be_late(heard: Heard, mine: MyShift, minutes: int) -> bool:
    sign_up = mine.sign_up
    heard.message.needs_answer = True
    heard.message.event_id = sign_up.event_id
    means = {"undo": "shift_late", "sign_up": sign_up.id, "before": (sign_up.late_by or NOTHING) // MINUTE}
    _mark_late(heard, sign_up, minutes)
    choices.remember(heard.standing.phone, means, heard.now)
    _say(heard, "late-shift" if minutes else "on-time-shift", mine, minutes=str(minutes))
    return True


def _ask_which(heard: Heard) -> bool:
    mine = heard.standing.shifts
    meanings = [{"do": "cover", "sign_up": each.sign_up.id} for each in mine]
    numbers = choices.offer(heard.standing.phone, meanings, heard.now)
    named = [f"{number}: {_words(heard, each)}" for number, each in zip(numbers, mine, strict=True)]
    heard.echo.say("which", first_name=heard.first_name, choices="; ".join(named))
    return True


def _words(heard: Heard, mine: MyShift) -> str:
    """The shift, and whose it is where that is not plain."""
    shift = heard.echo.shift(mine.sign_up.shift, mine.starts_at)
    is_plain = len({each.person.id for each in heard.standing.shifts}) == 1
    return shift if is_plain else f"{mine.person.first_name}, {shift}"


def _ask_for_cover(heard: Heard, mine: MyShift) -> bool:
    sign_up = mine.sign_up
    heard.message.event_id, heard.message.shift_id = sign_up.event_id, sign_up.shift_id
    try:
        ask_for_cover(sign_up, now=heard.now)
    except ShiftHasBegun:  # nobody is looked for by itself: only a person can help now
        heard.message.needs_answer = True
        _say(heard, "cover-begun", mine)
    except CannotLeaveShift:
        heard.message.needs_answer = True
        heard.echo.say("read")
    else:
        choices.remember(heard.standing.phone, {"undo": "cover", "sign_up": sign_up.id}, heard.now)
        _say(heard, "cover", mine)
    return True


def _say(heard: Heard, words: str, mine: MyShift, **values: str) -> None:
    """Queue an echo about the shift, to the one whose it is."""
    event = mine.sign_up.shift.event
    known = {
        "first_name": mine.person.first_name,
        "role": mine.sign_up.shift.role.name,
        "time": heard.echo.clock(mine.starts_at, event),
        "day": heard.echo.day(mine.starts_at, event),
    }
    heard.echo.say(words, event=event, **(known | values))
