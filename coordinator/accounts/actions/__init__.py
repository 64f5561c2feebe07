"""What can be done with organisations and accounts, and how the doors are kept."""

from .accounts import EmailIsTaken, NotAnEmail, NotARole, add_coordinator, add_organisation, mark_left
from .limits import Limit, TooManyTries, count_try, forget_old_tries, refuse_if_tried
from .passwords import PasswordTooShort, WrongPassword, check_password, set_password
from .records import record_change
from .sign_in_links import LinkIsOver, sign_in_by_link, sign_in_link

__all__ = [
    "EmailIsTaken",
    "Limit",
    "LinkIsOver",
    "NotARole",
    "NotAnEmail",
    "PasswordTooShort",
    "TooManyTries",
    "WrongPassword",
    "add_coordinator",
    "add_organisation",
    "check_password",
    "count_try",
    "forget_old_tries",
    "mark_left",
    "record_change",
    "refuse_if_tried",
    "set_password",
    "sign_in_by_link",
    "sign_in_link",
]
