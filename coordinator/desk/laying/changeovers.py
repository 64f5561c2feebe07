"""A crew at every changeover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from flask_babel import gettext as _

from ...core.timeline import Anchor
from ...events.models import Event, Stage
from ...lineup.models import Slot
from ...shifts.models import Shift
from ...shifts.queries import Follows, shifts_of
from ...shownight.queries import plan_night
from .drafts import Laying, Pattern

NOTHING = timedelta(0)


def crew_at_every_changeover(
    event: Event, stages: Sequence[Stage], pattern: Pattern, *, before: timedelta = NOTHING, after: timedelta = NOTHING
) -> Laying:
    """A shift with each slot of these stages whose changeover has none of this work yet; it follows the slot."""
    planned = plan_night(event.id)
    slots = [slot for stage in stages for slot in planned.on_stage(stage.id).slots if slot.cancelled_at is None]
    served = set(_served(shifts_of(event), pattern.role.called))
    open_slots = [slot for slot in slots if slot.id not in served]
    drafts = {slot: pattern.following(_with(slot, before, after), planned) for slot in open_slots}
    return Laying(
        tuple(draft for draft in drafts.values() if draft is not None),
        left_out=tuple(
            _("%(name)s has no changeover before it.", name=slot.name) for slot, draft in drafts.items() if not draft
        ),
    )


def _with(slot: Slot, before: timedelta, after: timedelta) -> Follows:
    return Follows(slot.id, Anchor.CHANGEOVER_START, Anchor.SET_START, before, after)


def _served(shifts: Sequence[Shift], work: str) -> Iterator[int]:
    for shift in shifts:
        is_such = shift.role.name.casefold() == work.casefold() and shift.follows_from == Anchor.CHANGEOVER_START
        if is_such and shift.follows_slot_id is not None:
            yield shift.follows_slot_id
