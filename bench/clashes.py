"""Who has two things at once: the rule alone, and with its database for a festival as it stands."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bench.festival import Plan, a_festival
from bench.installations import ENGINES, an_installation
from bench.table import Row, Size, median_ms
from coordinator.core.commitments import Commitment, Limits, overlaps
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.shifts.models import SignUp
from coordinator.shifts.queries.clashes import clashes_of
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shownight.queries import night

BEGINS = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
LIMITS = Limits(walking=timedelta(minutes=5), rest=timedelta(minutes=15))
STAGES, SLOTS_A_STAGE, PEOPLE_A_SHIFT = 10, 30, 5
BESIDE_READING = 1  # pages that show it read the plan anyway, and it must not cost more than that


def measure(size: Size) -> list[Row]:
    return [*_rule(size.of(2000, 200)), *(row for engine in ENGINES for row in _on(engine, size.of(400, 40)))]


def _rule(people: int) -> list[Row]:
    """Everybody does eight things; twice as many people must not cost four times as much."""
    once, twice = _of(people), _of(2 * people)
    one = median_ms(lambda: [overlaps(each, LIMITS) for each in once], times=5)
    two = median_ms(lambda: [overlaps(each, LIMITS) for each in twice], times=5)
    return [
        Row(f"clashes, {people:,} people with eight things each", f"{one:.0f} ms"),
        Row("clashes, twice as many people", f"{two / one:.1f} times", "< 3 times", two < 3 * one),
    ]


def _of(people: int) -> list[list[Commitment]]:
    return [[_a_commitment(who, number) for number in range(8)] for who in range(people)]


def _a_commitment(who: int, number: int) -> Commitment:
    starts_at = BEGINS + timedelta(minutes=(37 * who + 55 * number) % 600)
    return Commitment("Bar", starts_at, starts_at + timedelta(minutes=45), starts_at, f"{who % 7}", key=f"{number}")


def _on(engine: str, shifts: int) -> list[Row]:
    starts: Sequence[datetime] = [BEGINS + timedelta(minutes=number % 480) for number in range(shifts)]
    with an_installation(engine):
        plan = Plan("festival", BEGINS, BEGINS - timedelta(days=30), STAGES, SLOTS_A_STAGE, starts, PEOPLE_A_SHIFT)
        event = a_festival(plan)
        _give_every_second_another_shift(event)
        reading = median_ms(lambda: _read(event), times=5)
        both = median_ms(lambda: _found(event), times=5)
    ratio = (both - reading) / reading
    name = f"clashes, {engine}, {STAGES * SLOTS_A_STAGE} slots, {shifts:,} shifts, {shifts * PEOPLE_A_SHIFT:,} people"
    return [
        Row(f"{name}: reading the plan", f"{reading:.0f} ms"),
        Row(f"{name}: finding clashes besides", f"{ratio:.2f} of it", f"< {BESIDE_READING}", ratio < BESIDE_READING),
    ]


def _give_every_second_another_shift(event: Event) -> None:
    with transaction() as session:
        held = session.scalars(select(SignUp).where(SignUp.event_id == event.id).order_by(SignUp.id)).all()
        for one, other in zip(held[::2], reversed(held), strict=False):
            if one.shift_id != other.shift_id:
                more = SignUp(event_id=event.id, shift_id=other.shift_id, person_id=one.person_id)
                more.created_at = more.changed_at = one.created_at
                session.add(more)


def _read(event: Event) -> None:
    night(event.id, BEGINS), shifts_of(event)
    _forget(event)


def _found(event: Event) -> None:
    clashes_of(event, BEGINS)
    _forget(event)


def _forget(event: Event) -> None:
    db.session.rollback()
    db.session.expunge_all()
    db.session.add(event)
