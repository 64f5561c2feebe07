"""Answers of volunteers about their shifts."""

from datetime import timedelta

from coordinator.accounts.models import Actor, Via
from coordinator.core.cover.presence import Sign
from coordinator.db import db
from coordinator.shifts.actions.attendance import mark, new_key
from coordinator.shifts.actions.covering import ask_for_cover, come_after_all
from coordinator.shifts.actions.signing_up import leave_shift, take_back_leave
from coordinator.shifts.models import SignUp, SignUpSource
from coordinator.shifts.refusals.leaving import CannotLeaveShift, ShiftHasBegun
from coordinator.shifts.refusals.taking import CannotTakeShift

from . import choices
from .asking import ask
from .choices import Means
from .inbound import InboundContext
from .sender_context import MyShift

MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)


def cover(inbound: InboundContext) -> bool:
    """COVER: they can't come. A replacement is searched at once; until one is found the shift stays theirs."""
    if not inbound.sender_context.shifts:
        return False
    if len(inbound.sender_context.shifts) > 1:
        return _ask_which(inbound)
    return _ask_for_cover(inbound, inbound.sender_context.shifts[0])


def late_chosen(inbound: InboundContext, means: Means) -> bool:
    mine = _mine(inbound, means)
    return be_late(inbound, mine, means["minutes"]) if mine else False


def chosen(inbound: InboundContext, means: Means) -> bool:
    mine = _mine(inbound, means)
    return _ask_for_cover(inbound, mine) if mine else False


def leave_chosen(inbound: InboundContext, means: Means) -> bool:
    """X: they cannot come. As on their own page the spot is free at once, and after the deadline it is covered."""
    mine = _mine(inbound, means)
    if mine is None:
        return False
    sign_up = mine.sign_up
    inbound.message.event_id, inbound.message.shift_id = sign_up.event_id, sign_up.shift_id
    try:
        leave_shift(sign_up, now=inbound.now, source=SignUpSource.TEXT)
    except CannotLeaveShift:
        return _ask_for_cover(inbound, mine)
    choices.remember(inbound.sender_context.phone, {"undo": "left", "sign_up": sign_up.id}, inbound.now)
    _say(inbound, "left", mine)
    return True


def comes_back(inbound: InboundContext) -> bool:
    """C just after an X by which they gave up a spot: it is theirs again, where it still can be."""
    done = choices.last_done(inbound.sender_context.phone, inbound.now)
    if done is None or done.means["undo"] != "left":
        return False
    done.taken_at = inbound.now
    if what := undo_left(inbound, done.means):
        inbound.echo.say("undone", what=what)
    return True


def undo_left(inbound: InboundContext, means: Means) -> str:
    """What is theirs again; empty when it cannot be, and they are told why."""
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    try:
        take_back_leave(sign_up, now=inbound.now, source=SignUpSource.TEXT)
    except (CannotLeaveShift, CannotTakeShift) as refusal:
        inbound.echo.say("refused", event=sign_up.shift.event, what=inbound.echo.refusal(refusal))
        return ""
    return _is_on(inbound, sign_up)


def undo_cover(inbound: InboundContext, means: Means) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    try:
        come_after_all(sign_up, now=inbound.now)
    except CannotLeaveShift:
        return inbound.echo.part("echo-nothing-coming", first_name=inbound.first_name)
    return _is_on(inbound, sign_up)


def _is_on(inbound: InboundContext, sign_up: SignUp) -> str:
    return inbound.echo.part("part-answer-on", what=inbound.echo.shift(sign_up.shift))


def undo_late(inbound: InboundContext, means: Means) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    _mark_late(inbound, sign_up, means["before"])
    return inbound.echo.shift(sign_up.shift)


def _mark_late(inbound: InboundContext, sign_up: SignUp, minutes: int) -> None:
    actor, late_by = Actor.person(sign_up.person, Via.TEXT), minutes * MINUTE
    mark(sign_up, Sign.LATE, key=new_key(), at=inbound.now, actor=actor, now=inbound.now, late_by=late_by)


def _mine(inbound: InboundContext, means: Means) -> MyShift | None:
    return next((mine for mine in inbound.sender_context.shifts if mine.sign_up.id == means["sign_up"]), None)


def be_late(inbound: InboundContext, mine: MyShift, minutes: int) -> bool:
    """Record how late they will be; coordinators see it beside the shift."""
    sign_up = mine.sign_up
    inbound.message.needs_answer = True
    inbound.message.event_id = sign_up.event_id
    means = {"undo": "shift_late", "sign_up": sign_up.id, "before": (sign_up.late_by or NOTHING) // MINUTE}
    _mark_late(inbound, sign_up, minutes)
    choices.remember(inbound.sender_context.phone, means, inbound.now)
    _say(inbound, "late-shift" if minutes else "on-time-shift", mine, minutes=str(minutes))
    return True


def _ask_which(inbound: InboundContext) -> bool:
    mine = inbound.sender_context.shifts
    is_one = len({each.person.id for each in mine}) == 1
    names = [
        each.sign_up.shift.role.called(inbound.echo.language) if is_one else each.person.first_name for each in mine
    ]
    meanings = [{"do": "cover", "sign_up": each.sign_up.id} for each in mine]
    words = [_words(inbound, each) for each in mine]
    return ask(inbound, "which", list(zip(meanings, words, names, strict=True)))


def _words(inbound: InboundContext, mine: MyShift) -> str:
    """The shift, and on a shared phone whose it is."""
    shift = inbound.echo.shift(mine.sign_up.shift, mine.starts_at)
    is_plain = len({each.person.id for each in inbound.sender_context.shifts}) == 1
    return shift if is_plain else f"{mine.person.first_name}, {shift}"


def _ask_for_cover(inbound: InboundContext, mine: MyShift) -> bool:
    sign_up = mine.sign_up
    inbound.message.event_id, inbound.message.shift_id = sign_up.event_id, sign_up.shift_id
    try:
        ask_for_cover(sign_up, now=inbound.now)
    except ShiftHasBegun:  # no automatic search: a coordinator must help
        inbound.message.needs_answer = True
        _say(inbound, "cover-begun", mine)
    except CannotLeaveShift:
        inbound.message.needs_answer = True
        inbound.echo.say("read")
    else:
        choices.remember(inbound.sender_context.phone, {"undo": "cover", "sign_up": sign_up.id}, inbound.now)
        _say(inbound, "cover", mine)
    return True


def _say(inbound: InboundContext, words: str, mine: MyShift, **values: str) -> None:
    """Queue a text about the shift to the person whose shift it is."""
    event = mine.sign_up.shift.event
    known = {
        "first_name": mine.person.first_name,
        "role": mine.sign_up.shift.role.called(inbound.echo.language),
        "time": inbound.echo.clock(mine.starts_at, event),
        "day": inbound.echo.day(mine.starts_at, event),
    }
    inbound.echo.say(words, event=event, **(known | values))
