"""What one press does to a slot: pure, so that a preview and the press itself cannot disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from coordinator.core.timeline import NOTHING, SlotPlan

from ..models import MOST_LATE, Verb
from ..refusals import (
    EndsBeforeItStarts,
    MinutesOutOfRange,
    NothingToCorrect,
    NotThen,
    NotYet,
    SetHasEnded,
    SetHasNotStarted,
    SetHasStarted,
    SlotIsCancelled,
    SlotIsNotCancelled,
)

MOST_LONGER = 120


@dataclass(frozen=True, slots=True)
class ProposedPress:
    """A press that has not been made yet.

    ``minutes``: how late after the advertised time (0 withdraws it), or how much longer. ``at``: when a start or an end
    really was; None: now. ``corrects``: it was marked before, for another instant. ``merges``: the press itself was
    made ``at`` that instant and arrives only now; it counts as if it had come then, whatever was marked since.
    """

    verb: str  # a Verb
    slot_id: int
    minutes: int | None = None
    at: datetime | None = None
    corrects: bool = False
    merges: bool = False

    def on(self, name: str, plans: Sequence[SlotPlan], key: str, now: datetime) -> Pressed:
        """The slot of this name and key, among its stage's plans in order, as it is being pressed.

        Raises NotThen if ``at`` is before a fact of a slot further up, or after one of a slot further down.
        """
        place = next(number for number, plan in enumerate(plans) if plan.key == key)
        if self.at is not None and not self.merges:
            _must_fit(self.at, name, plans[:place], plans[place + 1 :])
        return Pressed(name, plans[place], self.at or now, self.minutes, self.corrects)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A slot that is being pressed: its name, its plan and facts, and the instant of the press."""

    name: str
    plan: SlotPlan
    at: datetime
    minutes: int | None = None
    corrects: bool = False


def after_press(verb: str, pressed: Pressed, now: datetime) -> SlotPlan:
    """The slot's plan and facts after the press.

    Raises a CannotPress: what has happened cannot happen again, a fact is never later than ``now``, late takes 0 to 240
    minutes and extend 1 to 120. It is no refusal that another set is still on: it ends when this one starts.
    """
    if pressed.at > now:
        raise NotYet
    return AFTER[verb](pressed)


def _start(pressed: Pressed) -> SlotPlan:
    plan = pressed.plan
    if pressed.corrects:
        _must_have_started(pressed)
    elif plan.ended_at and pressed.at < plan.ended_at:
        _must_have_no_start(pressed)  # only its end was marked
    else:
        _must_be_to_come(pressed)
    return replace(plan, started_at=pressed.at)


def _end(pressed: Pressed) -> SlotPlan:
    plan = pressed.plan
    if not pressed.corrects:
        _must_stand(pressed)  # a missing start is inferred
    elif plan.cancelled or plan.ended_at is None:
        raise NothingToCorrect(pressed.name)
    if plan.started_at and pressed.at < plan.started_at:
        raise EndsBeforeItStarts(pressed.name)
    return replace(plan, ended_at=pressed.at)


def _extend(pressed: Pressed) -> SlotPlan:
    _must_be_on(pressed)
    return replace(pressed.plan, extension=pressed.plan.extension + _minutes(pressed, 1, MOST_LONGER))


def _late(pressed: Pressed) -> SlotPlan:
    """It can also be withdrawn after the set has started: until then, people after it were told of it."""
    late_by = _minutes(pressed, 0, MOST_LATE)
    if late_by == NOTHING and pressed.plan.late_by is not None and not pressed.plan.cancelled:
        return replace(pressed.plan, late_by=None)
    _must_be_to_come(pressed)
    return replace(pressed.plan, late_by=late_by if late_by > NOTHING else None)


def _cancel(pressed: Pressed) -> SlotPlan:
    if pressed.plan.cancelled:
        raise SlotIsCancelled(pressed.name)
    return replace(pressed.plan, cancelled=True)


def _restore(pressed: Pressed) -> SlotPlan:
    if not pressed.plan.cancelled:
        raise SlotIsNotCancelled(pressed.name)
    return replace(pressed.plan, cancelled=False)


AFTER: Mapping[str, Callable[[Pressed], SlotPlan]] = MappingProxyType(
    {
        Verb.START: _start,
        Verb.END: _end,
        Verb.EXTEND: _extend,
        Verb.LATE: _late,
        Verb.CANCEL: _cancel,
        Verb.RESTORE: _restore,
    }
)


def _must_fit(at: datetime, name: str, ahead: Sequence[SlotPlan], behind: Sequence[SlotPlan]) -> None:
    """Whatever was marked further up the running order was before, whatever was marked further down was after."""
    if any(fact > at for fact in _facts(ahead)) or any(fact < at for fact in _facts(behind)):
        raise NotThen(name)


def _facts(plans: Sequence[SlotPlan]) -> Iterator[datetime]:
    for plan in plans:
        if not plan.cancelled:
            yield from (fact for fact in (plan.started_at, plan.ended_at) if fact)


def _must_be_to_come(pressed: Pressed) -> None:
    _must_stand(pressed)
    _must_have_no_start(pressed)


def _must_have_no_start(pressed: Pressed) -> None:
    if pressed.plan.cancelled:
        raise SlotIsCancelled(pressed.name)
    if pressed.plan.started_at:
        raise SetHasStarted(pressed.name)


def _must_have_started(pressed: Pressed) -> None:
    """And not ended before the instant."""
    plan = pressed.plan
    if plan.cancelled or plan.started_at is None:
        raise NothingToCorrect(pressed.name)
    if plan.ended_at and pressed.at > plan.ended_at:
        raise EndsBeforeItStarts(pressed.name)


def _must_be_on(pressed: Pressed) -> None:
    _must_stand(pressed)
    if not pressed.plan.started_at:
        raise SetHasNotStarted(pressed.name)


def _must_stand(pressed: Pressed) -> None:
    if pressed.plan.cancelled:
        raise SlotIsCancelled(pressed.name)
    if pressed.plan.ended_at:
        raise SetHasEnded(pressed.name)


def _minutes(pressed: Pressed, least: int, most: int) -> timedelta:
    if pressed.minutes is None or not least <= pressed.minutes <= most:
        raise MinutesOutOfRange(least, most)
    return timedelta(minutes=pressed.minutes)
