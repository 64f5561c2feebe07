"""A crew at every changeover."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from flask_babel import gettext as _

from coordinator.core.timeline import Anchor
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Slot
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import Follows, shifts_of
from coordinator.shownight.queries import plan_night

from .drafts import BulkDraft, Pattern

NOTHING = timedelta(0)


def crew_at_every_changeover(
    event: Event, stages: Sequence[Stage], pattern: Pattern, *, before: timedelta = NOTHING, after: timedelta = NOTHING
) -> BulkDraft:
    """A shift for each slot of these stages whose changeover has none in this role yet; it follows the slot."""
    planned = plan_night(event.id)
    chosen = [stage for stage in planned.stages if stage.stage in stages]
    slots = [slot for stage in chosen for slot in stage.slots if slot.cancelled_at is None]
    served = set(_served(shifts_of(event), pattern.role.called))
    open_slots = [slot for slot in slots if slot.id not in served]
    drafts = {slot: pattern.following(_with(slot, before, after), planned) for slot in open_slots}
    return BulkDraft(
        tuple(draft for draft in drafts.values() if draft is not None),
        left_out=tuple(
            _("There's no changeover before %(name)s.", name=slot.name) for slot, draft in drafts.items() if not draft
        ),
    )


def _with(slot: Slot, before: timedelta, after: timedelta) -> Follows:
    return Follows(slot.id, Anchor.CHANGEOVER_START, Anchor.SET_START, before, after)


def _served(shifts: Sequence[Shift], work: str) -> Iterator[int]:
    for shift in shifts:
        is_such = shift.role.goes_by(work) and shift.follows_from == Anchor.CHANGEOVER_START
        if is_such and shift.follows_slot_id is not None:
            yield shift.follows_slot_id
