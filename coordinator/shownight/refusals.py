"""What cannot be pressed, each a fact with a sentence that the stage manager can read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class CannotPress(ValueError):
    """A press that is refused; nothing was changed. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class NoSuchSlot(CannotPress):
    """The slot was removed from the running order."""

    def __init__(self) -> None:
        super().__init__(_l("That slot is no longer in the running order."))


class SetHasStarted(CannotPress):
    """It is on, or was."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has started already.", name=name))


class SetHasEnded(CannotPress):
    """It is over."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has finished already.", name=name))


class SetHasNotStarted(CannotPress):
    """It is still to come."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has not started yet. Set it started first.", name=name))


class SlotIsCancelled(CannotPress):
    """It does not take place."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s is cancelled. Bring it back first.", name=name))


class SlotIsNotCancelled(CannotPress):
    """There is nothing to restore."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s is not cancelled.", name=name))


class NotYet(CannotPress):
    """The fact lies in the future."""

    def __init__(self) -> None:
        super().__init__(_l("That moment has not come yet. Press when it happens."))


class EndsBeforeItStarts(CannotPress):
    """The end lies before the start."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s cannot finish before it started.", name=name))


class MinutesOutOfRange(CannotPress):
    """More or fewer minutes than make sense, or none at all."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(_l("Give a whole number of minutes from %(least)d to %(most)d.", least=least, most=most))


class NothingIsOn(CannotPress):
    """No set to finish."""

    def __init__(self, stage: str) -> None:
        super().__init__(_l("Nothing is on at %(stage)s.", stage=stage))


class NothingToCome(CannotPress):
    """No set to start, or to be late."""

    def __init__(self, stage: str) -> None:
        super().__init__(_l("Nothing more is to come at %(stage)s.", stage=stage))


class NothingToUndo(CannotPress):
    """There is no such press, or it was undone already."""

    def __init__(self) -> None:
        super().__init__(_l("That was undone already."))


class PressedSince(CannotPress):
    """Something else was pressed for the same slot afterwards; that must be undone first."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("Something else was pressed for %(name)s since. Undo that first.", name=name))


class TooLateToUndo(CannotPress):
    """The time in which it could be undone is over."""

    def __init__(self, minutes: int) -> None:
        super().__init__(_l("That can be undone for %(minutes)d minutes only.", minutes=minutes))
