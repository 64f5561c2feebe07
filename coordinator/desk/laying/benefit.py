"""What a small benefit night needs, laid by its doors and its running order."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _

from ...core.timeline import Anchor
from ...events.models import Event
from ...lineup.models import Slot
from ...shifts.actions import RoleFacts, ShiftDraft
from ...shifts.queries import Follows
from ...shifts.refusals import NothingToLayBy
from ...shownight.queries import Night, plan_night
from .changeovers import crew_at_every_changeover
from .drafts import Laying, Pattern

QUARTER = timedelta(minutes=15)
BEFORE_FIRST = timedelta(minutes=30)  # doors, where nobody has said when they open
SET_UP = timedelta(minutes=90)
CLEAR_UP = timedelta(minutes=60)
AT_CHANGEOVERS = timedelta(minutes=5)  # the crew stands ready so long before


def small_benefit(event: Event) -> Laying:
    """Set up, front door in two shifts, tea and bar, changeover crew, clear up. Raises NothingToLayBy."""
    planned = plan_night(event.id)
    doors_at, ends_at = _from_to(event, planned)
    half_at = doors_at + (ends_at - doors_at) // 2 // QUARTER * QUARTER
    door = _work(_("Front door"), 1, 2, _("Greet people and take donations; one can sit."))
    crew = _work(_("Changeover crew"), 1, 2, _("Carry and plug in between two acts."), works_changeovers=True)
    changeovers = crew_at_every_changeover(event, event.stages, crew, before=AT_CHANGEOVERS)
    return Laying(
        (
            _work(_("Set up"), 2, 4, _("Chairs, tables, signs; some lifting.")).at(doors_at - SET_UP, doors_at),
            door.at(doors_at - QUARTER, half_at),
            door.at(half_at, ends_at),
            _work(_("Tea and bar"), 1, 2, _("Serve drinks; on your feet.")).at(doors_at, ends_at),
            *changeovers.drafts,
            _clear_up(planned, ends_at),
        )
    )


def _work(name: str, least: int, most: int, note: str, *, works_changeovers: bool = False) -> Pattern:
    return Pattern(RoleFacts(name, note, works_changeovers), least, most)


def _from_to(event: Event, planned: Night) -> tuple[datetime, datetime]:
    """Doors, and the end of the last set; else curfew."""
    slots = _standing(planned)
    doors_at = event.doors_at or (min(slot.starts_at for slot in slots) - BEFORE_FIRST if slots else None)
    curfews = [stage.curfew_at for stage in event.stages if stage.curfew_at is not None]
    ends = [slot.starts_at + slot.length for slot in slots] or curfews
    if doors_at is None or not ends or max(ends) - doors_at < 2 * QUARTER:
        raise NothingToLayBy
    return doors_at, max(ends)


def _clear_up(planned: Night, ends_at: datetime) -> ShiftDraft:
    """After the last set, wherever that ends in the end."""
    work = _work(_("Clear up"), 2, 6, _("Many hands, short work."))
    last = max(_standing(planned), key=lambda slot: slot.starts_at + slot.length, default=None)
    follows = Follows(last.id, Anchor.SET_END, Anchor.SET_END, after=CLEAR_UP) if last else None
    moving = work.following(follows, planned) if follows else None
    return moving or work.at(ends_at, ends_at + CLEAR_UP)


def _standing(planned: Night) -> list[Slot]:
    return [slot for slot in planned.slots if slot.cancelled_at is None]
