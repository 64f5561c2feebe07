"""Asking what is on now when presses are missing: each answer with what it would do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coordinator.accounts.models import Actor
from coordinator.core.timeline import SlotState
from coordinator.db import transaction
from coordinator.lineup.models import Slot
from coordinator.reminders.previews.effects import Effect
from coordinator.reminders.previews.outlook import Outlook, outlook
from coordinator.shownight.actions.catching_up import (
    WhatIsOn,
    catch_up,
    missed_start,
    missing,
    night_caught_up,
)
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import held
from coordinator.shownight.models import Press
from coordinator.shownight.queries import StageNight
from coordinator.shownight.refusals import NotAsShown, NothingIsMissing

from .fingerprint import Fingerprint, fingerprint_after
from .previewing import Asked


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer: ``slot`` is on since ``at``, or over since then.

    ``then`` comes next if it is over; None if nothing does. ``effect`` is what the answer would do, ``shown`` the
    fingerprint of that.
    """

    what: WhatIsOn
    slot: Slot
    at: datetime
    then: Slot | None
    effect: Effect
    shown: str
    refusal: None = None
    becomes: tuple[()] = ()

    @property
    def asked(self) -> Asked:
        """The answer as a press, for what shows its effect."""
        return Asked(self.what.progress, self.slot)


@dataclass(frozen=True, slots=True)
class PressQuestion:
    """What is on now? ``slot`` should have started or ended (``do``) at ``since``, and nobody pressed it.

    ``frozen_since_at`` is when times stopped; None if they did not.
    """

    slot: Slot
    do: str
    since: datetime
    frozen_since_at: datetime | None
    answers: tuple[Answer, ...]


def question_of(outlook: Outlook, stage: StageNight) -> PressQuestion | None:
    """The question for the stage manager; None while no press has been missing for more than five minutes.

    A set that runs over is asked about when times are frozen for it, or when the next one should have started.
    """
    expects, since = stage.told.expects, stage.told.missed_since(stage.now)
    if expects is None or since is None or not is_asked(stage):
        return None
    slot = next(slot for slot in stage.slots if slot.key == expects.slot)
    answers = tuple(answer_of(outlook, stage, what) for what in _may_be(stage))
    return PressQuestion(slot, expects.do, since, stage.projection.frozen_since_at, answers)


def is_asked(stage: StageNight) -> bool:
    """Whether the stage manager is asked what is on now."""
    expects = stage.told.expects
    if expects is None or stage.told.missed_since(stage.now) is None or not stage.projection.attended:
        return False
    if stage.held_since_at is not None:
        return False
    return expects.do == "start" or stage.projection.frozen or missed_start(stage) is not None


def answer_of(outlook: Outlook, stage: StageNight, what: WhatIsOn) -> Answer:
    """What this answer would do. Raises NoSuchSlot, NothingIsMissing."""
    presses = missing(stage, what)
    if not presses:
        raise NothingIsMissing
    last = presses[-1]
    night = night_caught_up(outlook.night, presses)
    after = night.stage_of(last.slot.id)
    effect = outlook.effect_of(ProposedPress(last.verb, last.slot.id), last.slot, night)
    shown = str(fingerprint_after((what.slot_id, what.progress), after, effect))
    return Answer(what, last.slot, last.at, after.next if what.progress == "over" else None, effect, shown)


def catch_up_as_shown(
    event_id: int, what: WhatIsOn, shown: str, *, actor: Actor, now: datetime, sender: str | None
) -> tuple[Press, ...]:
    """Apply an answer if that does what was ``shown``; ``sender`` as in ``press_as_shown``.

    Raises NotAsShown, NoSuchSlot, NothingIsMissing.
    """
    with transaction() as session:
        held(session, what.slot_id)
        ahead = outlook(event_id, now, sender=sender)
        stage = ahead.night.stage_of(what.slot_id)
        was, would = Fingerprint.read(shown), Fingerprint.read(answer_of(ahead, stage, what).shown)
        if was is None or would is None or not was.still_holds(would, "end"):
            raise NotAsShown
        return catch_up(stage.stage.id, what, actor=actor, now=now)


def _may_be(stage: StageNight) -> Iterator[WhatIsOn]:
    """What may be so by the times that were told, in the order of the night."""
    for slot, seen in zip(stage.slots, stage.told.slots, strict=True):
        if seen.starts_at is None or seen.ends_at is None or seen.starts_at > stage.now:
            continue
        if seen.state is SlotState.TO_COME:
            yield WhatIsOn(slot.id, "on")
        if seen.state in (SlotState.ON, SlotState.TO_COME) and seen.ends_at <= stage.now:
            yield WhatIsOn(slot.id, "over")
