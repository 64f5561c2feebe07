"""Why a change of the running order is refused, each with a sentence that a coordinator can read."""

from datetime import datetime

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from coordinator.core.show_time import calendar_day, zone_named
from coordinator.core.wording import with_times
from coordinator.spoken import on_page


class CannotPlan(ValueError):
    """A change of the plan that is refused; nothing was changed."""


class NoSlotName(CannotPlan):
    """A slot needs an act or a title."""

    def __init__(self) -> None:
        super().__init__(_l("Enter who's playing, or what it is."))


class LengthOutOfRange(CannotPlan):
    """A slot takes from one minute to one day."""

    def __init__(self) -> None:
        super().__init__(_l("A slot can be 1 to 1440 minutes long."))


class ChangeoverOutOfRange(CannotPlan):
    """The minimum changeover is between zero and the normal one."""

    def __init__(self) -> None:
        super().__init__(_l("A changeover takes 0 to 1440 minutes, and its minimum can't be longer than that."))


class SlotWasTold(CannotPlan):
    """Someone was told about the slot: it can be cancelled, so that they hear about it, but not removed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l(
                "%(name)s already knows about this slot. Cancel it instead of removing it, so they get the news.",
                name=name,
            )
        )


class SlotHasBegun(CannotPlan):
    """A slot that has started keeps its time."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has already started, so its time won't change.", name=name))


class SlotIsPinned(CannotPlan):
    """The slot must start at its time, whatever moves around it."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s must start at its time. Uncheck that first if it can move.", name=name))


class OutsideTheDay(CannotPlan):
    """A show's day runs from 05:00 to 05:00."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s would fall outside the show day, which runs from 5 AM to 5 AM.", name=name))


class SlotIsConfirmed(CannotPlan):
    """The act has said yes."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has confirmed. Confirm that you're sure, then remove it again.", name=name))


class TooEarly(ValueError):
    """Said of someone's presence before it can be so; nothing was changed. ``from_at``: from when it can be said."""

    def __init__(self, words: object, from_at: datetime, zone: str) -> None:
        said = on_page(zone, str(get_locale() or "en"))
        day = said.day(calendar_day(from_at, zone_named(zone)))
        super().__init__(with_times(str(words) % {"time": said.clock(from_at), "day": day}))
        self.from_at = from_at


class CheckInNotOpen(TooEarly):
    """Nobody is there before check-in opens, an hour before they must be there."""

    def __init__(self, opens_at: datetime, zone: str) -> None:
        super().__init__(_l("Check-in opens at %(time)s on %(day)s."), opens_at, zone)
