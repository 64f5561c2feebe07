"""What coordinators get at 09:00 on each show day: what is unconfirmed, unfilled, undeliverable on it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.accounts.models import Coordinator
from coordinator.accounts.permissions import Permission, roles_with
from coordinator.core.rules import DIGEST, DIGEST_AT, digest_is_on
from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import instant_of
from coordinator.core.sms_text import plain
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.actions.outbox import bring_back, queue_text, reword, withdraw
from coordinator.messaging.models import UNSENT, Message, MessageKind, MessageState
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person
from coordinator.shifts.models import Role, Shift
from coordinator.shownight.queries import Night

from ..queries.rules import overrides_of

MOST_NAMED = 6
TOO_LATE = timedelta(hours=1)  # after its hour it is not made up for
FRESH = timedelta(seconds=20)  # the digest is written again this long before it goes out
HEADS = {
    "en": ("today", "Not confirmed", "To fill", "Can't be texted", "All confirmed, all shifts filled."),
    "es": (
        "hoy",
        "Sin confirmar",
        "Por cubrir",
        "No reciben mensajes",
        "Todo confirmado y todos los turnos cubiertos.",
    ),
}


@dataclass(frozen=True, slots=True)
class Digest:
    """The digests of one show day as they should be in the outbox: the body for each coordinator, by their person's id.

    ``bodies`` is None while the digest is turned off, and empty once it is too late. ``again_at``: when to write it
    again.
    """

    day: ShowDay
    due_at: datetime
    bodies: Mapping[int, str] | None
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Troubles:
    """Acts without a yes, spots still open under the minimum of each role, people who cannot be texted."""

    unconfirmed: list[str]
    to_fill: Mapping[Role, int]
    silent: list[str]


def draft_digest(event: Event, tonight: Night, shifts: Sequence[Shift], now: datetime, public_url: str) -> Digest:
    """What each coordinator should get; writes nothing."""
    day, again_at = _day(event, now)
    due_at = _due_at(event, day)
    if not digest_is_on(overrides_of(event.id)):
        return Digest(day, due_at, None)
    if due_at < max(event.created_at, now - TOO_LATE):
        return Digest(day, due_at, {}, again_at)
    on_it = [shift for shift in shifts if event.day_of(shift.starts_at).on == day.on]
    troubles = _troubles(tonight.on_day(day).slots, on_it)
    link = f"{public_url}/coordinate/{event.slug}"
    people = _coordinators(event.organisation_id)
    bodies = {person.id: _body(event, troubles, person.language, link) for person in people}
    return Digest(day, due_at, bodies, again_at)


def write_digest(event: Event, digest: Digest, now: datetime) -> None:
    """Make the outbox hold the draft."""
    if digest.bodies == {}:
        return
    rows = _rows(event.id)
    if digest.bodies is None:
        for row in rows.values():
            withdraw(row, now=now, cause="the digest is switched off")
        return
    people = db.session.scalars(select(Person).where(Person.id.in_(digest.bodies)))
    for person in people:
        _put(event, person, rows.get(_key(event, digest.day, person)), digest, now)


def _day(event: Event, now: datetime) -> tuple[ShowDay, datetime | None]:
    """The show day whose digest goes out next, or has just gone out; and when the next one must be written again."""
    due = [(_due_at(event, day), day) for day in event.days]
    day = next((day for due_at, day in due if due_at >= now - TOO_LATE), event.days[-1])
    return day, next((due_at - FRESH for due_at, _ in due if due_at - FRESH > now), None)


def _due_at(event: Event, day: ShowDay) -> datetime:
    return instant_of(datetime.combine(day.on, DIGEST_AT), ZoneInfo(event.zone), fold=0)


def _key(event: Event, day: ShowDay, person: Person) -> str:
    key = f"{DIGEST}:{event.id}:{person.id}"
    return key if day.on == event.date else f"{key}:{day.on:%Y%m%d}"


def _rows(event_id: int) -> dict[str, Message]:
    found = select(Message).where(Message.event_id == event_id, Message.kind == MessageKind.DIGEST)
    return {row.dedupe_key: row for row in db.session.scalars(found) if row.dedupe_key}


def _coordinators(organisation_id: int) -> list[Person]:
    """Who plans or runs its shows, and can be reached."""
    found = (
        select(Coordinator)
        .where(Coordinator.organisation_id == organisation_id, Coordinator.left_at.is_(None))
        .where(Coordinator.role.in_([*roles_with(Permission.EDIT_PLAN), *roles_with(Permission.RUN_NIGHT)]))
        .options(joinedload(Coordinator.person))
    )
    return [row.person for row in db.session.scalars(found) if row.person.can_be_reached]


def _troubles(slots: Sequence[Slot], shifts: Sequence[Shift]) -> Troubles:
    """Of everything that is planned."""
    playing = [slot for slot in slots if slot.cancelled_at is None and slot.act is not None]
    unconfirmed = [slot.name for slot in playing if slot.answer != ActAnswer.CONFIRMED]
    to_fill = Counter[Role]()
    for shift in shifts:
        to_fill[shift.role] += max(0, shift.min - len(shift.holding))
    helpers = [sign_up.person for shift in shifts for sign_up in shift.holding]
    everybody = {person.id: person for person in [*(p for slot in playing for p in slot.people), *helpers]}
    stopped = opted_out({person.phone for person in everybody.values() if person.phone})
    silent = [person.first_name for person in everybody.values() if silence_of(person, stopped) is not None]
    return Troubles(unconfirmed, to_fill, silent)


def _body(event: Event, troubles: Troubles, language: str, link: str) -> str:
    today, *heads, all_well = HEADS.get(language, HEADS["en"])
    to_fill = [f"{role.called(language)} {places}" for role, places in troubles.to_fill.items() if places]
    named = (troubles.unconfirmed, to_fill, troubles.silent)
    parts = [f"{head}: {_a_few(names)}." for head, names in zip(heads, named, strict=True) if names]
    return plain(f"{event.called(language)}, {today}. {' '.join(parts) or all_well} {link}")


def _a_few(names: Sequence[str]) -> str:
    """The page behind the link names all of them; a text that is too long would be refused."""
    more = [f"+{len(names) - MOST_NAMED}"] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def _put(event: Event, person: Person, row: Message | None, digest: Digest, now: datetime) -> None:
    assert digest.bodies is not None
    body, due_at = digest.bodies[person.id], digest.due_at
    if row is None:
        queue_text(
            organisation_id=event.organisation_id,
            event_id=event.id,
            person=person,
            kind=DIGEST,
            rule=DIGEST,
            body=body,
            now=now,
            due_at=due_at,
            useful_until=due_at + timedelta(hours=12),
            dedupe_key=_key(event, digest.day, person),
        )
        return
    if row.state == MessageState.CANCELLED and now <= due_at:
        bring_back(row, now=now, cause="the digest is switched on again")
    if row.state in UNSENT:
        row.due_at, row.useful_until = due_at, due_at + timedelta(hours=12)
        if row.body != body:
            reword(row, body)
