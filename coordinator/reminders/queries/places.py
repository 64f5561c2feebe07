"""Who should be told that they have a spot on a shift, or no longer do. Values; nothing written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from coordinator.core.json_values import JsonObject
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person
from coordinator.shifts.models import EXPECTED, Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import shift_times
from coordinator.shifts.queries.spots import spot_facts
from coordinator.shownight.queries import Night

from .threads import Thread

UNTOLD = Thread()
Threads = Mapping[tuple[str, int], Thread]


class ToldShift(NamedTuple):
    """A shift as it is told: with its start, its end and the set that it is about, which follow the show."""

    shift: Shift
    starts_at: datetime
    ends_at: datetime
    set_at: datetime | None = None  # when the act that it follows is told to start; None: as planned


class PlaceNews(NamedTuple):
    """One text about one or several spots of someone, the earliest first; unique by its key.

    ``kind`` is one of PLACE_KINDS, ``at`` when it became so. ``again``: they had been told that it was off.
    """

    key: str
    kind: str
    person: Person
    places: tuple[ToldShift, ...]
    at: datetime
    again: bool = False

    @property
    def useful_until(self) -> datetime:
        return max(place.ends_at for place in self.places)

    @property
    def tells(self) -> JsonObject:
        """The times and places of these shifts, by the shift's id."""
        return {
            str(place.shift.id): spot_facts(place.shift, place.starts_at, place.ends_at).as_json()
            for place in self.places
        }


def place_news(shifts: Sequence[Shift], tonight: Night, threads: Threads, now: datetime) -> list[PlaceNews]:
    """What people of these shifts should be told and have not been, one text for all that happened together."""
    found: dict[tuple[str, int, datetime], list[ToldShift]] = defaultdict(list)
    single: list[PlaceNews] = []
    for shift in shifts:
        set_at = tonight.told(shift.follows_slot_id).starts_at if shift.follows_slot_id else None
        place = ToldShift(shift, *shift_times(shift, tonight).or_planned(shift), set_at)
        if place.ends_at <= now:
            continue
        for sign_up in shift.sign_ups:
            thread = threads.get((f"shift:{shift.id}", sign_up.person_id), UNTOLD)
            news = None if sign_up.person.forgotten_at else _news_of(sign_up, place, thread)
            if news is not None and news.kind == "assigned":
                single.append(news)
            elif news is not None:
                found[news.kind, sign_up.person_id, news.at].append(place)
    people = {sign_up.person_id: sign_up.person for shift in shifts for sign_up in shift.sign_ups}
    return [*single, *(_together(kind, people[who], at, places) for (kind, who, at), places in found.items())]


def awaits_word(sign_up: SignUp, thread: Thread) -> bool:
    """Whether a text that tells them of the spot itself is still to come: it will tell whatever holds by then."""
    shift = sign_up.shift
    return _given(sign_up, ToldShift(shift, shift.starts_at, shift.ends_at), thread) is not None


def called_off_at(shift: Shift) -> datetime | None:
    """Since when the shift does not take place: it was called off, or the slot that it follows was cancelled."""
    return shift.cancelled_at or (shift.follows.cancelled_at if shift.follows else None)


def reasons_to_call(people: Iterable[Person]) -> dict[int, str]:
    """Why no text reaches them, as a CallReason, by person; people who get texts are left out."""
    everybody = {person.id: person for person in people}
    stopped = opted_out({person.phone for person in everybody.values() if person.phone})
    found = {person_id: silence_of(person, stopped) for person_id, person in everybody.items()}
    return {person_id: why for person_id, why in found.items() if why is not None}


def _together(kind: str, person: Person, at: datetime, places: list[ToldShift]) -> PlaceNews:
    ordered = tuple(sorted(places, key=lambda place: (place.starts_at, place.shift.id)))
    key = f"{kind}:shift:{ordered[0].shift.id}:{person.id}:{at:%Y%m%dT%H%M%S}"
    return PlaceNews(key, kind, person, ordered, at)


def _news_of(sign_up: SignUp, place: ToldShift, thread: Thread) -> PlaceNews | None:
    if sign_up.state == SignUpState.CANCELLED:
        return _taken_away(sign_up, place, thread)
    if sign_up.state not in EXPECTED:
        return None
    if (off_at := called_off_at(place.shift)) is not None:
        return called_off(sign_up, place, thread, off_at)
    return _given(sign_up, place, thread)


def _taken_away(sign_up: SignUp, place: ToldShift, thread: Thread) -> PlaceNews | None:
    """Someone took them off, and neither that text nor the shift's cancellation has told them."""
    at, told_at = sign_up.removed_at, _told_off_at(thread)
    if at is None or (told_at is not None and (told_at >= at or called_off_at(place.shift))):
        return None
    return PlaceNews("", MessageKind.REMOVED, sign_up.person, (place,), at)


def called_off(sign_up: SignUp, place: ToldShift, thread: Thread, off_at: datetime) -> PlaceNews | None:
    """They count on a shift that does not take place; people who were told a time of it get another text about that."""
    told_at = _told_off_at(thread)
    if thread.told_since or not _counts_on_it(sign_up) or (told_at is not None and told_at >= sign_up.created_at):
        return None
    return PlaceNews("", MessageKind.REMOVED, sign_up.person, (place,), off_at)


def _given(sign_up: SignUp, place: ToldShift, thread: Thread) -> PlaceNews | None:
    """They have the spot, and neither that text nor anything else has told them."""
    person, removed_at = sign_up.person, thread.last_left(MessageKind.REMOVED)
    if not thread.told_since and removed_at is not None and removed_at >= sign_up.created_at:
        key = f"{sign_up.assigned_key}:{removed_at:%Y%m%dT%H%M%S}"
        return PlaceNews(key, MessageKind.ASSIGNED, person, (place,), removed_at, again=True)
    told_at = thread.last_left(MessageKind.SIGNED_UP, MessageKind.ASSIGNED)
    if sign_up.notice is None or (told_at is not None and told_at >= sign_up.created_at):
        return None
    if sign_up.notice == "assigned" and (sign_up.will_come_at or sign_up.wants_cover_at):
        return None
    return PlaceNews(sign_up.assigned_key, sign_up.notice, person, (place,), sign_up.created_at)


def _counts_on_it(sign_up: SignUp) -> bool:
    """Whether they know about their spot although no text has told them a time: they took it, or said yes to it."""
    return sign_up.will_come_at is not None or (sign_up.notice != "assigned" and sign_up.source != "document")


def _told_off_at(thread: Thread) -> datetime | None:
    """When they were told that it is off, and nothing about it since."""
    return None if thread.told_since else thread.last_left(MessageKind.REMOVED, MessageKind.CANCELLED)
