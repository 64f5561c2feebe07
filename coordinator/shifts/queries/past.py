"""People whose shows are long past, and links that are dead with them."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from coordinator.accounts.models import Coordinator
from coordinator.core.personal_links import PersonalLinks, person_id_in
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.events.queries import is_not_over
from coordinator.lineup.models import ActMember
from coordinator.people.models import Person

from ..models import SignUp

LINKS_LAST = timedelta(days=60)  # after the last show
PART_OF: tuple[type[EventPerson | ActMember | SignUp], ...] = (EventPerson, ActMember, SignUp)


def person_on_page(links: PersonalLinks, token: str, now: datetime) -> Person | None:
    """Whose page this link opens now; a link is dead 60 days after the last show of its person."""
    ever, still_on = _part_in(now - LINKS_LAST)
    claimed = select(Person, ever & ~still_on).where(
        Person.id == (person_id_in(token) or 0), Person.forgotten_at.is_(None)
    )
    row = db.session.execute(claimed).one_or_none()
    return None if row is None or row[1] or not links.opens(token, row[0]) else row[0]


def people_of_the_past(before_at: datetime) -> list[Person]:
    """Everyone who was part of an event and whose last one ended before the instant, but for members and who stays."""
    ever, still_on = _part_in(before_at)
    past = select(Person).where(Person.forgotten_at.is_(None), Person.stays_on_list.is_(False), ever, ~still_on)
    past = past.where(Person.id.not_in(select(Coordinator.person_id).where(Coordinator.left_at.is_(None))))
    return list(db.session.scalars(past.order_by(Person.id)))


def _part_in(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Of a person, as conditions: they were part of an event; one of theirs is not over at the instant."""
    shows = [select(table.person_id).join(Event, Event.id == table.event_id) for table in PART_OF]
    return or_(*(Person.id.in_(show) for show in shows)), or_(
        *(Person.id.in_(show.where(is_not_over(at))) for show in shows)
    )
