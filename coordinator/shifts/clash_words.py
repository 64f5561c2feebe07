"""A clash of a person in words: on pages, and in the report of a load."""

from flask_babel import gettext as _

from coordinator.core.commitments import A_MINUTE, OverlapKind
from coordinator.core.show_time import show_day, zone_named
from coordinator.events.models import Event
from coordinator.spoken import on_page

from .labels import CLASH_TITLES, CLASHES
from .queries.clashes import PersonClash
from .queries.commitments import Doing


def clash_title(clash: PersonClash) -> str:
    """Whose it is, and what is wrong."""
    return str(CLASH_TITLES[clash.overlap.kind]) % {"name": clash.person.name}


def clash_words(clash: PersonClash, event: Event, language: str) -> str:
    """Both things with place and time, as the event sees them, and by how many minutes they clash."""
    overlap = clash.overlap
    one, other = (
        doing_words(doing, event, language, show if show.id != event.id else None)
        for doing, show in zip(clash.doings, clash.shows, strict=True)
    )
    work = overlap.then
    if overlap.kind == OverlapKind.TOO_CLOSE and work.call_at < work.starts_at:
        at = on_page(event.zone, language).clock(work.call_at)
        other = ", ".join((other, _("be there %(time)s", time=at)))
    values = {"one": one, "other": other, "minutes": overlap.minutes, "needed": overlap.needed // A_MINUTE}
    return str(CLASHES[overlap.kind]) % values


def doing_words(doing: Doing, event: Event, language: str, show: Event | None) -> str:
    """``Front door (Street), 7:00–9:00 PM``; with its ``show`` if that is another one, and its day."""
    work, says = doing.commitment, on_page(event.zone, language)
    on = show_day(work.starts_at, zone_named(event.zone))
    parts = [f"{work.name} ({work.place})" if work.place else str(work.name)]
    parts += [show.called(language)] if show else []
    parts += [says.day_short(on)] if on != event.date or len(event.days) > 1 else []
    parts.append(says.span(work.starts_at, work.ends_at))
    return ", ".join(parts)
