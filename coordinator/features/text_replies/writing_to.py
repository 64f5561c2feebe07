"""WHO: which organization writes to this phone, and why."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from coordinator.accounts.models import Organisation
from coordinator.accounts.queries import account_of
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.lineup.models import ActMember
from coordinator.messaging.queries.phones import was_sent_lately
from coordinator.shifts.models import SignUp

from .inbound import InboundContext

NOT_AGAIN_FOR = timedelta(hours=1)  # so that no two machines ask each other forever who they are
WAYS_IN = (EventPerson, ActMember, SignUp)


def who(inbound: InboundContext) -> bool:
    """Tell the organization, the show, and why we have this number; False when no organization is known."""
    people = inbound.sender_context.people
    organisation_id = inbound.message.organisation_id or next((p.organisation_id for p in people), None)
    organisation = db.session.get(Organisation, organisation_id) if organisation_id is not None else None
    if organisation is None:
        return False
    if not people:
        return _to_a_stranger(inbound, organisation)
    event, why = _why(inbound)
    title = event.called(inbound.echo.language) if event else ""
    inbound.echo.say("who-writes", first_name=inbound.first_name, org=organisation.name, title=title, why=why)
    return True


def _to_a_stranger(inbound: InboundContext, organisation: Organisation) -> bool:
    """A coordinator sees what they wrote as well: nothing of ours explains it."""
    if was_sent_lately(inbound.sender_context.phone, "echo-who-stranger", inbound.now - NOT_AGAIN_FOR):
        return False
    inbound.message.needs_answer = True
    inbound.echo.say("who-stranger", org=organisation.name)
    return True


def _why(inbound: InboundContext) -> tuple[Event | None, str]:
    """The show, and why they hear from us: what they do in it, else that they coordinate, are on its list or were."""
    sender, part = inbound.sender_context, inbound.echo.part
    if sender.slots:
        slot = sender.slots[0].slot
        return slot.event, part("part-why-about", what=inbound.echo.slot(slot))
    if sender.shifts:
        mine = sender.shifts[0]
        shift = mine.sign_up.shift
        return shift.event, part("part-why-about", what=inbound.echo.shift(shift, mine.starts_at))
    if any(account_of(person.id) for person in sender.people):
        return next(iter(sender.runs), None), part("part-why-coordinates")
    event = _their_show([person.id for person in sender.people], inbound.now)
    if event is None:
        return None, part("part-why-known")
    return event, part("part-why-past" if _is_over(event, inbound.now) else "part-why-listed")


def _their_show(people: list[int], now: datetime) -> Event | None:
    """The next show whose people they are among, else the last one."""
    theirs = [Event.id.in_(select(way.event_id).where(way.person_id.in_(people))) for way in WAYS_IN]
    shows = db.session.scalars(select(Event).where(or_(*theirs)).order_by(Event.plan_until_at)).all()
    return next((show for show in shows if not _is_over(show, now)), shows[-1] if shows else None)


def _is_over(show: Event, now: datetime) -> bool:
    return show.plan_until_at is not None and show.plan_until_at <= now
