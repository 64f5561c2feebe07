"""Thank-yous by text after a show: to everyone who helped, with the sum raised, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.core.rules import UNDO
from coordinator.core.sms_text import segments
from coordinator.core.wording import check_words, fill
from coordinator.db import db, transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event
from coordinator.features.texts.actions import a_new_key
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.models import NEVER_WENT, Direction, Message, MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import never_texted
from coordinator.people.models import Person
from coordinator.spoken import in_text

from .queries import Helped, VolunteerHours

LONGEST = 500  # characters, with unfilled placeholders
PLACEHOLDERS = ("first_name", "org", "title", "hours", "raised", "beneficiary")


class NothingToThank(ValueError):
    """No words, or too many of them; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """One text as it will go out, or why it will not: no_phone, not_agreed, opted_out, still_on, thanked."""

    person: Person
    body: str
    mail: JsonObject
    segments: int
    why_not: str | None


def thanks_for(event: Event, after: VolunteerHours, words: dict[str, str], sender: str) -> list[Thanks]:
    """A text for each person who came, in their language. Raises NothingToThank, UnknownPlaceholder."""
    for each in words.values():
        check_thanks(each)
    stopped = opted_out({helped.person.phone for helped in after.came if helped.person.phone}, sender)
    thanked = _thanked(event)
    return [_thanks(event, after, helped, words, stopped, thanked) for helped in after.came]


def check_thanks(words: str) -> None:
    """Raises NothingToThank, UnknownPlaceholder if nobody can be thanked with these words."""
    if not 0 < len(words.strip()) <= LONGEST:
        raise NothingToThank(_("Enter a thank-you of 1 to %(most)d characters, in both languages.", most=LONGEST))
    check_words(words, PLACEHOLDERS)


def suggested(language: str) -> str:
    """The initial words of the form."""
    return default_text("thanks", language)


def send_thanks(event: Event, texts: Sequence[Thanks], *, actor: Actor, now: datetime) -> tuple[int, str]:
    """Queue the thank-yous, due in 30 s. Returns how many, and the name under which they can be withdrawn.

    Nobody is thanked twice for one show, not even by two presses at once.
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
                kind=MessageKind.NOTE,
                rule="thanks",
                body=text.body,
                mail=text.mail,
                now=now,
                due_at=now + UNDO,
                dedupe_key=f"note:{event.id}:{batch}:{text.person.id}",
            )
        record(event, actor, "thanks.sent", event.slug, now=now, after={"people": len(chosen)})
    return len(chosen), batch


def _thanks(
    event: Event, after: VolunteerHours, helped: Helped, words: dict[str, str], stopped: set[str], thanked: set[int]
) -> Thanks:
    person = helped.person
    said, values = words.get(person.language, words["en"]), _values(event, after, helped)
    body, mail = fill(said, values), mail_of(said, values, org=values["org"], title=values["title"])
    why_not = _why_not(person, stopped, thanked, still_on=person.id in after.still_on)
    return Thanks(person, body, mail, segments(body), why_not)


def _values(event: Event, after: VolunteerHours, helped: Helped) -> dict[str, str]:
    language, raised = helped.person.language, after.raised
    return {
        "first_name": helped.person.first_name,
        "org": event.organisation.name,
        "title": event.called(language),
        "hours": in_text(event.zone, language).length(helped.length),
        "raised": in_text(event.zone, language).money(raised, event.donation_currency or "USD")
        if raised is not None
        else "",
        "beneficiary": event.beneficiary or "",
    }


def _why_not(person: Person, stopped: set[str], thanked: set[int], *, still_on: bool) -> str | None:
    if person.id in thanked:
        return "thanked"
    return never_texted(person, stopped) or ("still_on" if still_on else None)


def _thanked(event: Event) -> set[int]:
    """Who has been thanked for this show, or is about to be."""
    found = select(Message.person_id).where(
        Message.event_id == event.id,
        Message.rule == "thanks",
        Message.direction == Direction.OUT,
        Message.state.not_in(NEVER_WENT),
        Message.person_id.is_not(None),
    )
    return {person_id for person_id in db.session.scalars(found) if person_id is not None}
