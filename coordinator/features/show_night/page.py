"""The data of the Show night page: what is on, what comes next, and the running order with its changeovers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.accounts.models import Actor
from coordinator.core.timeline import ProjectedSlot
from coordinator.lineup.models import Slot
from coordinator.reminders.previews.outlook import Outlook
from coordinator.shownight.models import Press, Verb
from coordinator.shownight.queries import StageNight

from .asking import PressQuestion, question_of
from .labels import Tag, lateness_of, lateness_tag
from .order import RunningOrderLine, lines_of, told_unless_same, unless_same
from .previewing import Asked, PressPreview, preview_press

MINUTE = timedelta(minutes=1)
UNDO_SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OnNow:
    """The set that is on, with ``left`` minutes to go or over; ``end`` is the effect of ending it now."""

    slot: Slot
    started_at: datetime
    should_end_at: datetime
    played: int
    minutes: int
    left: int
    is_over: bool
    end: PressPreview


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next.

    ``told_at`` is what people are told, if it differs from what is shown. ``start`` is the effect of starting it now,
    ``late`` the effect of the chosen lateness.
    """

    slot: Slot
    seen: ProjectedSlot
    planned_at: datetime | None
    told_at: datetime | None
    lateness: Tag | None
    start: PressPreview
    late: PressPreview


@dataclass(frozen=True, slots=True)
class Tonight:
    """One stage of the night.

    ``last_press`` is the reader's own newest press on it, ``others_press`` the newest of anyone else; each is None when
    older than ten minutes. ``tap_id``: how many other slots the same tap pressed, by press id. ``question``: what to
    ask if presses are missing. ``is_untouched``: nothing was pressed on it yet.
    """

    stage: StageNight
    lateness: Tag
    on: OnNow | None
    coming: Coming | None
    look: PressPreview | None
    lines: tuple[RunningOrderLine, ...]
    last_press: Press | None
    texts_wait: bool
    others_press: Press | None
    tap_id: Mapping[int, int]
    question: PressQuestion | None
    is_untouched: bool


def tonight(
    outlook: Outlook, stage: StageNight, asked: Asked | None, presses: Mapping[int, Press], actor: Actor
) -> Tonight:
    """One stage as its page shows it to ``actor``.

    ``asked`` is among the choices of lateness if it is about what comes next.
    """
    now = outlook.night.now
    coming = _coming(outlook, stage, asked)
    elsewhere = asked is not None and not (coming and (asked.verb, asked.slot.id) == (Verb.LATE, coming.slot.id))
    here = [presses[slot.id] for slot in stage.slots if slot.id in presses]
    fresh = [press for press in here if now - press.pressed_at <= UNDO_SHOWN_FOR]
    own = _newest(press for press in fresh if press.is_by(actor.name, actor.coordinator_id))
    return Tonight(
        stage=stage,
        lateness=lateness_tag(stage.late),
        on=_on_now(outlook, stage),
        coming=coming,
        look=preview_press(outlook, asked) if asked and elsewhere else None,
        lines=tuple(lines_of(outlook, stage, presses)),
        last_press=own,
        texts_wait=own is not None and now - own.pressed_at < timedelta(seconds=30),
        others_press=_newest(press for press in fresh if not press.is_by(actor.name, actor.coordinator_id)),
        tap_id=_beside(here),
        question=question_of(outlook, stage),
        is_untouched=not any(plan.pressed_at for plan in stage.plans),
    )


def _beside(presses: Sequence[Press]) -> dict[int, int]:
    taps = Counter(press.tap_id for press in presses if press.tap_id is not None)
    return {press.id: taps[press.tap_id] - 1 for press in presses if press.tap_id is not None}


def _newest(presses: Iterable[Press]) -> Press | None:
    return max(presses, key=lambda press: press.id, default=None)


def _on_now(outlook: Outlook, stage: StageNight) -> OnNow | None:
    slot, now = stage.on, stage.now
    if slot is None or slot.started_at is None:
        return None
    length = slot.length + slot.extension
    should_end_at = slot.started_at + length
    return OnNow(
        slot=slot,
        started_at=slot.started_at,
        should_end_at=should_end_at,
        played=min((now - slot.started_at) // MINUTE, length // MINUTE),
        minutes=length // MINUTE,
        left=abs((now - should_end_at) // MINUTE),
        is_over=now >= should_end_at + MINUTE,
        end=preview_press(outlook, Asked(Verb.END, slot)),
    )


def _coming(outlook: Outlook, stage: StageNight, asked: Asked | None) -> Coming | None:
    slot = stage.next
    if slot is None:
        return None
    if asked is None or asked.verb != "late" or asked.slot.id != slot.id:
        asked = Asked(Verb.LATE, slot)
    return Coming(
        slot=slot,
        seen=stage.seen(slot),
        planned_at=unless_same(slot, stage.seen(slot)),
        told_at=told_unless_same(stage, slot),
        lateness=lateness_of(stage.seen(slot).late),
        start=preview_press(outlook, Asked(Verb.START, slot)),
        late=preview_press(outlook, asked),
    )
