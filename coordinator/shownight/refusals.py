"""What cannot be pressed, each a fact with a sentence that the stage manager can read."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class CannotPress(ValueError):
    """A press that is refused; nothing was changed. Its text is a sentence in the reader's language."""


class NoSuchSlot(CannotPress):
    """The slot was removed from the running order."""

    def __init__(self) -> None:
        super().__init__(_l("That slot is no longer in the running order."))


class SetHasStarted(CannotPress):
    """It is on, or was."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has already started.", name=name))


class SetHasEnded(CannotPress):
    """It is over."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s has already finished.", name=name))


class SetHasNotStarted(CannotPress):
    """It is still to come."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s hasn't started yet. Mark it as started first.", name=name))


class SlotIsCancelled(CannotPress):
    """It does not take place."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s is canceled. Bring it back first.", name=name))


class SlotIsNotCancelled(CannotPress):
    """There is nothing to restore."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s isn't canceled.", name=name))


class NotYet(CannotPress):
    """The fact lies in the future."""

    def __init__(self) -> None:
        super().__init__(_l("That hasn't happened yet. Tap when it does."))


class EndsBeforeItStarts(CannotPress):
    """The end lies before the start."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s can't finish before it starts.", name=name))


class NotThen(CannotPress):
    """The instant lies before something that was marked earlier in the running order, or after something later."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("That time doesn't fit what is marked before or after %(name)s.", name=name))


class NoSuchTime(CannotPress):
    """What was typed is no time of day of the last twelve hours."""

    def __init__(self) -> None:
        super().__init__(_l("Enter a time in the last 12 hours, like 7:20 PM."))


class NothingToCorrect(CannotPress):
    """Its start or end was never marked."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("Nobody has marked that for %(name)s yet.", name=name))


class MinutesOutOfRange(CannotPress):
    """More or fewer minutes than make sense, or none at all."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(_l("Enter a whole number of minutes from %(least)d to %(most)d.", least=least, most=most))


class NothingIsOn(CannotPress):
    """No set to finish."""

    def __init__(self, stage: str) -> None:
        super().__init__(_l("Nothing is on at %(stage)s.", stage=stage))


class NothingToCome(CannotPress):
    """No set to start, or to be late."""

    def __init__(self, stage: str) -> None:
        super().__init__(_l("Nothing more is coming up at %(stage)s.", stage=stage))


class NothingToUndo(CannotPress):
    """There is no such press, or it was undone already."""

    def __init__(self) -> None:
        super().__init__(_l("That was already undone."))


class PressedSince(CannotPress):
    """Something else was pressed for the same slot afterwards; that must be undone first."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("Something else has been marked for %(name)s since then. Undo that first.", name=name))


class TooLateToUndo(CannotPress):
    """The time in which it could be undone is over."""

    def __init__(self, minutes: int) -> None:
        super().__init__(_l("You can undo that for only %(minutes)d min.", minutes=minutes))


class NotAsShown(CannotPress):
    """The press would do something else now than it was shown to do."""

    def __init__(self) -> None:
        super().__init__(_l("Nothing was marked: the night has changed since this was shown."))


class NotYourPress(CannotPress):
    """Someone else pressed it, or on another stage; that is undone only by asking for that very press."""

    def __init__(self, name: str, by: str) -> None:
        super().__init__(_l("%(by)s marked that. To undo it, open %(name)s in the running order.", by=by, name=name))


class NothingIsMissing(CannotPress):
    """What was said is on is on already."""

    def __init__(self) -> None:
        super().__init__(_l("It's already that way. Nothing was marked."))


class StartsInThePast(CannotPress):
    """Nobody can be asked to start at a time that is over."""

    def __init__(self) -> None:
        super().__init__(_l("That time is over. Choose a later one."))


class NotEarlier(CannotPress):
    """To bring a slot forward is to start it before its planned time, and someone has to play it."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("Choose a time before %(name)s is planned to start.", name=name))


class NoLongerOffered(CannotPress):
    """The spot is filled, its time is over, or nobody is asked anymore."""

    def __init__(self) -> None:
        super().__init__(_l("That spot is no longer open."))


class OfferIsAnswered(CannotPress):
    """The act has answered, or someone else was first."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s is no longer being asked.", name=name))


class NoReason(CannotPress):
    """Why a stage is on hold is said to everyone who waits."""

    def __init__(self) -> None:
        super().__init__(_l("Say why, in a few words."))


class NotOnHold(CannotPress):
    """The stage goes on already."""

    def __init__(self, stage: str) -> None:
        super().__init__(_l("%(stage)s isn't on hold.", stage=stage))


class HoldIsTold(CannotPress):
    """The hold can no longer be undone: its texts go out."""

    def __init__(self, stage: str) -> None:
        super().__init__(_l("People are being told that %(stage)s is on hold. Let it go on instead.", stage=stage))


class StageIsHeld(CannotPress):
    """Nothing starts there until somebody lets it go on."""

    def __init__(self, stage: str, why: LazyString | str) -> None:
        super().__init__(_l("%(stage)s is on hold: %(why)s. Let it go on first.", stage=stage, why=why))


class MarkedSince(CannotPress):
    """A press that arrives late is older than what somebody marked for the same slot."""

    def __init__(self, name: str, by: str) -> None:
        super().__init__(_l("%(by)s marked something newer for %(name)s, and that stands.", by=by, name=name))


class TooLongAgo(CannotPress):
    """A press that arrives days after it was made."""

    def __init__(self) -> None:
        super().__init__(_l("You tapped that too long ago for it to count."))


class NotYourStage(CannotPress):
    """Somebody else runs that stage by now."""

    def __init__(self, stage: str) -> None:
        super().__init__(_l("You no longer run %(stage)s.", stage=stage))
