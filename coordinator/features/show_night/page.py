"""The data of the Show night page: what needs somebody, what is on, what comes next, and the running order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.accounts.models import Actor
from coordinator.core.cover.presence import check_in_opens
from coordinator.core.rules import UNDO
from coordinator.core.timeline import ProjectedSlot
from coordinator.events.models import Stage
from coordinator.lineup.models import Slot
from coordinator.messaging.models import Call
from coordinator.reminders.previews.outlook import Outlook
from coordinator.reminders.queries.call_times import called_in
from coordinator.shifts.queries.who_is_here import WhoIsHere
from coordinator.shownight.models import Press, Verb
from coordinator.shownight.queries import StageNight

from .alerts import Alert, Scene, alerts_on, with_ways_out
from .labels import Tag, lateness_of, short_verdict, verdict
from .order import RunningOrderLine, lines_of, told_unless_same, unless_same
from .previewing import Asked, PressPreview, preview_press

MINUTE = timedelta(minutes=1)
UNDO_SHOWN_FOR = timedelta(minutes=1)
LATELY = timedelta(minutes=15)
SHORTLY = ("2", "5")  # minutes that a set is given with one tap


@dataclass(frozen=True, slots=True)
class OnNow:
    """The set that is on, with ``left`` to go or over; ``end``: the effect of ending it, ``longer``: of extending."""

    slot: Slot
    started_at: datetime
    should_end_at: datetime
    played: int
    minutes: int
    left: timedelta
    is_over: bool
    end: PressPreview
    longer: tuple[PressPreview, ...]

    @property
    def left_minutes(self) -> int:
        """Of what is left, a part of a minute counted as one."""
        return -(-self.left // MINUTE)


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next.

    ``told_at`` is what people are told, if it differs from what is shown. ``here_at``: since when the act is here;
    ``may_check_in``: somebody can say so by now. ``start`` is the effect of starting it now.
    """

    slot: Slot
    seen: ProjectedSlot
    planned_at: datetime | None
    told_at: datetime | None
    lateness: Tag | None
    here_at: datetime | None
    may_check_in: bool
    start: PressPreview


@dataclass(frozen=True, slots=True)
class StageTab:
    """One stage in a few words: what is on, what comes next and when, how late, how many alerts."""

    stage: Stage
    is_shown: bool
    on: Slot | None
    next: Slot | None
    next_at: datetime | None
    short: Tag | None
    alerts: int


@dataclass(frozen=True, slots=True)
class LastPress:
    """The newest press on the stage: the reader's own for a minute, to be undone; else anybody's, to be known.

    ``gone_at``: when the first is shown no longer. ``untold_until``: until then nobody has been told of it.
    """

    press: Press
    is_own: bool
    gone_at: datetime
    untold_until: datetime


@dataclass(frozen=True, slots=True)
class Tonight:
    """One stage of the night.

    ``sheet`` is a press that was asked for, ``cancel`` the effect of canceling the same slot. ``tap_id``: how many
    other slots the same tap pressed, by press id. ``others``: who else has marked something lately. ``is_untouched``:
    nothing was pressed on it yet.
    """

    stage: StageNight
    verdict: tuple[Tag, ...]
    tabs: tuple[StageTab, ...]
    alerts: tuple[Alert, ...]
    on: OnNow | None
    coming: Coming | None
    sheet: PressPreview | None
    cancel: PressPreview | None
    lines: tuple[RunningOrderLine, ...]
    last_press: LastPress | None
    tap_id: Mapping[int, int]
    others: tuple[str, ...]
    is_untouched: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the night itself: the presses in force by slot, open calls, call_lead, who is here."""

    presses: Mapping[int, Press]
    calls: Sequence[Call]
    lead: timedelta | None
    here: WhoIsHere


def tonight(
    outlook: Outlook, stage: StageNight, asked: Asked | None, known: Known, actor: Actor, stages: Sequence[StageNight]
) -> Tonight:
    """One of the ``stages`` of a day, as its page shows it to ``actor``, with the press that was ``asked`` for."""
    presses = known.presses
    here = [presses[slot.id] for slot in stage.slots if slot.id in presses]
    found = {each.key: alerts_on(Scene(each, known.here, known.calls, known.lead)) for each in stages}
    return Tonight(
        stage=stage,
        verdict=verdict(stage.late, stage.projection.over_curfew),
        tabs=tuple(_tab(each, each is stage, len(found[each.key])) for each in stages),
        alerts=with_ways_out(outlook, stage, found[stage.key]),
        on=_on_now(outlook, stage),
        coming=_coming(outlook, stage, known),
        sheet=preview_press(outlook, asked) if asked else None,
        cancel=preview_press(outlook, Asked(Verb.CANCEL, asked.slot)) if asked and asked.verb == Verb.LATE else None,
        lines=tuple(lines_of(outlook, stage, presses, known.here)),
        last_press=_last_press(here, actor, stage.now),
        tap_id=_beside(here),
        others=tuple(sorted(set(_others(presses.values(), actor, stage.now)))),
        is_untouched=not any(plan.pressed_at for plan in stage.plans),
    )


def _tab(stage: StageNight, is_shown: bool, alerts: int) -> StageTab:
    coming = stage.next
    next_at = stage.seen(coming).starts_at if coming else None
    short = short_verdict(stage.late, stage.projection.over_curfew)
    return StageTab(stage.stage, is_shown, stage.on, coming, next_at, short, alerts)


def _last_press(presses: Sequence[Press], actor: Actor, now: datetime) -> LastPress | None:
    own = [
        press
        for press in presses
        if press.is_by(actor.name, actor.coordinator_id) and now - press.pressed_at < UNDO_SHOWN_FOR
    ]
    newest = max(own or presses, key=lambda press: press.id, default=None)
    if newest is None:
        return None
    return LastPress(newest, bool(own), newest.pressed_at + UNDO_SHOWN_FOR, newest.pressed_at + UNDO)


def _others(presses: Iterable[Press], actor: Actor, now: datetime) -> Iterator[str]:
    for press in presses:
        if now - press.pressed_at < LATELY and not press.is_by(actor.name, actor.coordinator_id):
            yield press.by


def _beside(presses: Sequence[Press]) -> dict[int, int]:
    taps = Counter(press.tap_id for press in presses if press.tap_id is not None)
    return {press.id: taps[press.tap_id] - 1 for press in presses if press.tap_id is not None}


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
        left=abs(should_end_at - now),
        is_over=now >= should_end_at,
        end=preview_press(outlook, Asked(Verb.END, slot)),
        longer=tuple(preview_press(outlook, Asked(Verb.EXTEND, slot, minutes)) for minutes in SHORTLY),
    )


def _coming(outlook: Outlook, stage: StageNight, known: Known) -> Coming | None:
    slot = stage.next
    if slot is None:
        return None
    call_at = called_in(outlook.night, slot, known.lead)
    return Coming(
        slot=slot,
        seen=stage.seen(slot),
        planned_at=unless_same(slot, stage.seen(slot)),
        told_at=told_unless_same(stage, slot),
        lateness=lateness_of(stage.seen(slot).late),
        here_at=known.here.since(slot),
        may_check_in=slot.act is not None and check_in_opens(call_at) <= stage.now,
        start=preview_press(outlook, Asked(Verb.START, slot)),
    )
