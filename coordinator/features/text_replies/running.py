"""A stage manager runs the show by text: GO, DONE, LATE 10, STATUS, each with a stage if there are several."""

from dataclasses import replace

from coordinator.accounts.models import Actor, Via
from coordinator.accounts.queries import account_of
from coordinator.core.replies import Meaning, read_reply
from coordinator.core.show_time import show_day_bounds, zone_named
from coordinator.core.stage_names import short_name
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.messaging.models import ReplyChoice
from coordinator.shownight.actions.catching_up import missed_start
from coordinator.shownight.actions.pressing import delay_next, done, go
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.models import Press
from coordinator.shownight.queries import StageNight, night
from coordinator.shownight.refusals import CannotPress, NothingIsMissing

from . import choices, missing
from .asking import ask
from .choices import Means
from .inbound import InboundContext
from .pins import may_press
from .sender_context import next_show_run_by
from .stages import without_stage
from .status import now_on, places_of, status

RUNNING = frozenset({Meaning.GO, Meaning.DONE, Meaning.STATUS})


def late(inbound: InboundContext) -> bool:
    """LATE 10 from a stage manager: decides that the next slot will be late."""
    if not inbound.sender_context.runs:
        return False
    if not may_press(inbound):
        return True
    if inbound.reply.number is None:
        inbound.echo.say("late-how-long")
        return True
    return _on_a_stage(inbound, "late", inbound.reply.number)


def run(inbound: InboundContext) -> bool:
    """GO, DONE, STATUS."""
    if inbound.reply.meaning is Meaning.STATUS:
        status(inbound)
        return True
    if not may_press(inbound):
        return True
    return _on_a_stage(inbound, "go" if inbound.reply.meaning is Meaning.GO else "done", None)


def no_show_today(inbound: InboundContext) -> bool:
    """GO, DONE or STATUS from whoever runs no show today, but one to come: when that is."""
    if inbound.sender_context.runs or not inbound.sender_context.people:
        return False
    event = next_show_run_by([person.id for person in inbound.sender_context.people], inbound.now)
    if event is None:
        return False
    body, _ = without_stage(inbound.body, [event])
    said = read_reply(body, replace(inbound.context, stage_manager=True)).meaning
    if said not in RUNNING:
        return False
    day = inbound.echo.day(show_day_bounds(event.current_day(inbound.now).on, zone_named(event.zone))[0], event)
    inbound.echo.say("no-show", event=event, title=event.called(inbound.echo.language), day=day)
    return True


def commands(inbound: InboundContext) -> bool:
    """HELP of a stage manager: what else they can text today. Anybody else gets the help that everybody gets."""
    if inbound.sender_context.runs:
        event = inbound.sender_context.runs[0]
        names = [stage.stage.name for _, stage in places_of(inbound)]
        stage = short_name(names[0], names[1:]) if len(names) > 1 else ""
        inbound.echo.say("commands", event=event, org=event.organisation.name, stage=stage)
    return True


def chosen(inbound: InboundContext, means: Means) -> bool:
    """The stage that was meant, or the answer to what is on there now."""
    place = next((each for each in places_of(inbound) if each[1].stage.id == means["stage"]), None)
    if place is None:
        return False
    if "slot" in means and not missing.is_old(means, inbound.now):
        return _answered(inbound, *place, means)
    return _meant(inbound, *place, means["verb"], means["minutes"])


def last_press_on(inbound: InboundContext, stage_id: int) -> ReplyChoice | None:
    """The last press on this stage by text that can still be taken back."""
    for each in choices.all_done(inbound.sender_context.phone, inbound.now):
        press = press_remembered(each)
        if press is not None and press.slot.stage_id == stage_id:
            return each
    return None


def press_remembered(done: ReplyChoice) -> Press | None:
    """The press that this change by text was; None if it was none."""
    return db.session.get(Press, done.means["press"]) if done.means["undo"] == "press" else None


def undo_press_by_text(inbound: InboundContext, means: Means) -> str:
    """Take the press back and say which it was and what stands now, or why it cannot be; nothing is left to say."""
    try:
        press = undo_press(means["press"], actor=actor_of(inbound), now=inbound.now, within=choices.UNDO_FOR)
    except CannotPress as refusal:
        inbound.echo.say("refused", what=inbound.echo.refusal(refusal))
        return ""
    event, stage = press.slot.event, night(press.event_id, inbound.now).stage_of(press.slot_id)
    inbound.echo.say(
        f"undone-{press.verb}",
        event=event,
        act=press.slot.name,
        time=inbound.echo.clock(press.at, event),
        stage=stage.stage.name if len(event.stages) > 1 else "",
        **now_on(inbound, event, stage),
    )
    return ""


def _on_a_stage(inbound: InboundContext, verb: str, minutes: int | None) -> bool:
    """Press on the only stage it can be about; ask which when there are more."""
    places = places_of(inbound)
    if not places:
        inbound.echo.say("not-your-stage")
        return True
    able = [(event, stage) for event, stage in places if _can(stage, verb)] or places[:1]
    asked = missing.stage_asked_about(inbound.sender_context.phone)
    able = [each for each in able if each[1].stage.id == asked] or able
    if len(able) == 1:
        return _meant(inbound, *able[0], verb, minutes)
    meanings = [{"do": "run", "stage": stage.stage.id, "verb": verb, "minutes": minutes} for _, stage in able]
    named = [stage.stage.name for _, stage in able]
    return ask(inbound, "which", list(zip(meanings, named, named, strict=True)))


def _can(stage: StageNight, verb: str) -> bool:
    """Whether it can be about this stage. DONE can also be about a set whose start was not recorded."""
    return bool(stage.on or missed_start(stage)) if verb == "done" else stage.next is not None


def _meant(inbound: InboundContext, event: Event, stage: StageNight, verb: str, minutes: int | None) -> bool:
    """Press it, unless a start is missing: then ask what is on now. On hold, nothing can start: it is refused."""
    missed = missed_start(stage)
    is_refused = verb == "go" and stage.held_since_at is not None
    asked = missed is not None and verb == "late" and missing.was_asked_about(inbound.sender_context.phone, missed)
    if missed is None or is_refused or asked:
        return _press(inbound, event, stage, verb, minutes)
    missing.ask_what_is_on(inbound, event, stage, missed, verb, minutes)
    return True


def _answered(inbound: InboundContext, event: Event, stage: StageNight, means: Means) -> bool:
    """Record what was answered to be on, then do what was meant."""
    verb = means["verb"]
    if means["slot"] is None and verb != "late":
        inbound.echo.say("nothing-on")
        return True
    made: Press | None = None
    try:
        made = missing.record_missing(inbound, stage, means, actor_of(inbound)) if means["slot"] else None
    except CannotPress as refusal:
        if not (verb == "late" and isinstance(refusal, NothingIsMissing)):
            inbound.echo.say("refused", what=inbound.echo.refusal(refusal))
            return True
    after = night(event.id, inbound.now).on_stage(stage.stage.id)
    if verb == "late":
        return _press(inbound, event, after, verb, means["minutes"])
    assert made is not None
    _say_pressed(inbound, event, after, verb, made, "")
    return True


def _press(inbound: InboundContext, event: Event, stage: StageNight, verb: str, minutes: int | None) -> bool:
    actor, now, stage_id = actor_of(inbound), inbound.now, stage.stage.id
    was = stage.projection.next.starts_at if stage.projection.next else None
    try:
        if verb == "late":
            made = delay_next(stage_id, minutes, actor=actor, now=now)
        else:
            made = go(stage_id, actor=actor, now=now) if verb == "go" else done(stage_id, actor=actor, now=now)
    except CannotPress as refusal:
        inbound.echo.say("refused", what=inbound.echo.refusal(refusal))
        return True
    db.session.flush()  # assigns the press its id
    choices.remember(inbound.sender_context.phone, {"undo": "press", "press": made.id}, now)
    after = night(event.id, now).on_stage(stage_id)
    _say_pressed(inbound, event, after, verb, made, inbound.echo.clock(was, event) if was else "")
    return True


def _say_pressed(inbound: InboundContext, event: Event, stage: StageNight, verb: str, made: Press, was: str) -> None:
    words = {"go": "started", "done": "finished", "late": "delayed"}[verb]
    at = stage.seen(made.slot).starts_at if verb == "late" else made.at
    stands = now_on(inbound, event, stage)
    inbound.echo.say(
        words,
        event=event,
        act=made.slot.name,
        time=inbound.echo.clock(at or made.at, event),
        was=was,
        next=stands["next"],
        ends=stands["ends"],
    )


def actor_of(inbound: InboundContext) -> Actor:
    """The sender, with their account if they have one, so that the page shows these presses as their own."""
    accounts = (account_of(person.id) for person in inbound.sender_context.people)
    account = next((account for account in accounts if account is not None), None)
    if account is not None:
        return Actor.of(account, Via.TEXT)
    return inbound.speaker
