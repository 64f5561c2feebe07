"""Thanks by text, once a show is over: to everybody who helped, with the sum raised, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from ..accounts.actions import record_change
from ..accounts.models import Coordinator
from ..core.rules import UNDO
from ..core.sms_text import segments
from ..core.wording import check_words, fill
from ..db import db, transaction
from ..events.actions import lock_event
from ..events.models import Event
from ..messaging.actions import queue_text
from ..messaging.models import NEVER_WENT, Message
from ..messaging.queries import opted_out
from ..people.models import Person
from ..reminders.queries import house_words
from ..web import spoken
from .queries.after import Aftermath, Helped
from .sending import a_new_key

LONGEST = 500  # characters, before the placeholders are filled in
PLACEHOLDERS = ("first_name", "org", "title", "hours", "raised", "beneficiary")


class NothingToThank(ValueError):
    """No words, or too many of them; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """One text as it will leave, or why it will not: no_phone, not_agreed, opted_out, thanked."""

    person: Person
    body: str
    segments: int
    why_not: str | None


def thanks_for(event: Event, after: Aftermath, words: dict[str, str], sender: str) -> list[Thanks]:
    """A text to each who came, in their language. Raises NothingToThank, UnknownPlaceholder."""
    for each in words.values():
        if not 0 < len(each.strip()) <= LONGEST:
            raise NothingToThank(_("Write the thanks in 1 to %(most)d characters, in both languages.", most=LONGEST))
        check_words(each, PLACEHOLDERS)
    stopped = opted_out({helped.person.phone for helped in after.came if helped.person.phone}, sender)
    thanked = _thanked(event)
    return [_thanks(event, after, helped, words, stopped, thanked) for helped in after.came]


def suggested(language: str) -> str:
    """What the form begins with."""
    return house_words("thanks", language)


def send_thanks(event: Event, texts: Sequence[Thanks], *, by: Coordinator, now: datetime) -> tuple[int, str]:
    """Put the thanks into the outbox, to leave in 30 s: how many, and the name under which they can be taken back.

    Nobody of one show is thanked twice, not even by two presses at once.
    """
    batch = a_new_key()
    with transaction() as session:
        lock_event(session, event.id)
        thanked = _thanked(event)
        chosen = [text for text in texts if text.why_not is None and text.person.id not in thanked]
        for text in chosen:
            queue_text(
                organisation_id=event.organisation_id,
                event_id=event.id,
                person=text.person,
                kind="note",
                rule="thanks",
                body=text.body,
                now=now,
                due_at=now + UNDO,
                dedupe_key=f"note:{event.id}:{batch}:{text.person.id}",
            )
        record_change(
            organisation_id=event.organisation_id,
            event_id=event.id,
            coordinator_id=by.id,
            by=by.person.name,
            what="thanks.sent",
            subject=event.slug,
            now=now,
            after={"people": len(chosen)},
        )
    return len(chosen), batch


def _thanks(
    event: Event, after: Aftermath, helped: Helped, words: dict[str, str], stopped: set[str], thanked: set[int]
) -> Thanks:
    person = helped.person
    body = fill(words.get(person.language, words["en"]), _values(event, after, helped))
    return Thanks(person, body, segments(body), _why_not(person, stopped, thanked))


def _values(event: Event, after: Aftermath, helped: Helped) -> dict[str, str]:
    language, raised = helped.person.language, after.rule.raised
    return {
        "first_name": helped.person.first_name,
        "org": event.organisation.name,
        "title": event.title,
        "hours": hours_said(helped.length),
        "raised": spoken.money(raised, event.donation_currency or "USD", language) if raised is not None else "",
        "beneficiary": event.beneficiary or "",
    }


def hours_said(length: timedelta) -> str:
    """``2 h 30 min``, in either language."""
    hours, minutes = spoken.hours_and_minutes(length)
    said = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours)
    return " ".join(said)


def _why_not(person: Person, stopped: set[str], thanked: set[int]) -> str | None:
    if person.id in thanked:
        return "thanked"
    if person.phone is None:
        return "no_phone"
    if person.phone in stopped:
        return "opted_out"
    return None if person.can_be_texted else "not_agreed"


def _thanked(event: Event) -> set[int]:
    """Who has been thanked for this show, or is about to be."""
    found = select(Message.person_id).where(
        Message.event_id == event.id,
        Message.rule == "thanks",
        Message.direction == "out",
        Message.state.not_in(NEVER_WENT),
        Message.person_id.is_not(None),
    )
    return {person_id for person_id in db.session.scalars(found) if person_id is not None}
