"""What cannot be counted, each a fact with a sentence that the person at the door can read."""

from flask_babel import lazy_gettext as _l


class CannotCount(ValueError):
    """Nothing was changed. Its text is a sentence in the reader's language."""


class NoInitials(CannotCount):
    """It was not signed with one to four letters."""

    def __init__(self) -> None:
        super().__init__(_l("Sign with your initials, like IB."))


class CountIsConfirmed(CannotCount):
    """The sum is fixed."""

    def __init__(self) -> None:
        super().__init__(_l("This amount is already confirmed. A coordinator can reopen it."))


class CountsDiffer(CannotCount):
    """Everyone has counted, and not the same."""

    def __init__(self) -> None:
        super().__init__(_l("The two counts differ. Start a recount first."))


class NotMismatched(CannotCount):
    """There is nothing to recount."""

    def __init__(self) -> None:
        super().__init__(_l("The two counts don't differ."))


class NotConfirmed(CannotCount):
    """There is nothing to reopen."""

    def __init__(self) -> None:
        super().__init__(_l("This amount isn't confirmed."))


class IsConfirmed(CannotCount):
    """It must be reopened before it can go."""

    def __init__(self) -> None:
        super().__init__(_l("Reopen this amount before you delete it."))


class NoSuchCount(CannotCount):
    """It was deleted."""

    def __init__(self) -> None:
        super().__init__(_l("That count is gone. Someone deleted it."))
