"""The presses of the night. Each locks the event while it reads and writes, so that two at once cannot both succeed."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import NOTHING
from coordinator.db import transaction
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Slot

from ..labels import hold_reason
from ..models import Press, Verb
from ..queries import StageNight, night, press_with_key
from ..refusals import NoSuchSlot, NothingIsOn, NothingToCome, StageIsHeld
from .charge import take_charge
from .facts import facts_of, keep_opening_plan, pass_on, write_facts
from .offer_states import follow_the_hole
from .presses import Pressed, ProposedPress, after_press


def start_set(slot_id: int, *, actor: Actor, now: datetime, at: datetime | None = None) -> Press:
    """The set started at ``at`` (by default now). A set that is still on ends with it.

    Raises SlotIsCancelled, SetHasStarted, SetHasEnded, NotYet, NoSuchSlot, StageIsHeld.
    """
    return press(ProposedPress(Verb.START, slot_id), actor=actor, now=now, at=at)


def end_set(slot_id: int, *, actor: Actor, now: datetime, at: datetime | None = None) -> Press:
    """The set ended at ``at`` (by default now).

    Raises SlotIsCancelled, SetHasEnded, EndsBeforeItStarts, NotYet, NoSuchSlot.
    """
    return press(ProposedPress(Verb.END, slot_id), actor=actor, now=now, at=at)


def extend_set(slot_id: int, minutes: int | None, *, actor: Actor, now: datetime) -> Press:
    """Let the set that is on play 1 to 120 minutes longer.

    Raises MinutesOutOfRange, SlotIsCancelled, SetHasNotStarted, SetHasEnded, NoSuchSlot.
    """
    return press(ProposedPress(Verb.EXTEND, slot_id, minutes), actor=actor, now=now)


def declare_late(slot_id: int, minutes: int | None, *, actor: Actor, now: datetime) -> Press:
    """The slot will not start before that many minutes after its advertised time, up to 240; 0 withdraws it.

    Raises MinutesOutOfRange, SlotIsCancelled, SetHasStarted, SetHasEnded, NoSuchSlot.
    """
    return press(ProposedPress(Verb.LATE, slot_id, minutes), actor=actor, now=now)


def cancel_slot(slot_id: int, *, actor: Actor, now: datetime) -> Press:
    """The slot does not take place; its time is given to nobody. Raises SlotIsCancelled, NoSuchSlot."""
    return press(ProposedPress(Verb.CANCEL, slot_id), actor=actor, now=now)


def restore_slot(slot_id: int, *, actor: Actor, now: datetime) -> Press:
    """The slot takes place after all. Raises SlotIsNotCancelled, NoSuchSlot."""
    return press(ProposedPress(Verb.RESTORE, slot_id), actor=actor, now=now)


def press(
    proposed: ProposedPress, *, actor: Actor, now: datetime, at: datetime | None = None, key: str | None = None
) -> Press:
    """Make the proposed press; the refusals are those of the verbs above.

    ``at``: the instant it counts from, if that is known to fit. ``key``: names the press in the event; when it is sent
    again, the press that was made is returned. Raises NotThen, NothingToCorrect, StageIsHeld too.
    """
    with transaction() as session:
        slot = held(session, proposed.slot_id)
        known = press_with_key(slot.event_id, key) if key else None
        if known is not None:
            return known
        before = facts_of(slot)
        stage = night(slot.event_id, now).stage_of(slot.id)
        must_not_be_held(stage, proposed, at)
        pressed = pressed_slot(slot, proposed, now) if at is None else _pressed_at(slot, proposed, at)
        if proposed.verb == Verb.START:
            keep_opening_plan(stage.slots)
        write_facts(slot, after_press(proposed.verb, pressed, now), pressed.at)
        if proposed.verb == Verb.LATE:
            slot.late_decided_at = pressed.at
        if proposed.verb == Verb.CANCEL:
            follow_the_hole(slot, stage.after(slot), actor, now)
        pass_on(slot, now)
        made = Press(event_id=slot.event_id, slot=slot, verb=proposed.verb, minutes=proposed.minutes, before=before)
        made.at, made.pressed_at, made.by, made.coordinator_id = pressed.at, now, actor.name, actor.coordinator_id
        made.key = key
        session.add(made)
        record_press(slot, what_was_done(made), before, actor, now)
    return made


def pressed_slot(slot: Slot, proposed: ProposedPress, now: datetime) -> Pressed:
    """The slot as it is being pressed. Raises NotThen."""
    if proposed.at is None or proposed.merges:
        return _pressed_at(slot, proposed, proposed.at or now)
    return proposed.on(slot.name, night(slot.event_id, now).stage_of(slot.id).plans, slot.key, now)


def must_not_be_held(stage: StageNight, proposed: ProposedPress, at: datetime | None = None) -> None:
    """Nothing starts on a stage on hold; what had started before is a fact, as is what a phone kept.

    Raises StageIsHeld.
    """
    since_at, starts_at = stage.held_since_at, at or proposed.at or stage.now
    if since_at is None or proposed.verb != Verb.START or proposed.corrects or proposed.merges:
        return
    if starts_at >= since_at:
        raise StageIsHeld(stage.stage.name, hold_reason(stage.stage.held_reason))


def what_was_done(made: Press) -> str:
    """The press's verb in the audit log."""
    return f"slot.{made.verb}.corrected" if made.corrects else f"slot.{made.verb}"


def _pressed_at(slot: Slot, proposed: ProposedPress, at: datetime) -> Pressed:
    return Pressed(slot.name, slot.plan, at, proposed.minutes, proposed.corrects)


def go(stage_id: int, *, actor: Actor, now: datetime) -> Press:
    """Start what comes next on the stage, and take charge of it; the set that is on ends.

    Raises NothingToCome, StageIsHeld.
    """
    with transaction() as session:
        stage = held_stage(session, stage_id, now)
        if stage.next is None:
            raise NothingToCome(stage.stage.name)
        take_charge(stage_id, actor=actor, now=now)
        return start_set(stage.next.id, actor=actor, now=now)


def done(stage_id: int, *, actor: Actor, now: datetime) -> Press:
    """End the set that is on at the stage, and take charge of it. Raises NothingIsOn."""
    with transaction() as session:
        stage = held_stage(session, stage_id, now)
        if stage.on is None:
            raise NothingIsOn(stage.stage.name)
        take_charge(stage_id, actor=actor, now=now)
        return end_set(stage.on.id, actor=actor, now=now)


def delay_next(stage_id: int, minutes: int | None, *, actor: Actor, now: datetime) -> Press:
    """Declare that what comes next on the stage starts this much later than it stands now; take charge of the stage.

    0 withdraws a declared lateness. Raises NothingToCome, MinutesOutOfRange.
    """
    with transaction() as session:
        stage = held_stage(session, stage_id, now)
        if stage.next is None:
            raise NothingToCome(stage.stage.name)
        take_charge(stage_id, actor=actor, now=now)
        stands_at = max(stage.projection[stage.next.key].starts_at or now, now)  # nothing starts in the past
        late = max(whole_minute(stands_at) - stage.next.starts_at, NOTHING) // timedelta(minutes=1)
        return declare_late(stage.next.id, minutes and minutes + late, actor=actor, now=now)


def record_press(slot: Slot, verb: str, before: JsonObject, actor: Actor, now: datetime) -> None:
    """Record who pressed, with the facts before and after."""
    record(slot.event, actor, verb, f"slot:{slot.id}", now=now, before=before, after=facts_of(slot))


def held(session: Session, slot_id: int) -> Slot:
    """The slot, with its event locked against other presses. Raises NoSuchSlot."""
    owner = select(Event).join(Slot, Slot.event_id == Event.id).where(Slot.id == slot_id)
    session.scalars(owner.with_for_update(of=Event)).first()
    slot = session.get(Slot, slot_id, populate_existing=True)
    if slot is None:
        raise NoSuchSlot
    return slot


def held_stage(session: Session, stage_id: int, now: datetime) -> StageNight:
    """The stage at ``now``, with its event locked against other presses."""
    owner = select(Event).join(Stage, Stage.event_id == Event.id).where(Stage.id == stage_id)
    event = session.scalars(owner.with_for_update(of=Event)).one()
    return night(event.id, now).on_stage(stage_id)
