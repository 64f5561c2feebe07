"""Handing on the report of a show, and putting the show away."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event
from coordinator.features.texts.actions import was_sent
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.models import BY_HAND, MessageKind
from coordinator.people.models import Channel


@dataclass(frozen=True, slots=True)
class ReportMail:
    """An email with the report's main numbers and its link."""

    address: str
    language: str
    subject: str
    body: str


def open_link(event: Event, *, actor: Actor, now: datetime) -> str:
    """The key of the report's link; made if there is none."""
    with transaction() as session:
        lock_event(session, event.id)
        session.refresh(event)
        if event.report_key is None:
            event.report_key = secrets.token_urlsafe(16)
            record(event, actor, "report.shared", event.slug, now=now)
    return event.report_key


def close_link(event: Event, *, actor: Actor, now: datetime) -> None:
    """Whoever has the link sees nothing anymore."""
    with transaction() as session:
        lock_event(session, event.id)
        session.refresh(event)
        if event.report_key is not None:
            event.report_key = None
            record(event, actor, "report.unshared", event.slug, now=now)


def send_report(event: Event, mails: Sequence[ReportMail], batch: str, *, actor: Actor, now: datetime) -> bool:
    """Queue the emails, due in 30 s, under the name of the form. False, doing nothing, when it was already sent."""
    with transaction() as session:
        lock_event(session, event.id)
        if was_sent(event, batch):
            return False
        for number, mail in enumerate(mails):
            queue_text(
                organisation_id=event.organisation_id,
                event_id=event.id,
                person=None,
                kind=MessageKind.NOTE,
                rule=BY_HAND,
                channel=Channel.EMAIL,
                address=mail.address,
                language=mail.language,
                body=mail.body,
                mail={"subject": mail.subject, "body": mail.body},
                now=now,
                due_at=now + UNDO,
                any_hour=True,
                dedupe_key=f"note:{event.id}:{batch}:{number}",
            )
        record(event, actor, "report.sent", event.slug, now=now, after={"people": len(mails)})
    return True
