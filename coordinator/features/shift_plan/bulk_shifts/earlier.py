"""The roles and shifts of an earlier event, moved to the doors or the start of this one."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from coordinator.core.show_time import instant_of_fold, local_text, zone_named
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.shifts.actions.bulk_shifts import ShiftDraft
from coordinator.shifts.actions.roles import RoleFacts
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import Follows, follows_of, roles_of, shifts_of
from coordinator.shifts.refusals.planning import NothingToLayBy
from coordinator.shownight.queries import Night, plan_night

from .drafts import BulkDraft, Pattern


def as_last_time(event: Event, earlier: Event) -> BulkDraft:
    """The earlier event's shifts, without its people.

    A fixed shift is as far from doors (or from the start of the show, unless both have doors) on the wall clock as it
    was then; a shift that followed a slot follows the slot in the same position. Raises NothingToLayBy.
    """
    now, then = plan_night(event.id), plan_night(earlier.id)
    to, by = _starts_of(event, now, earlier, then)
    slots = _same_places(now, then)
    drafts: list[ShiftDraft] = []
    left_out: list[str] = []
    for shift in shifts_of(earlier):
        if shift.cancelled_at is not None:
            continue
        draft = (
            _following(shift, slots, now)
            if follows_of(shift)
            else _at_fixed_times(shift, to, by, zone_named(event.zone))
        )
        if draft is None:
            left_out.append(_("%(role)s has no matching slot to follow here.", role=called(shift.role)))
        else:
            drafts.append(draft)
    return BulkDraft(tuple(drafts), tuple(RoleFacts.of(role) for role in roles_of(earlier)), tuple(left_out))


def _starts_of(event: Event, now: Night, earlier: Event, then: Night) -> tuple[datetime, datetime]:
    """The wall time to plan by, now and then."""
    doors, their_doors = event.days[0].doors_at, earlier.days[0].doors_at
    if doors and their_doors:
        at, were_at = local_text(doors, zone_named(event.zone)), local_text(their_doors, zone_named(earlier.zone))
        return _wall(at), _wall(were_at)
    if not now.slots or not then.slots:
        raise NothingToLayBy
    first, was = (min(night.slots, key=lambda slot: slot.starts_at) for night in (now, then))
    return _wall(first.starts_local), _wall(was.starts_local)


def _same_places(now: Night, then: Night) -> Mapping[int, int]:
    """For each earlier slot, the slot in the same position of the same stage (by its key, else its position) on the
    same day, counted from the first."""
    pairs: dict[int, int] = {}
    for (_day, stages), (_was_day, were) in zip(now.days, then.days, strict=False):
        keys = {stage.stage.key: stage for stage in stages}
        for place, was in enumerate(were):
            stage = keys.get(was.stage.key) or (stages[place] if place < len(stages) else None)
            pairs |= {old.id: new.id for old, new in zip(was.slots, stage.slots if stage else (), strict=False)}
    return pairs


def _following(shift: Shift, slots: Mapping[int, int], now: Night) -> ShiftDraft | None:
    was = follows_of(shift)
    slot_id = slots.get(was.slot_id) if was else None
    if was is None or slot_id is None:
        return None
    return _pattern(shift).following(Follows(slot_id, was.begins, was.ends, was.before, was.after), now)


def _at_fixed_times(shift: Shift, to: datetime, by: datetime, zone: ZoneInfo) -> ShiftDraft | None:
    starts_at, ends_at = (
        instant_of_fold(to + (_wall(text) - by), zone, second=text.endswith("b"))
        for text in (shift.starts_local, shift.ends_local)
    )
    return _pattern(shift).at(starts_at, ends_at) if starts_at < ends_at else None


def _pattern(shift: Shift) -> Pattern:
    return Pattern(RoleFacts.of(shift.role), shift.min, shift.max, shift.place, shift.call)


def _wall(text: str) -> datetime:
    """A stored local time as clock time."""
    return datetime.fromisoformat(text.removesuffix("b"))
