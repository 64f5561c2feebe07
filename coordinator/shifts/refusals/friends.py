"""Why two people cannot sign up together."""

from flask_babel import lazy_gettext as _l

from .taking import CannotTakeShift


class NoSuchFriend(CannotTakeShift):
    """Two people were to come together, and the one called ``name`` cannot."""

    def __init__(self, name: str, why: CannotTakeShift) -> None:
        super().__init__(_l("We can't hold a spot for %(name)s: %(why)s", name=name, why=str(why)))


class FriendIsTooLate(CannotTakeShift):
    """The spot was held for them, and no longer is."""

    def __init__(self) -> None:
        super().__init__(_l("This spot is no longer held for you and is open to everyone. Choose a shift."))


class OwnInvitation(CannotTakeShift):
    """Someone opened the link that they should have passed on."""

    def __init__(self, friend: str) -> None:
        super().__init__(_l("This link is for %(friend)s. Send it to them.", friend=friend))
