"""The words of texts about someone's spot on a shift, and whom they name to call."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.accounts.models import AuditEntry, Coordinator
from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import call_time
from coordinator.core.wording import Worded, fill, worded
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.events.queries import awake_at
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.spoken import in_text, phone

from ..queries.places import PlaceNews
from .calendar_entries import entry_about

BY_WHOM = ("shift.left", "shift.cancelled")


class Contact(NamedTuple):
    """Whom to call, with a number in E.164."""

    name: str
    phone: str


def words_of(news: PlaceNews, event: Event, *, link: str, call: Contact | None) -> Worded:
    """The whole text in the person's language. ``call`` None: they can only text back."""
    language = news.person.language
    values = _values(news, event, language) | {"link": link, "contact": _contact(call, language)}
    return worded(default_text(news.kind, language), values, language, org=values["org"])


def mail_about(news: PlaceNews, event: Event, *, call: Contact | None) -> JsonObject | None:
    """The same as an email; None for who cannot be mailed."""
    if not news.person.can_be_mailed:
        return None
    language = news.person.language
    values = _values(news, event, language) | {"contact": _contact(call, language) if call else ""}
    mail = mail_of(default_text(news.kind, language), values, org=values["org"], title=event.called(language))
    entry = entry_about(news, event)
    return mail | {"calendar": entry} if entry else mail


class Contacts:
    """Whom the people of a show call about their spots: queried once, for any number of texts."""

    def __init__(self, event: Event) -> None:
        self.event = event

    def whom_to_call(self, news: PlaceNews) -> Contact | None:
        """The show's contact; else the coordinator who made the change, if they have a number."""
        if self.event.contact_phone:
            return Contact(self.event.contact_name or self.event.organisation.name, self.event.contact_phone)
        shift = f"shift:{news.places[0].shift.id}"
        did = [self._did[about] for about in (shift, f"{shift} person:{news.person.id}") if about in self._did]
        if not did:
            return None
        _, coordinator = max(did, key=lambda each: each[0])
        if not coordinator.person.phone:
            return None
        return Contact(coordinator.person.first_name, coordinator.person.phone)

    @cached_property
    def _did(self) -> Mapping[str, tuple[int, Coordinator]]:
        """Who last took people off a shift or called it off, by what it was about, with the audit entry's id."""
        entries = (
            select(AuditEntry.subject, AuditEntry.id, Coordinator)
            .join(Coordinator, AuditEntry.coordinator_id == Coordinator.id)
            .where(AuditEntry.event_id == self.event.id, AuditEntry.what.in_(BY_WHOM))
            .order_by(AuditEntry.id)
            .options(joinedload(Coordinator.person))
        )
        return {subject: (id_, coordinator) for subject, id_, coordinator in db.session.execute(entries)}


def _contact(call: Contact | None, language: str) -> str:
    if call is None:
        return fill(default_text("part-reply", language), {})
    return fill(default_text("part-call", language), {"name": call.name, "number": phone(call.phone)})


def _values(news: PlaceNews, event: Event, language: str) -> dict[str, str]:
    says, first = in_text(event.zone, language), news.places[0]
    shift, leader, more = first.shift, first.shift.follows, len(news.places) - 1
    leaves_at = news.at if news.kind == "signed-up" else awake_at(event, news.at)
    return {
        "org": event.organisation.name,
        "first_name": news.person.first_name,
        "role": shift.role.called(language),
        "day": says.day_told(first.starts_at, leaves_at),
        "time": says.clock(first.starts_at),
        "call": says.clock(call_time(first.starts_at, shift.call)) if shift.call else "",
        "act": leader.name if leader else "",
        "set": says.clock(first.set_at or leader.starts_at) if leader else "",
        "stage": leader.stage.name if leader and len(event.stages) > 1 else "",
        "more": str(more) if more else "",
        "place": shift.place or "",
        "venue": event.venue_name or "",
    }
