"""What needs the stage manager now, one value for each, the most urgent first.

A new kind is a finder in ``FINDERS``, its title in ``show_night/_alert_title.html``, and
``show_night/alerts/<kind>.html`` for what can be done about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coordinator.core.dead_air import DeadAir, dead_air
from coordinator.core.show_time import call_time, whole_minute
from coordinator.core.timeline import SlotState
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import Call, CallKind
from coordinator.reminders.previews.outlook import Outlook
from coordinator.reminders.queries.lateness import LateWord, late_word_of
from coordinator.shifts.queries.who_is_here import WhoIsHere
from coordinator.shownight.models import Verb
from coordinator.shownight.queries import StageNight

from .asking import PressQuestion, is_asked, question_of
from .previewing import Asked, PressPreview, preview_press
from .said import accepting

TO_STAGE_MANAGERS = (
    CallKind.ALERT_CANNOT,
    CallKind.ALERT_LATE,
    CallKind.ALERT_NOT_HERE,
    CallKind.ALERT_OVERDUE,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A stage as alerts are found on it. ``calls``: those that stand open about its slots; ``lead``: see call_lead."""

    stage: StageNight
    here: WhoIsHere
    calls: Sequence[Call]
    lead: timedelta | None

    @property
    def coming(self) -> list[Slot]:
        """Its slots that have not been marked."""
        return [slot for slot, seen in self.stage.pairs() if seen.state == SlotState.TO_COME]


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that needs somebody.

    ``slot`` is what it is about. ``word``: what a performer said; ``call``: whom to call; ``gap``: dead air;
    ``call_at``: when they should have been there. ``accept`` and ``cancel`` are the presses that would settle it;
    ``question`` what is asked. They are found only for the stage in front of the reader.
    """

    kind: str
    slot: Slot
    word: LateWord | None = None
    call: Call | None = None
    gap: DeadAir | None = None
    call_at: datetime | None = None
    accept: PressPreview | None = None
    cancel: PressPreview | None = None
    question: PressQuestion | None = None

    @property
    def key(self) -> str:
        """Its id on the page."""
        about = f"call-{self.call.id}" if self.call else self.slot.key
        return f"alert-{self.kind}-{about}"


def alerts_on(scene: Scene) -> tuple[Alert, ...]:
    """Everything on this stage that needs somebody, without what could be done about it."""
    return tuple(alert for find in FINDERS for alert in find(scene))


def with_ways_out(outlook: Outlook, stage: StageNight, alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    """The same, each with the effect of the presses that would settle it."""
    return tuple(_with_ways_out(outlook, stage, alert) for alert in alerts)


def _with_ways_out(outlook: Outlook, stage: StageNight, alert: Alert) -> Alert:
    if alert.kind == "question":
        return replace(alert, question=question_of(outlook, stage))
    if alert.word is not None:
        alert = replace(alert, accept=accepting(outlook, alert.word))
    if alert.kind in ("cannot", "not_here"):
        alert = replace(alert, cancel=preview_press(outlook, Asked(Verb.CANCEL, alert.slot)))
    return alert


def _asked(scene: Scene) -> Iterator[Alert]:
    """A press is missing, and what is on is asked."""
    expects = scene.stage.told.expects
    if expects is not None and is_asked(scene.stage):
        yield Alert("question", next(slot for slot in scene.stage.slots if slot.key == expects.slot))


def _disputed(scene: Scene) -> Iterator[Alert]:
    """Members of the act disagree."""
    yield from (Alert("disputed", slot) for slot in scene.coming if slot.disputed_at is not None)


def _cannot_play(scene: Scene) -> Iterator[Alert]:
    """They said that they can't play, and nothing has changed yet."""
    yield from (Alert("cannot", slot) for slot in scene.coming if slot.act and slot.answer == ActAnswer.DECLINED)


def _says_late(scene: Scene) -> Iterator[Alert]:
    """They said that they are late, and nobody has decided."""
    for slot in scene.coming:
        word = late_word_of(slot)
        if word is not None:
            yield Alert("late", slot, word=word)


def _not_here(scene: Scene) -> Iterator[Alert]:
    """It is past their call time, somebody runs the stage, and nobody has marked them here."""
    if scene.lead is None or not scene.stage.projection.attended or scene.stage.held_since_at:
        return
    for slot in scene.coming:
        starts_at = scene.stage.told[slot.key].starts_at
        if starts_at is None or slot.act is None or slot.answer == ActAnswer.DECLINED or slot.asked_late_until:
            continue
        call_at = whole_minute(call_time(starts_at, scene.lead))
        if call_at < scene.stage.now and scene.here.since(slot) is None:
            yield Alert("not_here", slot, call_at=call_at)


def _to_call(scene: Scene) -> Iterator[Alert]:
    """Somebody was told another time, and no text will put that right."""
    slots = {slot.id: slot for slot in scene.stage.slots}
    for call in scene.calls:
        if call.slot_id in slots and call.kind not in TO_STAGE_MANAGERS:
            yield Alert("call", slots[call.slot_id], call=call)


def _dead_air(scene: Scene) -> Iterator[Alert]:
    """Something was planned, and nothing is on for more than ten minutes."""
    stage, slots = scene.stage, {slot.key: slot for slot in scene.stage.slots}
    for hole in dead_air(stage.plans, stage.projection, stage.now):
        yield Alert("dead_air", slots[hole.before], gap=hole)


def _held(scene: Scene) -> Iterator[Alert]:
    """Somebody holds the stage: nothing starts there until it goes on."""
    if scene.stage.held_since_at is not None and scene.coming:
        yield Alert("held", scene.coming[0])


FINDERS: tuple[Callable[[Scene], Iterator[Alert]], ...] = (
    _held,
    _asked,
    _disputed,
    _cannot_play,
    _says_late,
    _not_here,
    _to_call,
    _dead_air,
)
