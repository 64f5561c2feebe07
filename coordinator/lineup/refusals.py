"""What cannot be done with the running order, each a fact with a sentence that a coordinator can read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class CannotPlan(ValueError):
    """A change of the plan that is refused; nothing was changed."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class NoSlotName(CannotPlan):
    """A slot must be somebody's or something."""

    def __init__(self) -> None:
        super().__init__(_l("Write who plays, or what it is."))


class LengthOutOfRange(CannotPlan):
    """A slot takes from a minute to a day."""

    def __init__(self) -> None:
        super().__init__(_l("A slot takes from 1 to 1440 minutes."))


class ChangeoverOutOfRange(CannotPlan):
    """The least changeover lies between nothing and the nominal one."""

    def __init__(self) -> None:
        super().__init__(_l("A changeover takes from 0 to 1440 minutes, and its least no more than that."))


class SlotWasTold(CannotPlan):
    """Somebody was told about the slot: it is cancelled, so that they hear of it, and not just removed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l(
                "%(name)s has been told about this slot. Cancel it instead of removing it, so that they hear of it.",
                name=name,
            )
        )


class SlotHasBegun(CannotPlan):
    """What has happened keeps the time at which it happened."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has started already, so its time stays.", name=name))


class SlotIsPinned(CannotPlan):
    """The slot must begin at its time, whatever moves around it."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s must begin at its time. Untick that first if it may change places.", name=name))


class OutsideTheDay(CannotPlan):
    """A show's day runs from 05:00 to 05:00."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l("%(name)s would no longer be on the day of the show, which runs from 5 in the morning to 5.", name=name)
        )


class SlotIsConfirmed(CannotPlan):
    """The act has said yes."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has confirmed. Tick that you mean it, and remove it again.", name=name))
