"""The show night as its page shows it: what is on, what comes next, and the running order with its changeovers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...core.timeline import NOTHING, ProjectedSlot
from ...lineup.models import Slot
from ...shownight.models import Press
from ...shownight.queries import StageNight
from ..previews import Outlook
from .looking import Asked, Look, look_at
from .order import Line, lines_of, unless_same

MINUTE = timedelta(minutes=1)
UNDO_SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OnNow:
    """The set that is on. ``left`` minutes are negative when it runs over; ``end`` is what finishing it would do."""

    slot: Slot
    started_at: datetime
    should_end_at: datetime
    played: int
    minutes: int
    left: int
    end: Look


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next. ``start`` is what starting it now would do, ``late`` what the chosen lateness would."""

    slot: Slot
    seen: ProjectedSlot
    planned_at: datetime | None
    late_by: int
    start: Look
    late: Look


@dataclass(frozen=True, slots=True)
class Tonight:
    """One stage of the night."""

    stage: StageNight
    late: int | None
    on: OnNow | None
    coming: Coming | None
    look: Look | None
    lines: tuple[Line, ...]
    last_press: Press | None
    texts_wait: bool


def tonight(outlook: Outlook, stage: StageNight, asked: Asked | None, presses: Mapping[int, Press]) -> Tonight:
    """One stage as its page shows it. ``asked`` is shown among the choices of lateness when it is about what comes."""
    now = outlook.night.now
    coming = _coming(outlook, stage, asked)
    own = asked is not None and not (coming and (asked.verb, asked.slot.id) == ("late", coming.slot.id))
    last = max(presses.values(), key=lambda press: press.id, default=None)
    fresh = last if last and now - last.pressed_at <= UNDO_SHOWN_FOR else None
    return Tonight(
        stage=stage,
        late=None if stage.late is None else stage.late // MINUTE,
        on=_on_now(outlook, stage),
        coming=coming,
        look=look_at(outlook, asked) if asked and own else None,
        lines=tuple(lines_of(outlook, stage, presses)),
        last_press=fresh,
        texts_wait=fresh is not None and now - fresh.pressed_at < timedelta(seconds=30),
    )


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
        left=-((now - should_end_at) // MINUTE),
        end=look_at(outlook, Asked("end", slot)),
    )


def _coming(outlook: Outlook, stage: StageNight, asked: Asked | None) -> Coming | None:
    slot = stage.next
    if slot is None:
        return None
    if asked is None or asked.verb != "late" or asked.slot.id != slot.id:
        asked = Asked("late", slot)
    return Coming(
        slot=slot,
        seen=stage.seen(slot),
        planned_at=unless_same(slot, stage.seen(slot)),
        late_by=(stage.seen(slot).late or NOTHING) // MINUTE,
        start=look_at(outlook, Asked("start", slot)),
        late=look_at(outlook, asked),
    )
