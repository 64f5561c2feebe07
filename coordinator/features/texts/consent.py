"""Proof of consent: when, how and in which words people of a show agreed to texts and emails, and who opted out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.events.models import Event
from coordinator.messaging.models import OptOut
from coordinator.messaging.queries.reached import opt_outs_of
from coordinator.people.models import Channel, PastAgreement, Person
from coordinator.people.queries import past_agreements
from coordinator.shifts.queries.everybody import everybody_of


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One consent or opt-out of a person: one line of the file."""

    person: Person
    what: str
    at: datetime | None
    source: str
    words: str = ""
    sender: str = ""


def proof_of_consent(event: Event, *, actor: Actor, now: datetime) -> list[Sequence[str]]:
    """The header, then a line for each agreement, its end, each STOP and its end. The export is recorded.

    Instants are in the show's zone, with their offset from UTC.
    """
    zone = ZoneInfo(event.zone)
    header = [_("Name"), _("Phone"), _("Email"), _("What"), _("When"), _("How"), _("Wording"), _("Sender")]
    lines: list[Sequence[str]] = [header]
    for each in consent_events(event):
        when = each.at.astimezone(zone).isoformat(timespec="seconds") if each.at else ""
        who = (each.person.name, each.person.phone or "", each.person.email or "")
        lines.append((*who, each.what, when, each.source, each.words, each.sender))
    record(event, actor, "consent.exported", event.slug, now=now)
    return lines


def consent_events(event: Event) -> Iterator[ConsentEvent]:
    """By person, oldest first."""
    people = everybody_of(event)
    past = past_agreements(person.id for person in people)
    opt_outs = opt_outs_of({person.phone for person in people if person.phone})
    for person in people:
        own = [each for each in past if each.person_id == person.id]
        said = [
            *_agreements(person, own),
            *_opt_outs(person, [opt_out for opt_out in opt_outs if opt_out.phone == person.phone]),
        ]
        yield from sorted(said, key=lambda each: each.at or event.created_at)
        if not said:
            yield ConsentEvent(person, _("Hasn't agreed to texts or emails"), None, "")


def _agreements(person: Person, past: Sequence[PastAgreement]) -> Iterator[ConsentEvent]:
    for each in past:
        by_mail = each.channel == Channel.EMAIL
        agreed = _("Agreed to emails") if by_mail else _("Agreed")
        ended = _("That agreement to emails ended") if by_mail else _("That agreement ended")
        yield ConsentEvent(person, agreed, each.agreed_at, each.agreed_how or "", each.agreed_words or "")
        yield ConsentEvent(person, ended, each.ended_at, "")
    if person.agreed_at is not None:
        yield ConsentEvent(person, _("Agreed"), person.agreed_at, person.agreed_how or "", person.agreed_words or "")
    if person.email_agreed_at is not None:
        how, words = person.email_agreed_how or "", person.email_agreed_words or ""
        yield ConsentEvent(person, _("Agreed to emails"), person.email_agreed_at, how, words)


def _opt_outs(person: Person, opt_outs: Sequence[OptOut]) -> Iterator[ConsentEvent]:
    for opt_out in opt_outs:
        yield ConsentEvent(person, _("Doesn't want texts"), opt_out.at, opt_out.cause, sender=opt_out.sender)
        if opt_out.lifted_at is not None:
            yield ConsentEvent(person, _("Wants texts again"), opt_out.lifted_at, "", sender=opt_out.sender)
