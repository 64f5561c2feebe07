"""The night as it is, ready to be asked what any press or change of the plan would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from coordinator.core.consequences import SeenNight, consequences_of, forecast_of, move
from coordinator.core.reminders import SeenPlan
from coordinator.db import trial
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.messaging.queries.outbox import opted_out
from coordinator.people.models import Person
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.clashes import commitments_in
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shownight.actions.presses import ProposedPress, after_press
from coordinator.shownight.actions.pressing import must_not_be_held
from coordinator.shownight.queries import Night, night
from coordinator.shownight.refusals import NoSuchSlot

from ..queries.known import known_times
from ..queries.plans import observe_plans, seen_plans
from ..queries.rules import rules_of
from ..queries.subjects import Subject, subjects_of
from ..queries.threads import Thread, threads_of
from .effects import Consequences, Effect
from .nights import Beholder


def preview(event_id: int, press: ProposedPress, now: datetime, *, sender: str | None = None) -> Effect:
    """What the press would do at ``now``. Raises the CannotPress that the press itself would raise.

    ``sender``: the number texts come from, so that those who opted out of it are not counted.
    """
    return outlook(event_id, now, sender=sender).effect(press)


def outlook(event_id: int, now: datetime, *, sender: str | None = None) -> Outlook:
    """All that is needed to preview any press of the event's night; ``sender`` as in ``preview``."""
    tonight = night(event_id, now)
    shifts, seen = shifts_of(tonight.event), seen_plans(event_id)
    subjects = subjects_of(tonight.event, tonight, shifts, observe_plans(tonight, shifts, seen))
    phones = {recipient.person.phone or "" for subject in subjects for recipient in subject.recipients}
    silent = opted_out(phones, sender)
    rules = {rule.key: rule for rule in rules_of(event_id)}
    commitments = commitments_in(tonight.event, tonight, [one.shift for one in subjects if one.shift])
    beholder = Beholder(threads_of(event_id), rules, frozenset(silent), known_times(event_id), commitments)
    return Outlook(tonight, shifts, seen, subjects, beholder, beholder.see(tonight, subjects))


def consequences_of_change(
    event: Event, change: Callable[[], object], now: datetime, *, sender: str | None = None
) -> Consequences:
    """What a change of the plan would do, found by making it and rolling it back.

    So the preview and what happens afterwards cannot disagree. ``sender`` as in ``preview``. Raises whatever the change
    itself raises. Don't call it within a transaction, which would keep the change.
    """
    with trial() as session:
        ahead = outlook(event.id, now, sender=sender)
        change()
        session.flush()
        session.expire_all()  # everything that depends on the changed rows is read again
        return ahead.once_changed(sender=sender)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The night as it is, whom it concerns, and what they were told.

    ``seen``: what the last look saw of each plan. Nothing is read again for another press.
    """

    night: Night
    shifts: Sequence[Shift] = field(repr=False)
    seen: Mapping[str, SeenPlan] = field(repr=False)
    subjects: Sequence[Subject]
    beholder: Beholder = field(repr=False)
    before: SeenNight[Person] = field(repr=False)

    @property
    def threads(self) -> Mapping[tuple[str, int], Thread]:
        return self.beholder.threads

    def effect(self, press: ProposedPress) -> Effect:
        """What this press would do. Raises the CannotPress that the press itself would raise."""
        slot = next((slot for slot in self.night.slots if slot.id == press.slot_id), None)
        if slot is None:
            raise NoSuchSlot
        return self.effect_of(press, slot, self.supposing(press, slot))

    def supposing(self, press: ProposedPress, slot: Slot) -> Night:
        """The night once this is pressed. Raises the CannotPress that the press itself would raise."""
        now, stage = self.night.now, self.night.stage_of(slot.id)
        must_not_be_held(stage, press)
        pressed = press.on(slot.name, stage.plans, slot.key, now)
        return self.night.supposing(slot.id, after_press(press.verb, pressed, now))

    def effect_of(self, press: ProposedPress, slot: Slot, supposed: Night) -> Effect:
        """What would happen if the night became ``supposed``, by this press or by several that end with it."""
        plans = observe_plans(supposed, self.shifts, self.seen)
        subjects = subjects_of(supposed.event, supposed, self.shifts, plans)
        after = self.beholder.see(supposed, subjects, self.before.known)
        found = consequences_of(self.before, after)
        was, will = self.night.seen(slot.id), supposed.seen(slot.id)
        values: dict[str, Any] = {each.name: getattr(found, each.name) for each in fields(found)}
        return Effect(
            **values,
            press=press,
            slot=slot,
            start=move(was.starts_at, will.starts_at),
            set_end=move(was.ends_at, will.ends_at),
            forecast=forecast_of(self.before, after, self.night.stage_of(slot.id).key),
        )

    def calling_off(self, shift_id: int) -> Consequences:
        """What calling this shift off would do."""
        subjects = [
            one._replace(is_called_off=True) if one.shift and one.shift.id == shift_id else one for one in self.subjects
        ]
        return consequences_of(self.before, self.beholder.see(self.night, subjects, self.before.known))

    def once_changed(self, *, sender: str | None) -> Consequences:
        """What a change did that was made to the rows since the outlook was taken."""
        later = outlook(self.night.event.id, self.night.now, sender=sender)
        after = later.beholder.see(later.night, later.subjects, {**later.before.known, **self.before.known})
        return consequences_of(self.before, after)
