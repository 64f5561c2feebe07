"""How late a stage or a slot is, in words; each with the tone and the icon of its tag."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Tag = tuple[LazyString, str, str | None]


def _lateness_tag(late: timedelta | None) -> Tag:
    """Of a stage; ``late`` None: nothing is on or to come."""
    if late is None:
        return _l("Nothing more coming up"), "", None
    said = lateness_of(late)
    if said is None:
        return _l("On time"), "ok", None
    return (said[0], "lamp", "clock") if late > timedelta(0) else said


def verdict(late: timedelta | None, over_curfew: timedelta) -> tuple[Tag, ...]:
    """How late a stage is and whether it keeps its curfew: never "on time" for one that doesn't."""
    over = -(-over_curfew // timedelta(minutes=1))  # a part of a minute is one
    if over <= 0:
        return (_lateness_tag(late),)
    past = (_l("%(count)s min over curfew", count=over), "bad", None)
    said = lateness_of(late)
    return (_lateness_tag(late), past) if said is not None else (past,)


def short_verdict(late: timedelta | None, over_curfew: timedelta) -> Tag | None:
    """The worse of the two in a word; None for a stage with nothing to come."""
    if over_curfew > timedelta(0):
        return _l("+%(over)s over", over=-(-over_curfew // timedelta(minutes=1))), "bad", None
    if late is None:
        return None
    minutes = late // timedelta(minutes=1)
    return (_l("%(count)s late", count=minutes), "wait", None) if minutes > 0 else (_l("on time"), "ok", None)


def lateness_of(late: timedelta | None) -> Tag | None:
    """Of a slot, in whole minutes; None while it is on time, or has no time."""
    minutes = (late or timedelta(0)) // timedelta(minutes=1)
    if minutes > 0:
        return _l("%(count)s min late", count=minutes), "wait", None
    return (_l("%(count)s min early", count=-minutes), "wait", None) if minutes else None
