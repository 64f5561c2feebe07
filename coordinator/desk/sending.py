"""Texts that a coordinator sends by hand: to one person, or to everybody who has not answered."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from ..accounts.actions import record_change
from ..accounts.models import Coordinator
from ..core.sms_text import segments
from ..core.wording import check_words, fill
from ..db import db, transaction
from ..events.models import Event
from ..lineup.models import Slot
from ..messaging.actions import queue_text, withdraw
from ..messaging.models import Message
from ..messaging.queries import opted_out
from ..people.models import Person
from ..reminders.actions import SENDER
from ..reminders.queries import house_words
from ..shownight.queries import Night
from ..web import spoken

UNDO = timedelta(seconds=30)
LONGEST = 1600  # characters, as the network takes them
UNCONFIRMED = "unconfirmed"


class NothingToSend(ValueError):
    """No words, too many of them, or nobody to send them to; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is written to, and the slot that it is about, if any."""

    person: Person
    slot: Slot | None
    why_not: str | None = None  # a reason's key, when the text cannot be sent


@dataclass(frozen=True, slots=True)
class Draft:
    """One text as it will leave."""

    to: Addressee
    body: str
    segments: int


def addressees(event: Event, night: Night, to: str, sender: str) -> list[Addressee]:
    """Who is meant by ``person-12`` or ``unconfirmed``; those who cannot be texted say why."""
    playing = [slot for slot in night.slots if slot.cancelled_at is None and slot.act is not None]
    if to == UNCONFIRMED:
        found: list[tuple[Person, Slot | None]] = [
            (person, slot) for slot in playing if slot.answer in ("open", "invited") for person in slot.people
        ]
    else:
        person_id = int(to.removeprefix("person-")) if to.removeprefix("person-").isdigit() else 0
        person = db.session.scalar(
            select(Person).where(Person.id == person_id, Person.organisation_id == event.organisation_id)
        )
        own = next((slot for slot in playing if person in slot.people), None)
        found = [(person, own)] if person else []
    stopped = opted_out({person.phone for person, _slot in found if person.phone}, sender)
    return [Addressee(person, slot, _why_not(person, stopped)) for person, slot in found]


def _why_not(person: Person, stopped: set[str]) -> str | None:
    if person.phone is None:
        return "no_phone"
    if person.phone in stopped:
        return "opted_out"
    return None if person.can_be_texted else "not_agreed"


def suggested_words(to: str, language: str) -> str:
    """What the form begins with."""
    return house_words("ask-again", language) if to == UNCONFIRMED else ""


def drafts(event: Event, to: Sequence[Addressee], words: str, links: dict[int, str]) -> list[Draft]:
    """Each text as it will leave, for those who can be texted. Raises NothingToSend, UnknownPlaceholder."""
    if not words.strip():
        raise NothingToSend(_("Write what the text should say."))
    check_words(words)
    made = [_draft(event, each, words, links) for each in to if each.why_not is None]
    if not made:
        raise NothingToSend(_("None of them can be texted. Call them instead."))
    if max(len(draft.body) for draft in made) > LONGEST:
        raise NothingToSend(_("A text can have %(most)d characters at the most.", most=LONGEST))
    return made


def _draft(event: Event, to: Addressee, words: str, links: dict[int, str]) -> Draft:
    language, zone = to.person.language, ZoneInfo(event.zone)
    values = {
        "first_name": to.person.first_name,
        "org": event.organisation.name,
        "title": event.title,
        "venue": event.venue_name or "",
        "address": event.venue_address or "",
        "link": links.get(to.person.id, ""),
        "day": spoken.day_short(event.date, language),
    }
    if to.slot is not None:
        values["act"] = to.slot.name
        values["time"] = spoken.clock(to.slot.starts_at, zone, language)
        values["day"] = spoken.day_short(to.slot.starts_at, language, zone=zone)
    before, after = ("", "") if _was_texted(to.person) else SENDER.get(language, SENDER["en"])
    body = fill(words, values, before=before.replace("{org}", values["org"]), after=after)
    return Draft(to, body, segments(body))


def _was_texted(person: Person) -> bool:
    gone = select(Message.id).where(
        Message.phone == (person.phone or ""), Message.direction == "out", Message.claimed_at.is_not(None)
    )
    return db.session.scalar(gone.limit(1)) is not None


def send(event: Event, made: Sequence[Draft], *, by: Coordinator, now: datetime) -> str:
    """Put the drafts into the outbox, to leave in 30 s; gives back the name under which they can be taken back."""
    batch = secrets.token_urlsafe(9)
    with transaction():
        for number, draft in enumerate(made):
            queue_text(
                organisation_id=event.organisation_id,
                event_id=event.id,
                person=draft.to.person,
                kind="note",
                body=draft.body,
                now=now,
                due_at=now + UNDO,
                slot_id=draft.to.slot.id if draft.to.slot else None,
                dedupe_key=f"note:{batch}:{number}",
            )
        _record(event, by, "texts.sent", {"people": len(made), "body": made[0].body}, now)
    return batch


def take_back(event: Event, batch: str, *, by: Coordinator, now: datetime) -> int:
    """Take back the texts of one sending that have not left; how many those were."""
    with transaction():
        rows = db.session.scalars(
            select(Message).where(
                Message.event_id == event.id, Message.dedupe_key.startswith(f"note:{batch}:", autoescape=True)
            )
        ).all()
        taken = sum(withdraw(row, now=now, cause=f"taken back by {by.person.name}") for row in rows)
        _record(event, by, "texts.taken_back", {"people": taken}, now)
    return taken


def answer(message: Message, words: str, *, by: Coordinator, now: datetime) -> Message:
    """Answer what somebody wrote; it leaves at once, whatever the hour. Raises NothingToSend."""
    if not words.strip() or len(words) > LONGEST:
        raise NothingToSend(_("Write an answer of 1 to %(most)d characters.", most=LONGEST))
    with transaction():
        mark_read(message, now=now)
        return queue_text(
            organisation_id=message.organisation_id,
            event_id=message.event_id,
            person=message.person,
            phone=message.phone,
            language=message.language,
            kind="reply",
            body=words.strip(),
            now=now,
            any_hour=True,
            answers_id=message.id,
        )


def mark_read(message: Message, *, now: datetime) -> None:
    """Take what somebody wrote out of the inbox, and all they wrote before it."""
    with transaction() as session:
        older = select(Message).where(
            Message.phone == message.phone,
            Message.direction == "in",
            Message.needs_answer,
            Message.answered_at.is_(None),
            Message.id <= message.id,
        )
        for row in session.scalars(older):
            row.answered_at = now


def _record(event: Event, by: Coordinator, what: str, after: dict[str, object], now: datetime) -> None:
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=event.slug,
        now=now,
        after=after,
    )
