"""Presses that a phone kept while it had no network, each taken as if it had come when it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.lineup.actions.answers import say_here
from coordinator.lineup.models import Slot
from coordinator.lineup.queries import slot_with_key
from coordinator.reminders.previews.effects import Effect
from coordinator.reminders.previews.outlook import outlook
from coordinator.reminders.queries.call_times import called_at
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import held, press
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.models import FACT_OF
from coordinator.shownight.queries import press_with_key, pressed_since
from coordinator.shownight.refusals import MarkedSince, NoSuchSlot, NotYourStage, TooLongAgo

from .previewing import WITH_MINUTES

HERE, NOT_HERE = "here", "not_here"
KEPT_FOR = timedelta(days=2)  # how old a press may be that arrives only now


@dataclass(frozen=True, slots=True)
class KeptPress:
    """A press as a phone kept it, made ``at`` an instant.

    ``verb``: a Verb, or "here" or "not_here" of an act. ``undone``: it was taken back on the phone, which does not know
    whether it had arrived.
    """

    key: str
    slot_key: str
    verb: str
    minutes: int | None
    at: datetime
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """``known``: it had arrived before, or it was so already. ``effect``: what it does, if it was a press."""

    outcome: Literal["kept", "known"]
    effect: Effect | None = None


KNOWN = Taken("known")


def take_kept_press(
    event: Event, kept: KeptPress, *, may_run: Callable[[int], bool], actor: Actor, now: datetime, sender: str | None
) -> Taken:
    """Record the press at its own instant, or undo it; the same key again changes nothing.

    What was marked for a later instant stands. ``sender``: the number texts come from. Raises MarkedSince, TooLongAgo,
    NoSuchSlot, NotYourStage, TooEarly, and the refusals of the press itself.
    """
    if kept.undone:
        return _take_back(event, kept, may_run, actor, now)
    slot = slot_with_key(event.id, kept.slot_key)
    if slot is None:
        raise NoSuchSlot
    if not may_run(slot.stage_id):
        raise NotYourStage(slot.stage.name)
    if now - kept.at > KEPT_FOR:
        raise TooLongAgo
    if kept.verb in (HERE, NOT_HERE):
        return _say_here(slot, kept, actor, now)
    with transaction() as session:
        slot = held(session, slot.id)
        if press_with_key(event.id, kept.key):
            return KNOWN
        later = None if kept.verb in FACT_OF else pressed_since(slot.id, kept.at)
        if later is not None:
            raise MarkedSince(slot.name, later.by)
        minutes = kept.minutes if kept.verb in WITH_MINUTES else None
        proposed = ProposedPress(kept.verb, slot.id, minutes, kept.at, merges=True)
        effect = outlook(event.id, now, sender=sender).effect(proposed)
        press(proposed, actor=actor, now=now, key=kept.key)
    return Taken("kept", effect)


def _take_back(event: Event, kept: KeptPress, may_run: Callable[[int], bool], actor: Actor, now: datetime) -> Taken:
    made = press_with_key(event.id, kept.key)
    if made is None or made.undone_at is not None:
        return KNOWN
    if not may_run(made.slot.stage_id):
        raise NotYourStage(made.slot.stage.name)
    undo_press(made.id, actor=actor, now=now)
    return Taken("kept")


def _say_here(slot: Slot, kept: KeptPress, actor: Actor, now: datetime) -> Taken:
    undo, since_at = kept.verb == NOT_HERE, slot.said_here_at
    if (since_at is None) == undo or (since_at is not None and since_at > kept.at):
        return KNOWN
    say_here(slot, call_at=called_at(slot, now), actor=actor, now=now, at=kept.at, undo=undo)
    return Taken("kept")
