"""A change of the plan with all that hangs on it: shifts that follow a slot, and people who were told a time.

What a change would do is found out by making it and taking it back, so that what is said before and what happens
afterwards cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from ..core.reminders import LEAST_MOVE, Told
from ..core.show_time import local_text, whole_minute, zone_named
from ..core.sms_text import segments
from ..db import transaction
from ..events.models import Event
from ..messaging.queries import opted_out
from ..people.models import Person
from ..reminders.actions.composing import compose
from ..reminders.actions.wanted import Wanted
from ..reminders.queries import Subject, Thread, subjects_of, threads_of
from ..shifts.models import Shift
from ..shifts.queries import shift_times, shifts_of
from ..shownight.queries import Night, night, plan_night
from .previews.owed import Owed, owed_to

Changed = TypeVar("Changed")


@dataclass(frozen=True, slots=True)
class NewlyTold:
    """Somebody who was told a time that a change makes wrong. ``is_at`` is None: it does not take place.

    ``body`` is the text they get; None when they get none and have to be called.
    """

    person: Person
    about: str
    was_at: datetime
    is_at: datetime | None
    body: str | None

    @property
    def segments(self) -> int:
        return segments(self.body) if self.body else 0


class _TakenBack(Exception):
    """The change was only tried."""


def change_plan(event: Event, change: Callable[[], Changed]) -> Changed:
    """Make the change, and let the shifts that follow a slot follow it, in one transaction."""
    with transaction() as session:
        made = change()
        session.flush()
        follow_the_plan(event)
    return made


def consequences(
    event: Event, change: Callable[[], object], now: datetime, *, sender: str | None = None
) -> tuple[NewlyTold, ...]:
    """Whom the change would make wrong about a time, each slot or shift once. Nothing is changed.

    ``sender``: the number texts leave from, so that those who opted out of it count as people to call. Raises whatever
    the change itself raises. Not to be called within a transaction, which would keep the change.
    """
    found: tuple[NewlyTold, ...] = ()
    try:
        with transaction():
            before = _known(event.id, now)
            change_plan(event, change)
            found = tuple(_newly_told(before, event, now, sender))
            raise _TakenBack
    except _TakenBack:
        return found


def follow_the_plan(event: Event) -> None:
    """Give every shift that follows a slot the times that the plan gives it now; one that would take none keeps its."""
    following = [shift for shift in shifts_of(event) if shift.follows is not None]
    if not following:
        return
    planned = plan_night(event.id)
    zone = zone_named(event.zone)
    with transaction():
        for shift in following:
            times = shift_times(shift, _with_its_slot(planned, shift))
            if times.starts_at and times.ends_at and times.starts_at < times.ends_at:
                shift.starts_at, shift.starts_local = times.starts_at, local_text(times.starts_at, zone)
                shift.ends_at, shift.ends_local = times.ends_at, local_text(times.ends_at, zone)


def _with_its_slot(planned: Night, shift: Shift) -> Night:
    """The plan with the slot that the shift follows, also when that is cancelled."""
    slot = shift.follows
    assert slot is not None  # only following shifts come here
    return planned.supposing(slot.id, replace(slot.plan, cancelled=False, started_at=None, ended_at=None))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What one person knows about one slot or shift, and which texts are owed to them about it."""

    thread: Thread
    starts_at: datetime | None
    owed: frozenset[Owed]


_Key = tuple[str, int]


def _known(event_id: int, now: datetime) -> Mapping[_Key, _Standing]:
    """As values: the rows are about to change."""
    tonight = night(event_id, now)
    threads = threads_of(event_id)
    return {
        (subject.key, recipient.person.id): _Standing(
            thread := threads.get((subject.key, recipient.person.id), Thread()),
            subject.anchors.get(subject.own_anchor),
            frozenset(owed_to(recipient, subject, thread, now, cancelled=subject.cancelled_at is not None)),
        )
        for subject in subjects_of(tonight.event, tonight)
        for recipient in subject.recipients
    }


def _newly_told(
    before: Mapping[_Key, _Standing], event: Event, now: datetime, sender: str | None
) -> Iterator[NewlyTold]:
    tonight = night(event.id, now)
    subjects = subjects_of(tonight.event, tonight)
    phones = {recipient.person.phone or "" for subject in subjects for recipient in subject.recipients}
    silent = opted_out(phones, sender) if sender else set()
    for subject in subjects:
        cancelled = subject.cancelled_at is not None
        for recipient in subject.recipients:
            known = before.get((subject.key, recipient.person.id))
            if known is None:
                continue
            person = recipient.person
            if person.can_be_texted and person.phone not in silent:
                owed = set(owed_to(recipient, subject, known.thread, now, cancelled=cancelled)) - known.owed
                yield from _texts(subject, person, owed, event, now)
            elif (told := _must_be_called(subject, known, cancelled=cancelled)) is not None:
                is_at = None if cancelled else subject.anchors.get(subject.own_anchor)
                yield NewlyTold(person, _about(subject), told, is_at and whole_minute(is_at), None)


def _texts(subject: Subject, person: Person, owed: set[Owed], event: Event, now: datetime) -> Iterator[NewlyTold]:
    for one in sorted(owed, key=lambda each: each.says_at):
        wanted = Wanted("", one.kind, None, subject, person, one.anchor, one.says_at, now, now, one.was)
        body = compose(wanted, event, now=now, links={}, is_first=False)
        is_at = None if one.kind == "cancelled" else one.says_at
        yield NewlyTold(person, _about(subject), one.was.at or one.says_at, is_at, body)


def _must_be_called(subject: Subject, known: _Standing, *, cancelled: bool) -> datetime | None:
    """The time that somebody who gets no texts has in mind, when the change moves it by 5 minutes or more.

    They know it from a text of better days, or because their act has said yes.
    """
    told = known.thread.told.get(subject.own_anchor, Told()).at
    said_yes = subject.slot is not None and subject.slot.answer == "confirmed"
    is_at = subject.anchors.get(subject.own_anchor)
    if known.starts_at is None or not (told or said_yes):
        return None
    moved = cancelled or is_at is None or abs(is_at - known.starts_at) >= LEAST_MOVE
    return whole_minute(told or known.starts_at) if moved else None


def _about(subject: Subject) -> str:
    if subject.shift:
        return subject.shift.role.name
    return subject.slot.name if subject.slot else ""
