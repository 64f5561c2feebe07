"""Why someone keeps a spot that they wanted to leave or to trade."""

from flask_babel import lazy_gettext as _l

from .taking import CannotTakeShift


class CannotLeaveShift(ValueError):
    """The sign-up stays as it is. Its text is a sentence in the reader's language."""


class ShiftHasBegun(CannotLeaveShift):
    """From its start on, only a coordinator can remove someone from a shift."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s has started. Please tell a coordinator if you can't stay.", role=role))


class TooLateToLeave(CannotLeaveShift):
    """After the deadline, people ask for cover instead."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s starts soon. Ask for cover, and we'll look for someone else.", role=role))


class TooLateToTakeBack(CannotLeaveShift):
    """They left it longer ago than a spot can be taken back."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("It's too late to take %(role)s back. Choose it again if it's still open.", role=role))


class NotOnShift(CannotLeaveShift):
    """The person no longer has a spot on it."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("You're no longer signed up for %(role)s.", role=role))


class SwapRefused(ValueError):
    """Both keep their spots. Its text is a sentence in the reader's language."""


class SwapIsOver(SwapRefused):
    """One of the two no longer has a spot or has begun, or the question was answered or withdrawn."""

    def __init__(self) -> None:
        super().__init__(_l("That trade is no longer possible. You keep your shift."))


class CannotSwap(SwapRefused):
    """The rules object to the reader's part; ``why`` is the sentence."""

    def __init__(self, why: CannotTakeShift) -> None:
        super().__init__(_l("You can't trade: %(why)s", why=str(why)))


class OtherCannotSwap(SwapRefused):
    """The rules object to the other person's part; why is nobody else's business."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__(_l("%(name)s can't take %(role)s. Please ask someone else.", name=name, role=role))


class OtherIsNotReached(SwapRefused):
    """No text reaches the other, so nobody can ask them."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("We can't ask %(name)s by text. Please ask someone else.", name=name))
