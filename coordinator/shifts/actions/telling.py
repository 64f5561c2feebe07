"""Texts about one shift to one person, in the person's language."""

from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator.core.show_time import call_time
from coordinator.core.wording import worded
from coordinator.db import db
from coordinator.events.queries import awake_at
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.models import UNSENT, Message, MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.people.models import Person
from coordinator.spoken import in_text

from ..models import Shift
from ..queries.planned import times_now


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
    """Queue one text with the words of that name, due after ``delay`` except during quiet hours; only with consent.

    ``key`` makes it unique: the database refuses a second text with the same key.
    """
    if not person.can_be_reached:
        return
    event, language = shift.event, person.language
    named = values_of(shift, language, now) | {"first_name": person.first_name} | values
    said = worded(default_text(words, language), named, language, org=event.organisation.name)
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind=MessageKind.NOTE,
        body=said.body,
        first_body=said.first_body,
        mail=mail_of(default_text(words, language), named, org=event.organisation.name, title=event.called(language)),
        now=now,
        due_at=now + delay,
        useful_until=useful_until,
        rule=words,
        shift_id=shift.id,
        dedupe_key=f"{words}:{key}",
    )


def values_of(shift: Shift, language: str, now: datetime) -> dict[str, str]:
    """The values of placeholders about a shift, at the times it really has."""
    says, times = in_text(shift.event.zone, language), times_now(shift, now)
    starts_at = times.starts_at or shift.starts_at
    return {
        "role": shift.role.called(language),
        "call": says.clock(call_time(starts_at, shift.call)) if shift.call else "",
        "time": says.clock(starts_at),
        "times": says.span(starts_at, times.ends_at or shift.ends_at),
        "day": says.day_told(starts_at, awake_at(shift.event, now)),
        "place": shift.place or "",
    }


def take_back(words: str, key: str, now: datetime) -> bool:
    """Withdraw a text that was queued by ``tell`` and has not gone out; False if the person may have read it."""
    row = db.session.scalars(select(Message).where(Message.dedupe_key == f"{words}:{key}")).one_or_none()
    return row is None or (row.state in UNSENT and withdraw(row, now=now, cause="no longer wanted"))
