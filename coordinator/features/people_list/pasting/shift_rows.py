"""One line of a pasted table as a shift."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from coordinator.core.sheets import ShiftLine, WallTime
from coordinator.core.show_time import instant_of_fold, is_missing, is_repeated, zone_named
from coordinator.events.models import Event
from coordinator.shifts.actions.bulk_shifts import ShiftDraft
from coordinator.shifts.actions.planning import MOST_PLACES
from coordinator.shifts.actions.roles import RoleFacts

from .lines import WrongLine, must_be_readable

LONGEST_CALL = 1440  # minutes


def draft_of(line: ShiftLine, event: Event) -> ShiftDraft:
    """The shift that the line plans. Raises WrongLine."""
    name = must_be_readable(line.role, 120, _("Say what the work is, in 120 characters or fewer."))
    place = must_be_readable(line.place or "", 200, _("Places are limited to 200 characters."))
    starts_at, ends_at = (_instant(line, each, which, event) for each, which in _ends(line))
    if ends_at <= starts_at:
        raise WrongLine(_("A shift must end after it starts."))
    if any(notice.code == "far" for notice in line.notices):
        raise WrongLine(_("That's more than 31 days from the show. If it's right, add the shift by hand."))
    least, most = _places(line)
    if line.call is not None and line.call > LONGEST_CALL:
        raise WrongLine(_("Call time must be 0 to 1440 minutes before."))
    call = timedelta(minutes=line.call or 0)
    return ShiftDraft(RoleFacts(name), starts_at, ends_at, least, most, None, place or None, call)


def _places(line: ShiftLine) -> tuple[int, int]:
    most = line.most if line.most is not None else max(1, line.least or 1)
    least = line.least if line.least is not None else min(1, most)
    if not (0 <= least <= most and 1 <= most <= MOST_PLACES):
        raise WrongLine(
            _("Min and max must be whole numbers, with max from 1 to %(most)d and no less than min.", most=MOST_PLACES)
        )
    return least, most


def _ends(line: ShiftLine) -> tuple[tuple[WallTime, str], tuple[WallTime, str]]:
    """Both ends with the pass that is meant; an end in the second pass may read no later than its start."""
    first, last = line.passes
    ends = line.ends
    if last == "b" and line.starts.until(ends) >= timedelta(days=1):
        ends = ends.later(timedelta(days=-1))
    return (line.starts, first), (ends, last)


def _instant(line: ShiftLine, wall: WallTime, which: str, event: Event) -> datetime:
    zone: ZoneInfo = zone_named(event.zone)
    local = datetime.combine(line.on + timedelta(days=wall.days_later), time(wall.hour, wall.minute))
    if is_missing(local, zone):
        sentence = _("%(clock)s doesn't exist that night because the clocks go forward.", clock=f"{local:%H:%M}")
        raise WrongLine(sentence)
    if is_repeated(local, zone) and not which:
        sentence = _(
            "%(clock)s happens twice that night because the clocks go back. "
            "Write %(clock)sa for the first or %(clock)sb for the second.",
            clock=f"{local:%H:%M}",
        )
        raise WrongLine(sentence)
    return instant_of_fold(local, zone, second=which == "b")
