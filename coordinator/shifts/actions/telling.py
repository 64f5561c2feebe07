"""Texts about one shift to one person, in the words of the house and the person's language."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ...core.wording import SENDER, fill
from ...db import db
from ...messaging.actions import queue_text, withdraw
from ...messaging.models import TOLD, UNSENT, Message
from ...messaging.queries import house_words
from ...people.models import Person
from ...web import spoken
from ..models import Shift
from ..queries import times_now


def tell(
    words: str,
    shift: Shift,
    person: Person,
    *,
    now: datetime,
    key: str,
    useful_until: datetime | None = None,
    delay: timedelta = timedelta(0),
    **values: str,
) -> None:
    """Queue one note in the words of that name, to leave after ``delay`` unless it is night; nobody without consent.

    ``key`` is what makes it unique: a second text of the same key is refused by the database.
    """
    if not person.can_be_texted:
        return
    event, language = shift.event, person.language
    named = values_of(shift, language, now) | {"first_name": person.first_name} | values
    before, after = ("", "") if _was_texted(person) else SENDER.get(language, SENDER["en"])
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind="note",
        body=fill(
            house_words(words, language), named, before=before.replace("{org}", event.organisation.name), after=after
        ),
        now=now,
        due_at=now + delay,
        useful_until=useful_until,
        rule=words,
        shift_id=shift.id,
        dedupe_key=f"{words}:{key}",
    )


def values_of(shift: Shift, language: str, now: datetime) -> dict[str, str]:
    """What placeholders about a shift stand for, at the times it really has."""
    zone, times = ZoneInfo(shift.event.zone), times_now(shift, now)
    starts_at = times.starts_at or shift.starts_at
    return {
        "role": shift.role.name,
        "time": spoken.clock(starts_at, zone, language),
        "ends": spoken.clock(times.ends_at or shift.ends_at, zone, language),
        "day": spoken.cheap_day(starts_at, language, zone),
        "place": shift.place or "",
    }


def take_back(words: str, key: str, now: datetime) -> bool:
    """Take back a text that was queued by ``tell`` and has not left; False when the person may have read it."""
    row = db.session.scalars(select(Message).where(Message.dedupe_key == f"{words}:{key}")).one_or_none()
    return row is None or (row.state in UNSENT and withdraw(row, now=now, cause="no longer wanted"))


def _was_texted(person: Person) -> bool:
    told = select(Message.id).where(
        Message.phone == person.phone, Message.direction == "out", Message.state.in_((*TOLD, *UNSENT))
    )
    return db.session.scalar(told.limit(1)) is not None
