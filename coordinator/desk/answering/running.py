"""A stage manager's own phone runs the night: GO, DONE, LATE 10, STATUS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...core import replies
from ...core.timeline import SlotState
from ...db import db
from ...events.models import Event
from ...shownight.actions import By, delay_next, done, go, undo_press
from ...shownight.models import Press
from ...shownight.queries import StageNight, night
from ...shownight.refusals import CannotPress
from . import choices

if TYPE_CHECKING:
    from .routing import Heard


def late(heard: Heard) -> bool:
    """LATE 10 of a stage manager: about the next slot to come, and decided."""
    if not heard.standing.runs:
        return False
    if heard.reply.minutes is None:
        heard.echo.say("late-how-long")
        return True
    return _on_a_stage(heard, "late", heard.reply.minutes)


def run(heard: Heard) -> bool:
    """GO, DONE, STATUS."""
    if not heard.standing.runs:
        if not heard.standing.people:
            return False
        heard.echo.say("no-show")
        return True
    if isinstance(heard.reply, replies.Status):
        for event in heard.standing.runs:
            for stage in night(event.id, heard.now).stages:
                heard.echo.say("status", event=event, **_standing_of(heard, event, stage))
        return True
    return _on_a_stage(heard, "go" if isinstance(heard.reply, replies.Go) else "done", None)


def chosen(heard: Heard, means: dict[str, Any]) -> bool:
    for event in heard.standing.runs:
        for stage in night(event.id, heard.now).stages:
            if stage.stage.id == means["stage"]:
                return _press(heard, event, stage, means["verb"], means["minutes"])
    return False


def undo_press_by_text(heard: Heard, means: dict[str, Any]) -> str:
    try:
        press = undo_press(means["press"], by=_by(heard), now=heard.now, within=choices.UNDO_FOR)
    except CannotPress as refusal:
        return str(refusal)
    stage = night(press.event_id, heard.now).stage_of(press.slot_id)
    return " ".join(part for part in _standing_of(heard, press.slot.event, stage).values() if part)


def _on_a_stage(heard: Heard, verb: str, minutes: int | None) -> bool:
    """Press on the only stage it can be about; ask which when there are more."""
    places = [(event, stage) for event in heard.standing.runs for stage in night(event.id, heard.now).stages]
    able = [(event, stage) for event, stage in places if (stage.on if verb == "done" else stage.next)] or places[:1]
    if len(able) == 1:
        return _press(heard, *able[0], verb, minutes)
    meanings = [{"do": "run", "stage": stage.stage.id, "verb": verb, "minutes": minutes} for _, stage in able]
    numbers = choices.offer(heard.standing.phone, meanings, heard.now)
    named = [f"{number}: {stage.stage.name}" for number, (_, stage) in zip(numbers, able, strict=True)]
    heard.echo.say("which", first_name=heard.first_name, choices="; ".join(named))
    return True


def _press(heard: Heard, event: Event, stage: StageNight, verb: str, minutes: int | None) -> bool:
    by, now, stage_id = _by(heard), heard.now, stage.stage.id
    was = stage.projection.next.starts_at if stage.projection.next else None
    try:
        if verb == "late":
            made = delay_next(stage_id, minutes, by=by, now=now)
        else:
            made = go(stage_id, by=by, now=now) if verb == "go" else done(stage_id, by=by, now=now)
    except CannotPress as refusal:
        heard.echo.say("refused", what=str(refusal))
        return True
    db.session.flush()  # gives the press its id
    choices.remember(heard.standing.phone, {"undo": "press", "press": made.id}, now)
    after = night(event.id, now).on_stage(stage_id)
    _say_pressed(heard, event, after, verb, made, heard.echo.clock(was, event) if was else "")
    return True


def _say_pressed(heard: Heard, event: Event, stage: StageNight, verb: str, made: Press, was: str) -> None:
    words = {"go": "started", "done": "finished", "late": "delayed"}[verb]
    at = stage.seen(made.slot).starts_at if verb == "late" else made.at
    standing = _standing_of(heard, event, stage)
    heard.echo.say(
        words,
        event=event,
        act=made.slot.name,
        time=heard.echo.clock(at or made.at, event),
        was=was,
        next=standing["next"],
        ends=standing["ends"],
    )


def _standing_of(heard: Heard, event: Event, stage: StageNight) -> dict[str, str]:
    """What is on, what is next, when it ends: as STATUS tells it."""
    echo = heard.echo
    on, coming, end = stage.projection.on, stage.projection.next, stage.projection.projected_end_at
    curfew = stage.stage.curfew_at
    parts = {"on": "", "next": "", "ends": ""}
    if on and on.starts_at and on.state is SlotState.ON and stage.on:
        parts["on"] = echo.part("part-on", act=stage.on.name, time=echo.clock(on.starts_at, event))
    if coming and coming.starts_at and stage.next:
        parts["next"] = echo.part("part-next", act=stage.next.name, time=echo.clock(coming.starts_at, event))
    if end is not None:
        words = "part-ends" if curfew else "part-ends-open"
        parts["ends"] = echo.part(words, time=echo.clock(end, event), was=echo.clock(curfew, event) if curfew else "")
    return parts


def _by(heard: Heard) -> By:
    person = heard.standing.first_person
    return By(person.name if person else heard.standing.phone[-4:])
