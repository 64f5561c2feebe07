"""What cannot be done with a shift, each a fact with a sentence that a volunteer can read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class CannotTakeShift(ValueError):
    """Nobody was put on the shift. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class NoSuchShift(CannotTakeShift):
    """The shift was removed."""

    def __init__(self) -> None:
        super().__init__(_l("That shift is no longer there. Please choose another."))


class ShiftIsCancelled(CannotTakeShift):
    """It does not take place."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s was called off. Please choose another shift.", role=role))


class ShiftIsOver(CannotTakeShift):
    """It has ended."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s is over already. Please choose another shift.", role=role))


class ShiftIsFull(CannotTakeShift):
    """Every place is taken."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s has just filled up. Please choose another shift.", role=role))


class AlreadyOnShift(CannotTakeShift):
    """This person has a place on it."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("You are down for %(role)s already.", role=role))


class ShiftClashes(CannotTakeShift):
    """The person has something else to do at the same time; ``clashes_with`` is its name."""

    def __init__(self, role: str, clashes_with: str) -> None:
        self.clashes_with = clashes_with
        super().__init__(
            _l("%(role)s is at the same time as %(other)s, which you have already.", role=role, other=clashes_with)
        )


class CannotLeaveShift(ValueError):
    """The sign-up stays as it is. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class ShiftHasBegun(CannotLeaveShift):
    """From its start on, only a coordinator takes somebody off a shift."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s has begun. Please tell a coordinator if you cannot stay.", role=role))


class NotOnShift(CannotLeaveShift):
    """The person had no place on it any more."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("You are no longer down for %(role)s.", role=role))


class ImpossibleShift(ValueError):
    """A shift was given times or places that cannot be. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class EndsBeforeItBegins(ImpossibleShift):
    """The end is not after the start."""

    def __init__(self) -> None:
        super().__init__(_l("A shift must end after it begins."))


class PlacesOutOfRange(ImpossibleShift):
    """Fewer places than people needed, or none at all."""

    def __init__(self) -> None:
        super().__init__(_l("A shift needs at least one place, and no more people than it has places."))


class PlacesAreTaken(ImpossibleShift):
    """More people have a place than would be left."""

    def __init__(self, taken: int) -> None:
        super().__init__(
            _l("%(taken)s people are on this shift. Take somebody off before you give it fewer places.", taken=taken)
        )


class NoRoleName(ImpossibleShift):
    """A role was given no name, or one longer than 120 letters."""

    def __init__(self) -> None:
        super().__init__(_l("Please say what the work is, in 120 letters at most."))


class CodeRefused(ValueError):
    """The code proves nothing. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class WrongCode(CodeRefused):
    """Not the digits that were sent; ``tries_left`` more may follow."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(_l("That is not the code. Check the newest text from us; it has 6 digits."))


class CodeIsOver(CodeRefused):
    """Used, too old, or tried too often."""

    def __init__(self) -> None:
        super().__init__(_l("This code no longer works. Ask for a new one below."))
