"""What coordinators get at 09:00 on the day: what is unconfirmed, unfilled, undeliverable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...accounts.models import Coordinator
from ...core.rules import DIGEST, DIGEST_AT, digest_is_on
from ...core.show_time import instant_of
from ...core.sms_text import plain
from ...db import db
from ...events.models import Event
from ...lineup.models import Slot
from ...messaging.actions import bring_back, queue_text, reword, withdraw
from ...messaging.models import UNSENT, Message
from ...messaging.queries import opted_out
from ...people.models import Person
from ...shifts.models import Shift
from ...shifts.queries import shifts_of
from ...shownight.queries import Night
from ..queries import overrides_of

MOST_NAMED = 6
FRESH = timedelta(seconds=20)  # before it leaves, the digest is written anew
HEADS = {
    "en": ("today", "Not confirmed", "To fill", "Cannot be texted", "All confirmed, all shifts filled."),
    "es": ("hoy", "Sin confirmar", "Por cubrir", "Sin textos", "Todo confirmado, turnos completos."),
}


def plan_digest(event: Event, tonight: Night, now: datetime, public_url: str) -> datetime | None:
    """Plan the digest of each coordinator; gives back when to write it anew, None when it is done or off."""
    due_at = _due_at(event)
    rows = _rows(event.id)
    if not digest_is_on(overrides_of(event.id)):
        for row in rows.values():
            withdraw(row, now=now, cause="the digest is switched off")
        return None
    if due_at < max(event.created_at, now - timedelta(hours=1)):
        return None
    troubles = _troubles(tonight.slots, shifts_of(event))
    for person in _coordinators(event.organisation_id):
        _put(event, person, rows.get(f"{DIGEST}:{event.id}:{person.id}"), troubles, due_at, now, public_url)
    return due_at - FRESH if now < due_at - FRESH else None


def _due_at(event: Event) -> datetime:
    return instant_of(datetime.combine(event.date, DIGEST_AT), ZoneInfo(event.zone), fold=0)


def _rows(event_id: int) -> dict[str, Message]:
    found = select(Message).where(Message.event_id == event_id, Message.kind == "digest")
    return {row.dedupe_key: row for row in db.session.scalars(found) if row.dedupe_key}


def _coordinators(organisation_id: int) -> list[Person]:
    found = (
        select(Coordinator)
        .where(Coordinator.organisation_id == organisation_id, Coordinator.left_at.is_(None))
        .options(joinedload(Coordinator.person))
    )
    return [row.person for row in db.session.scalars(found) if row.person.can_be_texted]


def _troubles(slots: Sequence[Slot], shifts: Sequence[Shift]) -> tuple[list[str], list[str], list[str]]:
    """Acts without a yes, roles with the places still open under the minimum, people who cannot be texted."""
    playing = [slot for slot in slots if slot.cancelled_at is None and slot.act is not None]
    unconfirmed = [slot.name for slot in playing if slot.answer != "confirmed"]
    open_places = {shift.role.name: 0 for shift in shifts}
    for shift in shifts:
        open_places[shift.role.name] += max(0, shift.min - len(shift.holding))
    helpers = [sign_up.person for shift in shifts for sign_up in shift.holding]
    everybody = {person.id: person for person in [*(p for slot in playing for p in slot.people), *helpers]}
    stopped = opted_out({person.phone for person in everybody.values() if person.phone})
    silent = [
        person.first_name
        for person in everybody.values()
        if not person.can_be_texted or person.phone_trouble or person.phone in stopped
    ]
    return unconfirmed, [f"{role} {places}" for role, places in open_places.items() if places], silent


def _body(title: str, troubles: tuple[list[str], list[str], list[str]], language: str, link: str) -> str:
    today, *heads, all_well = HEADS.get(language, HEADS["en"])
    parts = [f"{head}: {_a_few(names)}." for head, names in zip(heads, troubles, strict=True) if names]
    return plain(f"{title}, {today}. {' '.join(parts) or all_well} {link}")


def _a_few(names: Sequence[str]) -> str:
    """The page behind the link names them all; a text that is too long is refused."""
    more = [f"+{len(names) - MOST_NAMED}"] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def _put(
    event: Event,
    person: Person,
    row: Message | None,
    troubles: tuple[list[str], list[str], list[str]],
    due_at: datetime,
    now: datetime,
    public_url: str,
) -> None:
    body = _body(event.title, troubles, person.language, f"{public_url}/coordinate/{event.slug}")
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
            dedupe_key=f"{DIGEST}:{event.id}:{person.id}",
        )
        return
    if row.state == "cancelled" and now <= due_at:
        bring_back(row, now=now, cause="the digest is switched on again")
    if row.state in UNSENT:
        row.due_at, row.useful_until = due_at, due_at + timedelta(hours=12)
        if row.body != body:
            reword(row, body)
