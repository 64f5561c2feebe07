"""Taking and leaving a shift: capacity is counted while the shift's row is locked."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from coordinator.core.cover import Obstacle
from coordinator.core.rules import TAKE_BACK, UNDO
from coordinator.db import transaction
from coordinator.events.labels import called
from coordinator.people.models import Person

from ..models import HOLDING, SignUp, SignUpSource, SignUpState
from ..queries.planned import times_now
from ..queries.roster import objections_to
from ..queries.volunteer_policy import volunteer_policy_of
from ..refusals.friends import NoSuchFriend
from ..refusals.leaving import ShiftHasBegun, TooLateToLeave, TooLateToTakeBack
from ..refusals.taking import CannotTakeShift, ShiftHasPlaces, refusal_of
from .locking import locked_shift
from .places import Placement, come_back, leave, sign_up_of, signed_up, themselves
from .searches import place_came_free, someone_waits


def take_shift(
    shift_id: int,
    person: Person,
    *,
    now: datetime,
    source: SignUpSource,
    friends_key: str | None = None,
    giving_up: Sequence[SignUp] = (),
) -> SignUp:
    """Put the person on the shift. ``source`` is link, text, waitlist, cover, swap or import.

    ``friends_key`` is the key shared by people who come together. ``giving_up``: sign-ups of theirs, or of the one they
    swap with, that no longer count. Raises CannotTakeShift for the most serious objection.
    """
    with transaction() as session:
        shift = locked_shift(session, shift_id)
        held = sign_up_of(session, shift, person)
        against = objections_to(shift, person, now, besides=[each.id for each in giving_up])
        if against:
            raise refusal_of(against[0], called(shift.role))
        placement = Placement(source, themselves(person, source), giving_up=tuple(each.id for each in giving_up))
        sign_up = signed_up(session, shift, person, held, placement, now)
        sign_up.friends_key, sign_up.override_reason = friends_key, None
        return sign_up


def take_shifts(
    shift_ids: Collection[int],
    people: Sequence[Person],
    *,
    now: datetime,
    source: SignUpSource,
    queue_for: Collection[int] = (),
) -> list[SignUp]:
    """Several shifts, or several people who come together: all or nothing.

    ``queue_for``: full shifts whose waitlist the first person joins; one that has a spot again is taken. Raises
    CannotTakeShift; NoSuchFriend if it is the second or a later person who cannot.
    """
    friends_key = secrets.token_urlsafe(12) if len(people) > 1 else None
    with transaction() as session:
        for shift_id in sorted({*shift_ids, *queue_for}):
            locked_shift(session, shift_id)
        taken: list[SignUp] = []
        for person in people:
            try:
                taken.extend(
                    take_shift(shift_id, person, now=now, source=source, friends_key=friends_key)
                    for shift_id in sorted(shift_ids)
                )
            except CannotTakeShift as refusal:
                if person is people[0]:
                    raise
                raise NoSuchFriend(person.name, refusal) from refusal
        for shift_id in sorted(queue_for):
            try:
                taken.append(join_waitlist(shift_id, people[0], now=now, source=source))
            except ShiftHasPlaces:
                taken.append(take_shift(shift_id, people[0], now=now, source=source))
        return taken


def change_shift(sign_up: SignUp, shift_id: int, *, now: datetime, source: SignUpSource) -> SignUp:
    """Leave one shift for another, in one go: the person keeps the first until they have the other.

    Raises CannotTakeShift, and what leave_shift raises; then everything is as before.
    """
    with transaction() as session:
        for each in sorted({sign_up.shift_id, shift_id}):
            locked_shift(session, each)
        taken = take_shift(shift_id, sign_up.person, now=now, source=source, giving_up=[sign_up])
        leave_shift(sign_up, now=now, source=source)
        sign_up.given_up_at = None  # by switching back, they can have it again
        return taken


def join_waitlist(shift_id: int, person: Person, *, now: datetime, source: SignUpSource) -> SignUp:
    """Join the waitlist of a full shift, ordered by time. Someone already on it keeps their position.

    If someone on the shift wants to be covered, they are offered the spot at once, whoever else has been asked.

    Raises CannotTakeShift if the person could not take the shift even with a free spot, and ShiftHasPlaces.
    """
    with transaction() as session:
        shift = locked_shift(session, shift_id)
        held = sign_up_of(session, shift, person)
        if held is not None and held.state == SignUpState.WAITLISTED:
            return held
        against = objections_to(shift, person, now)
        others = [each for each in against if each.obstacle is not Obstacle.FULL]
        if others:
            raise refusal_of(others[0], called(shift.role))
        if not against:
            raise ShiftHasPlaces(called(shift.role))
        placement = Placement(source, themselves(person, source), SignUpState.WAITLISTED)
        waiting = signed_up(session, shift, person, held, placement, now)
        someone_waits(shift, now)
        return waiting


def leave_shift(sign_up: SignUp, *, now: datetime, source: SignUpSource) -> None:
    """The person cannot come; their spot, or their position on the waitlist, is free again.

    The waitlist moves up in 30 s, so that they can change their mind. Raises NotOnShift, ShiftHasBegun, and
    TooLateToLeave from the event's deadline on.
    """
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        starts_at = times_now(shift, now).starts_at or shift.starts_at
        if sign_up.state in HOLDING and starts_at <= now:
            raise ShiftHasBegun(called(shift.role))
        if sign_up.state in HOLDING and now > starts_at - volunteer_policy_of(shift.event).leave_until:
            raise TooLateToLeave(called(shift.role))
        if leave(sign_up, now=now, source=source, actor=themselves(sign_up.person, source)) in HOLDING:
            sign_up.given_up_at = now
            place_came_free(shift, sign_up, now=now, after=UNDO)


def take_back_leave(sign_up: SignUp, *, now: datetime, source: SignUpSource) -> None:
    """They come after all, as if they had never left: what they were told and have answered still holds.

    For 10 minutes after they left, as long as the spot is free, offered to others or not; whoever was asked is told
    that nobody is needed. Raises CannotTakeShift, and TooLateToTakeBack.
    """
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state in HOLDING:
            return
        if sign_up.given_up_at is None or now >= sign_up.given_up_at + TAKE_BACK:
            raise TooLateToTakeBack(called(shift.role))
        sign_up_of(session, shift, sign_up.person)
        against = objections_to(shift, sign_up.person, now, keeps_promises=False)
        if against:
            raise refusal_of(against[0], called(shift.role))
        come_back(sign_up, Placement(source, themselves(sign_up.person, source)), now)
