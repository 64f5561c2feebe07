"""What a small benefit night needs, planned by its doors and its running order."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _

from coordinator.core.show_days import ShowDay
from coordinator.core.timeline import Anchor
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.shifts.actions.bulk_shifts import ShiftDraft
from coordinator.shifts.actions.roles import RoleFacts
from coordinator.shifts.queries.planned import Follows
from coordinator.shifts.refusals.planning import NothingToLayBy
from coordinator.shownight.queries import Night, plan_night

from .changeovers import crew_at_every_changeover
from .drafts import BulkDraft, Pattern

QUARTER = timedelta(minutes=15)
BEFORE_FIRST = timedelta(minutes=30)  # doors, if nobody has said when they open
SET_UP = timedelta(minutes=90)
CLEAR_UP = timedelta(minutes=60)
AT_CHANGEOVERS = timedelta(minutes=5)  # the crew is ready so long before


def small_benefit(event: Event) -> BulkDraft:
    """For each show day set up, front door in two shifts, tea and bar, changeover crew, clear up.

    Raises NothingToLayBy.
    """
    planned = plan_night(event.id)
    crew = _work(_("Changeover crew"), 1, 2, _("Carry gear and plug it in between two acts."), works_changeovers=True)
    changeovers = crew_at_every_changeover(event, event.stages, crew, before=AT_CHANGEOVERS).drafts
    drafts = [draft for day in event.days for draft in _of_a_day(planned.on_day(day), day, changeovers)]
    if not drafts:
        raise NothingToLayBy
    return BulkDraft(tuple(drafts))


def _of_a_day(planned: Night, day: ShowDay, changeovers: Sequence[ShiftDraft]) -> Iterator[ShiftDraft]:
    """Nothing on a day of which it is not known when it begins or ends."""
    doors_at, ends_at = _from_to(planned, day) or (None, None)
    if doors_at is None or ends_at is None:
        return
    half_at = doors_at + (ends_at - doors_at) // 2 // QUARTER * QUARTER
    door = _work(_("Front door"), 1, 2, _("Greet people and take donations; you can sit."))
    yield _work(_("Set up"), 2, 4, _("Chairs, tables, signs; some lifting.")).at(doors_at - SET_UP, doors_at - QUARTER)
    yield door.at(doors_at - QUARTER, half_at)
    yield door.at(half_at, ends_at)
    yield _work(_("Tea and bar"), 1, 2, _("Serve drinks; on your feet.")).at(doors_at, ends_at)
    slots = {slot.id for slot in planned.slots}
    yield from (draft for draft in changeovers if draft.follows and draft.follows.slot_id in slots)
    yield _clear_up(planned, ends_at)


def _work(name: str, least: int, most: int, note: str, *, works_changeovers: bool = False) -> Pattern:
    return Pattern(RoleFacts(name, note, works_changeovers), least, most)


def _from_to(planned: Night, day: ShowDay) -> tuple[datetime, datetime] | None:
    """Doors, and the end of the last set, else curfew; None on a day of which that is not known, or too short."""
    slots = _not_cancelled(planned)
    doors_at = day.doors_at or (min(slot.starts_at for slot in slots) - BEFORE_FIRST if slots else None)
    ends = [slot.starts_at + slot.length for slot in slots] or [*day.curfews.values()]
    if doors_at is None or not ends or max(ends) - doors_at < 2 * QUARTER:
        return None
    return doors_at, max(ends)


def _clear_up(planned: Night, ends_at: datetime) -> ShiftDraft:
    """After the last set, whenever it really ends."""
    work = _work(_("Clean up"), 2, 6, _("Many hands make light work."))
    last = max(_not_cancelled(planned), key=lambda slot: slot.starts_at + slot.length, default=None)
    follows = Follows(last.id, Anchor.SET_END, Anchor.SET_END, after=CLEAR_UP) if last else None
    moving = work.following(follows, planned) if follows else None
    return moving or work.at(ends_at, ends_at + CLEAR_UP)


def _not_cancelled(planned: Night) -> list[Slot]:
    return [slot for slot in planned.slots if slot.cancelled_at is None]
