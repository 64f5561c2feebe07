"""Why a role or shift cannot be planned that way, or cannot be removed."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext


class ImpossibleShift(ValueError):
    """A shift was given impossible times or spots. Its text is a sentence in the reader's language."""


class EndsBeforeItBegins(ImpossibleShift):
    """The end is not after the start."""

    def __init__(self) -> None:
        super().__init__(_l("A shift must end after it starts."))


class PlacesOutOfRange(ImpossibleShift):
    """Fewer spots than people needed, or none at all."""

    def __init__(self) -> None:
        super().__init__(_l("A shift needs at least one spot, and can't need more people than it has spots."))


class PlacesAreTaken(ImpossibleShift):
    """More people have a spot than would be left."""

    def __init__(self, taken: int) -> None:
        super().__init__(
            _l("%(taken)s people are on this shift. Remove someone before you give it fewer spots.", taken=taken)
        )


class NoRoleName(ImpossibleShift):
    """A role was given no name, or one longer than 120 characters."""

    def __init__(self) -> None:
        super().__init__(_l("Say what the work is, in 120 characters or fewer."))


class RoleIsThere(ImpossibleShift):
    """Another role of the event has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s already exists. Change that one, or use another name.", name=name))


class RoleHasShifts(ImpossibleShift):
    """The role has shifts; ones that are called off or over count too."""

    def __init__(self, name: str, shifts: int) -> None:
        super().__init__(
            lazy_ngettext(
                "%(name)s has %(num)s shift. Remove it first.",
                "%(name)s has %(num)s shifts. Remove them first.",
                shifts,
                name=name,
            )
        )


class NoSuchAge(ImpossibleShift):
    """A minimum age that nobody has."""

    def __init__(self) -> None:
        super().__init__(_l("A minimum age must be a number of years from 0 to 99."))


class TooManySkills(ImpossibleShift):
    """Too many skills, or one that is too long."""

    def __init__(self, most: int, letters: int) -> None:
        super().__init__(
            _l(
                "List up to %(most)d skills, %(letters)d characters each, separated by commas.",
                most=most,
                letters=letters,
            )
        )


class LengthOutOfReach(ImpossibleShift):
    """A call time, or minutes before or after a slot, below zero or over a day."""

    def __init__(self) -> None:
        super().__init__(_l("Minutes before and after must be whole numbers from 0 to 1440."))


class NothingToFollow(ImpossibleShift):
    """One of the anchors has no time in the plan."""

    def __init__(self) -> None:
        super().__init__(_l("What the shift should follow has no time. Choose a slot, or set doors and curfew first."))


class FollowsNoTime(ImpossibleShift):
    """It would end before it starts, or take no time."""

    def __init__(self) -> None:
        super().__init__(_l("That would last no time at all. Add minutes before or after, or choose a different end."))


class TooManyShifts(ImpossibleShift):
    """More than are added in one go."""

    def __init__(self, most: int) -> None:
        super().__init__(_l("That would be more than %(most)d shifts. Choose fewer.", most=most))


class NothingToLayBy(ImpossibleShift):
    """Neither doors nor a running order gives a time."""

    def __init__(self) -> None:
        super().__init__(_l("Set a doors time or add the first act. Shift times are worked out from it."))


class ShiftHasPeople(ImpossibleShift):
    """Someone is on it, or was there; only calling it off tells them."""

    def __init__(self, people: int) -> None:
        super().__init__(
            lazy_ngettext(
                "%(num)s person is or was on this shift. You can call it off, and they'll be told.",
                "%(num)s people are or were on this shift. You can call it off, and they'll be told.",
                people,
            )
        )


class ShiftWasTold(ImpossibleShift):
    """Texts about it went out, or were planned."""

    def __init__(self) -> None:
        super().__init__(_l("Someone was texted about this shift. You can call it off."))
