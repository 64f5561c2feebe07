"""Coming with a friend: both or neither.

Nobody is texted who has not agreed. So the friend's place is held under the name that was given, without a number, and
whoever brings them passes a link on; the friend proves a phone of their own and takes the place. Until then the sign-up
is ``how="friend"``, of a person without a phone who goes when the friend has come or the time is over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from ...core.wording import fill
from ...db import db, transaction
from ...events.models import Event
from ...messaging.actions import queue_text
from ...messaging.queries import house_words
from ...people.actions import add_person, personal_link
from ...people.models import Person
from ...shownight.actions import By
from ..models import HOLDING, SignUp
from ..queries import times_now
from ..queries.company import HELD, HELD_FOR
from ..refusals import FriendIsTooLate, OwnInvitation
from .locking import locked_shift
from .searches import place_came_free
from .signing_up import leave, take_shift, take_shifts


def bring_friend(
    shift_ids: Collection[int],
    person: Person,
    friend: str,
    *,
    now: datetime,
    how: str,
    queue_for: Collection[int] = (),
) -> list[SignUp]:
    """Take the shifts, with a place beside it for somebody called ``friend`` until half an hour from now.

    What is returned is the person's own. Raises what take_shifts raises, and then nothing is taken.
    """
    with transaction():
        held_for = add_person(
            organisation_id=person.organisation_id, name=friend, phone=None, now=now, language=person.language
        )
        taken = take_shifts(shift_ids, [person, held_for], now=now, how=how, queue_for=queue_for)
        for sign_up in taken:
            if sign_up.person_id == held_for.id:
                sign_up.how = HELD
        return [sign_up for sign_up in taken if sign_up.person_id == person.id]


def come_along(friends: str, person: Person, *, event_id: int, now: datetime) -> list[SignUp]:
    """The friend takes the places that are held under this key at this event, as the person they are.

    Raises FriendIsTooLate, OwnInvitation, and CannotTakeShift for what stands against it; then they stay held.
    """
    with transaction() as session:
        held = _held(session, friends)
        if not held or held[0].event_id != event_id or held[0].created_at + HELD_FOR <= now:
            raise FriendIsTooLate
        if any(each.person_id == person.id for each in _hosts(session, friends)):
            raise OwnInvitation(held[0].person.first_name)
        shift_ids = [each.shift_id for each in held]
        _forget_stand_in(session, held)
        return [take_shift(shift_id, person, now=now, how="link", friends=friends) for shift_id in shift_ids]


def come_alone(sign_up: SignUp, *, now: datetime) -> None:
    """Whoever wanted to bring somebody comes without them: the place that is held is open again."""
    with transaction() as session:
        if sign_up.friends is None:
            return
        held = _held(session, sign_up.friends)
        for each in held:
            _open(each, By(sign_up.person.name), now)
        if held:
            for host in _hosts(session, sign_up.friends):
                host.friends = None
            _forget_stand_in(session, held)


def let_friends_go(now: datetime, *, public_url: str) -> int:
    """Open the places of those who did not say yes in time, and of those who counted on them. How many pairs.

    Whoever brought them is told, and keeps the place when their shift has begun or they are there: they have come
    alone. A friend whose companion has left goes too, and nobody need be told.
    """
    keys = db.session.scalars(_pending().with_only_columns(SignUp.friends).distinct()).all()
    return sum(_let_go(key, now, public_url) for key in keys if key)


def _let_go(friends: str, now: datetime, public_url: str) -> bool:
    with transaction() as session:
        held = _held(session, friends)
        hosts = _hosts(session, friends)
        if not held or (hosts and held[0].created_at + HELD_FOR > now):
            return False
        by = By(hosts[0].person.name if hosts else held[0].person.name)
        freed = [host for host in hosts if not _has_come(host, now)]
        for each in (*held, *freed):
            _open(each, by, now)
        for host in hosts:
            host.friends = None
        if freed:
            _tell(freed[0], held[0].person, friends, now, public_url)
        _forget_stand_in(session, held)
        return True


def _open(sign_up: SignUp, by: By, now: datetime) -> None:
    """The place is somebody else's to have. The caller holds the shift."""
    leave(sign_up, now=now, how=HELD, by=by)
    place_came_free(sign_up.shift, sign_up, now=now)


def _has_come(host: SignUp, now: datetime) -> bool:
    starts_at = times_now(host.shift, now).starts_at or host.shift.starts_at
    return host.state != "confirmed" or starts_at <= now


def _pending() -> Select[SignUp]:
    return select(SignUp).where(SignUp.friends.is_not(None), SignUp.how == HELD, SignUp.state == "confirmed")


def _held(session: Session, friends: str) -> Sequence[SignUp]:
    """The places that wait for the friend, their shifts locked."""
    asked = select(SignUp.shift_id).where(SignUp.friends == friends, SignUp.how == HELD)
    for shift_id in sorted(session.scalars(asked)):
        locked_shift(session, shift_id)
    found = _pending().where(SignUp.friends == friends).order_by(SignUp.shift_id)
    return session.scalars(found.execution_options(populate_existing=True)).all()


def _hosts(session: Session, friends: str) -> Sequence[SignUp]:
    found = select(SignUp).where(SignUp.friends == friends, SignUp.how != HELD, SignUp.state.in_(HOLDING))
    return session.scalars(found.order_by(SignUp.shift_id).execution_options(populate_existing=True)).all()


def _forget_stand_in(session: Session, held: Sequence[SignUp]) -> None:
    """Rows of somebody who never was: their places are the friend's now, or everybody's."""
    nobody = held[0].person_id
    for each in held:
        session.delete(each)
    session.flush()
    session.expire_all()
    session.execute(delete(Person).where(Person.id == nobody, Person.phone.is_(None)))


def _tell(host: SignUp, friend: Person, friends: str, now: datetime, public_url: str) -> None:
    person, event = host.person, db.session.get_one(Event, host.event_id)
    if not person.can_be_texted:
        return
    words = house_words("friend-late", person.language)
    link = f"{public_url}/me/{personal_link(person, now).token}"
    values = {"first_name": person.first_name, "friend": friend.first_name, "title": event.title, "link": link}
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind="note",
        rule="friend-late",
        body=fill(words, values),
        now=now,
        useful_until=host.shift.ends_at,
        dedupe_key=f"friend-late:{friends}",
        shift_id=host.shift_id,
    )
