"""Coming with a friend: one's own spot is firm from the start, the friend's is held for a day.

Nobody is texted without agreeing. So the friend's spot is held under the given name, without a number, and whoever
brings them passes on a link. The friend proves a phone of their own and takes the spot. Until then the sign-up is
``source="friend"``, of a placeholder person without a phone, who is deleted when the friend has come or the time is
over.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from coordinator.accounts.models import Actor
from coordinator.core.personal_links import stand_in
from coordinator.core.wording import worded
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.people.actions.persons import add_person
from coordinator.people.models import Person

from ..models import HOLDING, SignUp, SignUpSource, SignUpState
from ..queries.company import HELD, held_until
from ..queries.planned import times_now
from ..refusals.friends import FriendIsTooLate, OwnInvitation
from .locking import locked_shift
from .places import leave
from .searches import place_came_free
from .signing_up import take_shift, take_shifts


def bring_friend(
    shift_ids: Collection[int],
    person: Person,
    friend: str,
    *,
    now: datetime,
    source: SignUpSource,
    queue_for: Collection[int] = (),
) -> list[SignUp]:
    """Take the shifts, with a spot on each for someone called ``friend``, held until ``held_until``.

    Returns the person's own sign-ups. Raises what take_shifts raises, and then nothing is taken.
    """
    with transaction():
        held_for = add_person(
            organisation_id=person.organisation_id, name=friend, phone=None, now=now, language=person.language
        )
        taken = take_shifts(shift_ids, [person, held_for], now=now, source=source, queue_for=queue_for)
        for sign_up in taken:
            if sign_up.person_id == held_for.id:
                sign_up.source, sign_up.notice = HELD, None
        return [sign_up for sign_up in taken if sign_up.person_id == person.id]


def come_along(friends_key: str, person: Person, *, event_id: int, now: datetime) -> list[SignUp]:
    """The friend takes the spots held under this key at this event, as the person they are.

    Raises FriendIsTooLate, OwnInvitation, and CannotTakeShift for objections; then the spots stay held.
    """
    with transaction() as session:
        held = _held(session, friends_key)
        if not held or held[0].event_id != event_id or held_until(held) <= now:
            raise FriendIsTooLate
        if any(each.person_id == person.id for each in _hosts(session, friends_key)):
            raise OwnInvitation(held[0].person.first_name)
        shift_ids = [each.shift_id for each in held]
        _forget_stand_in(session, held)
        return [
            take_shift(shift_id, person, now=now, source=SignUpSource.LINK, friends_key=friends_key)
            for shift_id in shift_ids
        ]


def come_alone(sign_up: SignUp, *, now: datetime) -> None:
    """The person comes without their friend: the held spot is open again."""
    with transaction() as session:
        if sign_up.friends_key is None:
            return
        held = _held(session, sign_up.friends_key)
        for each in held:
            _open(each, Actor.person(sign_up.person), now)
        if held:
            for host in _hosts(session, sign_up.friends_key):
                host.friends_key = None
            _forget_stand_in(session, held)


def let_friends_go(now: datetime, *, public_url: str) -> int:
    """Open the spots of friends who did not say yes in time. For how many friends.

    Whoever brought them keeps their own spots and is told, except of shifts that have begun or where they are checked
    in: then they see it. A friend whose companion has left loses the spots too, and nobody needs to be told.
    """
    keys = db.session.scalars(_pending().with_only_columns(SignUp.friends_key).distinct()).all()
    return sum(_let_go(key, now, public_url) for key in keys if key)


def _let_go(friends_key: str, now: datetime, public_url: str) -> bool:
    with transaction() as session:
        held = _held(session, friends_key)
        hosts = _hosts(session, friends_key)
        if not held or (hosts and held_until(held) > now):
            return False
        actor = Actor.person((hosts or held)[0].person)
        for each in held:
            _open(each, actor, now)
        for host in hosts:
            host.friends_key = None
        to_come = [host for host in hosts if not _has_come(host, now)]
        if to_come:
            _tell(to_come[0], held[0].person, friends_key, now, public_url)
        _forget_stand_in(session, held)
        return True


def _open(sign_up: SignUp, actor: Actor, now: datetime) -> None:
    """Open the spot to others. The caller has locked the shift."""
    leave(sign_up, now=now, source=HELD, actor=actor)
    place_came_free(sign_up.shift, sign_up, now=now)


def _has_come(host: SignUp, now: datetime) -> bool:
    starts_at = times_now(host.shift, now).starts_at or host.shift.starts_at
    return host.state != SignUpState.CONFIRMED or starts_at <= now


def _pending() -> Select[SignUp]:
    return select(SignUp).where(
        SignUp.friends_key.is_not(None), SignUp.source == HELD, SignUp.state == SignUpState.CONFIRMED
    )


def _held(session: Session, friends_key: str) -> Sequence[SignUp]:
    """The spots that wait for the friend, their shifts locked."""
    asked = select(SignUp.shift_id).where(SignUp.friends_key == friends_key, SignUp.source == HELD)
    for shift_id in sorted(session.scalars(asked)):
        locked_shift(session, shift_id)
    found = _pending().where(SignUp.friends_key == friends_key).order_by(SignUp.shift_id)
    return session.scalars(found.execution_options(populate_existing=True)).all()


def _hosts(session: Session, friends_key: str) -> Sequence[SignUp]:
    found = select(SignUp).where(SignUp.friends_key == friends_key, SignUp.source != HELD, SignUp.state.in_(HOLDING))
    return session.scalars(found.order_by(SignUp.shift_id).execution_options(populate_existing=True)).all()


def _forget_stand_in(session: Session, held: Sequence[SignUp]) -> None:
    """Delete placeholder people: their spots are the friend's now, or open."""
    nobody = held[0].person_id
    for each in held:
        session.delete(each)
    session.flush()
    session.expire_all()
    session.execute(delete(Person).where(Person.id == nobody, Person.phone.is_(None)))


def _tell(host: SignUp, friend: Person, friends_key: str, now: datetime, public_url: str) -> None:
    person, event = host.person, db.session.get_one(Event, host.event_id)
    if not person.can_be_reached:
        return
    values = {
        "first_name": person.first_name,
        "friend": friend.first_name,
        "title": event.called(person.language),
        "link": stand_in(public_url, person.id),
    }
    words = default_text("friend-late", person.language)
    said = worded(words, values, person.language, org=event.organisation.name)
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind=MessageKind.NOTE,
        rule="friend-late",
        body=said.body,
        first_body=said.first_body,
        mail=mail_of(words, values, org=event.organisation.name, title=values["title"]),
        now=now,
        useful_until=host.shift.ends_at,
        dedupe_key=f"friend-late:{friends_key}",
        shift_id=host.shift_id,
    )
