"""The roles and shifts of an earlier event, laid by the doors or the start of this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ...core.show_time import instant_of, is_repeated, zone_named
from ...events.models import Event
from ...shifts.actions import RoleFacts, ShiftDraft
from ...shifts.models import Shift
from ...shifts.queries import Follows, follows_of, roles_of, shifts_of
from ...shifts.refusals import NothingToLayBy
from ...shownight.queries import Night, plan_night
from .drafts import Laying, Pattern


def as_last_time(event: Event, earlier: Event) -> Laying:
    """What the earlier event had, without its people.

    A fixed shift is as far from doors (or from the start of the show, where not both have doors) on the wall clock as
    it was then; one that followed a slot follows the slot in the same place. Raises NothingToLayBy.
    """
    now, then = plan_night(event.id), plan_night(earlier.id)
    to, by = _starts_of(event, now, earlier, then)
    slots = _same_places(now, then)
    drafts: list[ShiftDraft] = []
    left_out: list[str] = []
    for shift in shifts_of(earlier):
        if shift.cancelled_at is not None:
            continue
        draft = _following(shift, slots, now) if follows_of(shift) else _standing(shift, to, by, zone_named(event.zone))
        if draft is None:
            left_out.append(_("%(role)s has nothing to follow in the same place.", role=shift.role.name))
        else:
            drafts.append(draft)
    return Laying(tuple(drafts), tuple(RoleFacts.of(role) for role in roles_of(earlier)), tuple(left_out))


def _starts_of(event: Event, now: Night, earlier: Event, then: Night) -> tuple[datetime, datetime]:
    """The wall time to lay by, and what it was then."""
    if event.doors_local and earlier.doors_local:
        return _wall(event.doors_local), _wall(earlier.doors_local)
    if not now.slots or not then.slots:
        raise NothingToLayBy
    first, was = (min(night.slots, key=lambda slot: slot.starts_at) for night in (now, then))
    return _wall(first.starts_local), _wall(was.starts_local)


def _same_places(now: Night, then: Night) -> Mapping[int, int]:
    """The slot in the same place of the same stage (by its key, else its place), by the slot of then."""
    keys = {stage.stage.key: stage for stage in now.stages}
    pairs: dict[int, int] = {}
    for place, was in enumerate(then.stages):
        stage = keys.get(was.stage.key) or (now.stages[place] if place < len(now.stages) else None)
        pairs |= {old.id: new.id for old, new in zip(was.slots, stage.slots if stage else (), strict=False)}
    return pairs


def _following(shift: Shift, slots: Mapping[int, int], now: Night) -> ShiftDraft | None:
    was = follows_of(shift)
    slot_id = slots.get(was.slot_id) if was else None
    if was is None or slot_id is None:
        return None
    return _pattern(shift).following(Follows(slot_id, was.begins, was.ends, was.before, was.after), now)


def _standing(shift: Shift, to: datetime, by: datetime, zone: ZoneInfo) -> ShiftDraft | None:
    starts_at, ends_at = (
        _instant(to + (_wall(text) - by), zone, second=text.endswith("b"))
        for text in (shift.starts_local, shift.ends_local)
    )
    return _pattern(shift).at(starts_at, ends_at) if starts_at < ends_at else None


def _pattern(shift: Shift) -> Pattern:
    return Pattern(RoleFacts.of(shift.role), shift.min, shift.max, shift.place, shift.call)


def _wall(text: str) -> datetime:
    """A stored local time as the clock says it."""
    return datetime.fromisoformat(text.removesuffix("b"))


def _instant(local: datetime, zone: ZoneInfo, *, second: bool) -> datetime:
    """Never asks: an hour that comes twice is its first passing, unless it was the second then too."""
    return instant_of(local, zone, fold=1 if second and is_repeated(local, zone) else 0)
