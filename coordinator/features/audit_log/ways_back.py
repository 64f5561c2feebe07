"""What takes a change back: the same press the other way, which shows its own preview before it does anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from flask import url_for

from coordinator.events.models import Event
from coordinator.events.queries import looks_after_performers, runs_the_night
from coordinator.lineup.models import Slot
from coordinator.people.models import Person
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.clashes import acceptances_of

from .queries import LogLine


@dataclass(frozen=True, slots=True)
class WayBack:
    """A form to send: where to, with which fields."""

    action: str
    fields: Mapping[str, str] = field(default_factory=dict)


def way_back(line: LogLine) -> WayBack | None:
    """The press that takes the change back; None if there is none, or what it made is no longer so."""
    way = _WAYS.get(line.entry.what)
    return way(line, line.event) if way is not None and line.event is not None else None


Way = Callable[[LogLine, Event], WayBack | None]


def _switch(endpoint: str, name: str, is_on: Callable[[Event], bool], was_on: bool) -> Way:
    def way(_line: LogLine, event: Event) -> WayBack | None:
        return _if(is_on(event) == was_on, url_for(endpoint, slug=event.slug), **{name: "0" if was_on else "1"})

    return way


def _cancellation(endpoint: str, kind: type[Slot] | type[Shift], was_canceled: bool) -> Way:
    def way(line: LogLine, event: Event) -> WayBack | None:
        row = line.subject(kind)
        if row is None:
            return None
        action = url_for(endpoint, slug=event.slug, key=row.key)
        return _if((row.cancelled_at is not None) == was_canceled, action, undo="1" if was_canceled else "")

    return way


def _mark(endpoint: str, is_marked: Callable[[int, int], bool], was_marked: bool) -> Way:
    def way(line: LogLine, event: Event) -> WayBack | None:
        person = line.subject(Person)
        if person is None:
            return None
        action = url_for(endpoint, slug=event.slug, person_id=person.id)
        return _if(is_marked(event.id, person.id) == was_marked, action)

    return way


def _accepted(line: LogLine, event: Event) -> WayBack | None:
    person, (_, *keys) = line.subject(Person), line.entry.subject.split()
    if person is None or len(keys) != 2:
        return None
    said = next((each for each in acceptances_of(person.id, (keys[0], keys[1])) if each.event_id == event.id), None)
    return WayBack(url_for("cover.reopen_clash", slug=event.slug, acceptance_id=said.id)) if said else None


def _if(is_still_so: bool, action: str, **fields: str) -> WayBack | None:
    return WayBack(action, fields) if is_still_so else None


_publication = partial(_switch, "overview.publication", "published", lambda event: event.published)
_pause = partial(_switch, "texts.pause", "paused", lambda event: event.texts_paused_at is not None)
_sign_up = partial(_switch, "shift_plan.sign_up", "closed", lambda event: event.sign_up_closed_at is not None)
_shift = partial(_cancellation, "shift_plan.call_off", Shift)
_running = partial(_mark, "performers.running", runs_the_night)
_liaison = partial(_mark, "performers.liaison", looks_after_performers)
_slot = partial(_cancellation, "running_order.cancel", Slot)
_WAYS: Final[Mapping[str, Way]] = {
    "clash.accepted": _accepted,
    "event.published": _publication(True),
    "event.unpublished": _publication(False),
    "shift.cancelled": _shift(True),
    "shift.restored": _shift(False),
    "sign_up.closed": _sign_up(True),
    "sign_up.opened": _sign_up(False),
    "slot.cancel": _slot(True),
    "slot.restore": _slot(False),
    "artist_liaison.added": _liaison(True),
    "artist_liaison.removed": _liaison(False),
    "stage_manager.added": _running(True),
    "stage_manager.removed": _running(False),
    "texts.paused": _pause(True),
    "texts.resumed": _pause(False),
}
