"""Rehearse the night: play it on a copy in memory and look at every moment. Nothing leaves, nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from flask import Blueprint, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from coordinator import clock
from coordinator.accounts.permissions import Permission
from coordinator.events.models import Event
from coordinator.features.event_document.dump import dump_text
from coordinator.features.event_document.problems import BadDocument
from coordinator.features.event_document.read import read_document
from coordinator.features.show_night.labels import verdict
from coordinator.features.texts.drafting import price_of
from coordinator.lineup.queries import stand_ins_of
from coordinator.services import services
from coordinator.shownight.queries import Night, night
from coordinator.web.guard import needs, our_event

from .. import labels
from ..in_memory import in_memory
from ..moments import Step, first_sets, jumps, on_a_tick, opening, stepped, within
from ..played import PlayedNight
from ..queries import volunteers_of
from ..ready_made import ready_scripts
from ..room import Asked, RehearsalRoom, RoomIsTaken
from ..script import script_of
from ..steps import TEXT, BadScript, RehearsalStep, TakesTooLong
from .asking import FIELD_OF, Asking, Wrong, added_in, asked_in, instant_in

bp = Blueprint("rehearsal", __name__, url_prefix="/coordinate/<slug>/rehearsal")
ROOM = "callboard.rehearsal_room"


@bp.record
def _furnish(state: BlueprintSetupState) -> None:
    """Each app has a room of its own."""
    state.app.extensions[ROOM] = RehearsalRoom()


@bp.get("")
@needs(Permission.EDIT_PLAN)
def rehearsal(slug: str) -> ResponseReturnValue:
    """Choose what happens, or write it."""
    event = our_event(slug)
    return _start(event, night(event.id, clock.now()), Asking(""))


@bp.post("")
@needs(Permission.EDIT_PLAN)
def play(slug: str) -> ResponseReturnValue:
    """The whole night, and the moment of it that is looked at."""
    event = our_event(slug)
    planned = night(event.id, clock.now())
    asking = asked_in(request.form, ready_scripts(planned))
    if asking.wrong:
        return _start(event, planned, asking), 422
    try:
        asking, played = _with_what_is_added(event, asking)
    except (BadScript, BadDocument) as fault:
        return _start(event, planned, replace(asking, wrong={"script": str(fault)})), 422
    except (TakesTooLong, RoomIsTaken) as refusal:
        return _start(event, planned, asking, refusal=refusal), 503
    return _shown(event, asking, played), 422 if asking.wrong else 200


def _with_what_is_added(event: Event, asking: Asking) -> tuple[Asking, PlayedNight]:
    """The night, played with what is to happen at the moment that is looked at, if that can be."""
    played = _played(event, asking)
    at = within(played, asking.at or opening(played, asking.steps))
    try:
        step = added_in(request.form, on_a_tick(played, at))
    except Wrong as wrong:
        return replace(asking, at=at, wrong={wrong.where: str(wrong)}), played
    if step is None:
        return replace(asking, at=_moved(played, asking, at)), played
    more = replace(asking.with_step(step), strict=False)
    after = _played(event, more)
    why = next((skipped.why for skipped in after.skipped if skipped.step == step), None)
    if why is None:
        return more, after
    return replace(asking, at=at, wrong={_field_of(step): str(why.why or why)}), played


def _field_of(step: RehearsalStep) -> str:
    return f"text-{step.sender}" if step.do == TEXT else FIELD_OF.get(step.do, "slot")


def _moved(played: PlayedNight, asking: Asking, at: datetime) -> datetime:
    to = request.form.get("to", "")
    if to in list(Step):
        return stepped(played, asking.steps, at, Step(to))
    return within(played, instant_in(to) or at)  # a jump is sent as the moment it leads to


def _played(event: Event, asking: Asking) -> PlayedNight:
    """Raises BadDocument, BadScript, TakesTooLong, RoomIsTaken."""
    room: RehearsalRoom = current_app.extensions[ROOM]
    now, settings, text = clock.now(), services().settings, dump_text(event)
    asked = Asked(
        document=read_document(text, now=now),
        text=text,
        organisation=event.organisation.name,
        public_url=settings.public_url,
        steps=asking.steps,
        on_time=asking.on_time,
        strict=asking.strict,
    )
    return room.play(asked, twin=partial(services().twin, in_memory(settings)), now=now)


def _start(event: Event, planned: Night, asking: Asking, refusal: ValueError | None = None) -> str:
    return render_template(
        "rehearsal/start.html",
        event=event,
        ready=ready_scripts(planned),
        labels=labels,
        written=asking.script(event.zone),
        on_time=asking.on_time,
        wrong=asking.wrong,
        refusal=refusal,
        can_play=any(day.doors_at for day in event.days) or bool(planned.slots),
    )


def _shown(event: Event, asking: Asking, played: PlayedNight) -> str:
    settings, planned, at = services().settings, night(event.id, clock.now()), asking.at or played.begins_at
    return render_template(
        "rehearsal/played.html",
        event=event,
        labels=labels,
        verdict=verdict,
        played=played,
        at=at,
        happenings=played.happenings(asking.steps),
        jumps=jumps(played, event, first_sets(planned)),
        written=script_of(asking.steps, event.zone),
        whole_script=script_of(sorted([*asking.steps, *played.pressed], key=lambda step: step.at), event.zone),
        on_time=asking.on_time,
        wrong=asking.wrong,
        typed=request.form,
        price=price_of(played.segments, settings.price_per_segment),
        currency=settings.price_currency,
        slots=planned.slots,
        stages=event.stages,
        stand_ins=stand_ins_of(event),
        volunteers=volunteers_of(event),
        chosen=request.form.get("slot") if "slot" in asking.wrong else played.slot_at(at),
        names={person.key: person.name for phone in played.phones for person in phone.people}
        | {slot.key: slot.name for slot in planned.slots},
        stage_names={stage.key: stage.name for stage in event.stages},
        act_names={each.act.key: each.act.name for each in stand_ins_of(event)},
    )
