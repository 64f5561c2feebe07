"""Holding a stage and letting it go on: whoever is on there soon is told both times."""

from datetime import datetime, timedelta

from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO, Audience
from coordinator.core.show_time import call_time
from coordinator.core.wording import worded
from coordinator.db import transaction
from coordinator.events.models import Stage
from coordinator.lineup.models import Slot
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.models import UNSENT, MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.shownight.actions.holding import hold_stage, let_stage_go_on, undo_hold
from coordinator.shownight.labels import hold_reason_in
from coordinator.shownight.models import HOLD, HOLD_OVER
from coordinator.shownight.queries import Night, StageNight, night
from coordinator.spoken import in_text

from ..queries.stage_holds import (
    Tells,
    concerned,
    hold_key,
    shift_to_come,
    texts_of_hold,
    told_by_going_on,
    told_of_hold,
    unreached,
)
from ..queries.subjects import Recipient
from ..queries.threads import told_times

OF_USE = timedelta(hours=1)


def hold_and_tell(stage_id: int, reason: str, *, actor: Actor, now: datetime, sender: str | None = None) -> None:
    """Hold the stage; whoever is on there in the next three hours gets a text in 30 s. Raises NoReason.

    ``sender``: the number or service whose opt-outs count; None: any of ours.
    """
    with transaction() as session:
        is_new = hold_stage(stage_id, reason, actor=actor, now=now)
        session.flush()
        tonight = night(session.get_one(Stage, stage_id).event_id, now)
        stage = tonight.on_stage(stage_id)
        found = list(concerned(tonight, stage)) if is_new else []
        silent = unreached(found, sender)
        for slot, recipient in found:
            key = f"{hold_key(slot.id, now)}:{recipient.person.id}"
            if recipient.person.id not in silent:
                _tell(HOLD, tonight, slot, recipient, key, Tells(slot.id))


def go_on_and_tell(stage_id: int, minutes: int | None, *, actor: Actor, now: datetime) -> None:
    """The stage goes on in so many minutes; whoever was told of the hold hears in 30 s when they are on now.

    That counts as told. Texts that still wait are withdrawn. Raises NotOnHold, MinutesOutOfRange.
    """
    with transaction() as session:
        since_at = let_stage_go_on(stage_id, minutes, actor=actor, now=now)
        session.flush()
        tonight = night(session.get_one(Stage, stage_id).event_id, now)
        stage = tonight.on_stage(stage_id)
        _withdraw(stage, since_at)
        told = told_times(tonight.event.id)
        for slot, recipient, key in told_of_hold(tonight, stage, since_at):
            tells = told_by_going_on(tonight, slot, recipient, told)
            _tell(HOLD_OVER, tonight, slot, recipient, f"{key}:over:{int(now.timestamp())}", tells)


def undo_hold_and_tell(stage_id: int, *, actor: Actor, now: datetime) -> None:
    """The stage was never on hold, and nobody hears that it was. Raises NotOnHold, HoldIsTold."""
    with transaction() as session:
        since_at = undo_hold(stage_id, actor=actor, now=now)
        session.flush()
        _withdraw(night(session.get_one(Stage, stage_id).event_id, now).on_stage(stage_id), since_at)


def _withdraw(stage: StageNight, since_at: datetime) -> None:
    """The texts of this hold that still wait."""
    for text in texts_of_hold(stage, since_at):
        if text.state in UNSENT:
            withdraw(text, now=stage.now, cause="the stage goes on")


def _tell(words: str, tonight: Night, slot: Slot, recipient: Recipient, key: str, tells: Tells) -> None:
    person, event, now = recipient.person, tonight.event, tonight.now
    text, org = default_text(words, person.language), event.organisation.name
    values = _values(tonight, slot, recipient)
    said = worded(text, values, person.language, org=org)
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind=MessageKind.ACCEPTED if tells.anchor else MessageKind.NOTE,
        rule=words,
        body=said.body,
        first_body=said.first_body,
        mail=mail_of(text, values, org=org, title=event.called(person.language)),
        now=now,
        due_at=now + UNDO,
        useful_until=now + OF_USE,
        any_hour=event.is_on(now),
        dedupe_key=key,
        slot_id=tells.slot_id,
        shift_id=tells.shift_id,
        anchor=tells.anchor,
        says_at=tells.says_at,
        planned_at=tells.planned_at,
        other_times=tells.other_times,
    )


def _values(tonight: Night, slot: Slot, recipient: Recipient) -> dict[str, str]:
    """The values of the placeholders: when they are on; for the crew the act, and when to be there."""
    stage, language = tonight.stage_of(slot.id).stage, recipient.person.language
    says = in_text(tonight.event.zone, language)
    clock = says.clock(tonight.told_start(slot))
    why = hold_reason_in(language, stage.held_reason)
    values = {"first_name": recipient.person.first_name, "stage": stage.name, "why": why}
    if recipient.audience == Audience.PERFORMERS:
        return values | {"time": clock}
    spot = shift_to_come(tonight, recipient)
    be_there = says.clock(call_time(spot.starts_at, spot.shift.call)) if spot else ""
    return values | {"act": slot.name, "set": clock, "call": be_there}
