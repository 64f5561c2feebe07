"""How late a stage or a slot is, in words; each with the tone and the icon of its tag."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Tag = tuple[LazyString, str, str | None]


def lateness_tag(late: timedelta | None) -> Tag:
    """Of a stage; ``late`` None: nothing is on or to come."""
    if late is None:
        return _l("Nothing more coming up"), "", None
    said = lateness_of(late)
    if said is None:
        return _l("On time"), "ok", None
    return (said[0], "lamp", "clock") if late > timedelta(0) else said


def lateness_of(late: timedelta | None) -> Tag | None:
    """Of a slot, in whole minutes; None while it is on time, or has no time."""
    minutes = (late or timedelta(0)) // timedelta(minutes=1)
    if minutes > 0:
        return _l("%(count)s min late", count=minutes), "wait", None
    return (_l("%(count)s min early", count=-minutes), "wait", None) if minutes else None
