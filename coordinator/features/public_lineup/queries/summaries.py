"""What one indexed query says about an event, for pages that every phone in the hall asks for again and again."""

from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from coordinator.core.show_days import ShowDay, is_show_day
from coordinator.core.show_time import zone_named
from coordinator.core.two_languages import in_language
from coordinator.db import db
from coordinator.events.models import Event

MOST_SHOWS = 20

_SUMMARIES: Select[*tuple[Any, ...]] = select(
    Event.id,
    Event.organisation_id,
    Event.slug,
    Event.title,
    Event.title_es,
    Event.days,
    Event.zone,
    Event.published,
    Event.revision,
    Event.sign_up_closed_at.is_not(None).label("sign_up_closed"),
)
_SUMMARY = _SUMMARIES.where(Event.slug == bindparam("slug"))  # built once: every phone in the hall runs it


@dataclass(frozen=True, slots=True)
class EventSummary:
    """What one indexed query says about an event: enough to know whether someone's page is still current."""

    event_id: int
    organisation_id: int
    slug: str
    title: str
    title_es: str | None
    days: tuple[ShowDay, ...]
    zone: str
    published: bool
    revision: int
    sign_up_closed: bool

    def called(self, language: str) -> str:
        """The title for a reader of this language."""
        return in_language(language, self.title, self.title_es)

    def etag(self, now: datetime) -> str:
        """An ETag that changes with every change of the plan, every minute on a show day, otherwise every hour."""
        is_on = is_show_day(self.days, now, zone_named(self.zone))
        beat = f"{now:%Y%m%d%H%M}" if is_on else f"{now:%Y%m%d%H}"
        return f"{self.event_id}-{self.revision}-{beat}"

    @property
    def dates(self) -> list[Date]:
        """The dates of its show days, in order."""
        return [day.on for day in self.days]


def event_summary_of(slug: str) -> EventSummary | None:
    """The event of this slug, published or not."""
    row = db.session.execute(_SUMMARY, {"slug": slug}).one_or_none()
    return EventSummary(*row) if row else None


def summaries_to_come(now: datetime) -> list[EventSummary]:
    """Published events that are not over, soonest first."""
    to_come = _SUMMARIES.where(Event.published, Event.plan_until_at > now)
    rows = db.session.execute(to_come.order_by(Event.plan_until_at, Event.id).limit(MOST_SHOWS))
    return [EventSummary(*row) for row in rows]
