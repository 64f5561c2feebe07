"""Sign-ups by 64 people at once, over real HTTP: never one too many or too few, and the cost of the lock.

The lock is held on the shift while its sign-ups are counted. Two servers use the same database: Callboard, and the same
without the lock (see ``bench.unguarded``). For the ratio everyone gets a spot, so that both do the same work, and the
two take turns. Measured is the whole sign-up of a known person: page, submission, own page.
"""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, func, select, update

from bench.crowd import cookies_of, sign_up, sign_up_at_once
from bench.festival import Plan, a_festival, people
from bench.installations import ENGINES, an_installation
from bench.processes import until_it_answers, web_of
from bench.table import Row, Size, at_least
from coordinator import clock
from coordinator.db import db, transaction
from coordinator.shifts.models import HOLDING, Shift, SignUp

CLIENTS = 64
PLACES = 7
SHIFTS, SETS = 12, 10  # of a benefit show
RACES, CROWDS = 5, 3
FLOOR = 0.8
PAGE = "/e/benefit/volunteer"


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, size)]


def _on(engine: str, size: Size) -> list[Row]:
    with an_installation(engine) as app:
        door = _a_door(app)
        with web_of(app) as (_, guarded), web_of(app, "bench.unguarded:server") as (_, bare):
            for port in (guarded, bare):
                until_it_answers(port, PAGE)
                _raced(door, port)  # warms up all workers and their database connections
            crowds = [_crowded(door, guarded) for _ in range(size.of(CROWDS, 1))]
            too_many = _crowded(door, bare)
            pairs = [_race_both(door, guarded, bare, turn) for turn in range(size.of(RACES, 3))]
    name = f"sign-up, {engine}, {CLIENTS} at once"
    return [
        _exactly(f"{name} on {PLACES} places", crowds),
        Row("  the same without its guard", f"{too_many.held} on {PLACES} places"),
        _against(name, pairs),
    ]


def _against(name: str, pairs: Sequence[tuple[float, float]]) -> Row:
    ratio = statistics.median(bare / guarded for guarded, bare in pairs)
    guarded, bare = (CLIENTS / statistics.median(times) for times in zip(*pairs, strict=True))
    what = f"{name}, whole: {guarded:.0f} a second against {bare:.0f} without its guard"
    return at_least(what, ratio, FLOOR)


@dataclass(frozen=True)
class Door:
    """The shift that everyone wants, and the cookies of their browsers."""

    shift_id: int
    key: str
    cookies: Sequence[dict[str, str]]

    def open(self, places: int) -> None:
        """Removes everyone from the shift and sets its number of spots."""
        with transaction() as session:
            session.execute(delete(SignUp).where(SignUp.shift_id == self.shift_id))
            session.execute(update(Shift).where(Shift.id == self.shift_id).values(min=1, max=places))


@dataclass(frozen=True)
class Crowded:
    """How many people were told they are signed up, and how many are in the database at the end."""

    told: int
    held: int


def _exactly(name: str, crowds: Sequence[Crowded]) -> Row:
    wrong = [each for each in crowds if each != Crowded(PLACES, PLACES)]
    measured = f"{len(crowds) - len(wrong)} of {len(crowds)} times"
    return Row(f"{name}: so many are told, so many are kept", measured, "always", not wrong)


def _crowded(door: Door, port: int) -> Crowded:
    door.open(PLACES)
    told = sum(sign_up_at_once(port, PAGE, door.key, door.cookies))
    held = select(func.count()).where(SignUp.shift_id == door.shift_id, SignUp.state.in_(HOLDING))
    kept = db.session.scalar(held) or 0
    db.session.rollback()
    return Crowded(told, kept)


def _race_both(door: Door, guarded: int, bare: int, turn: int) -> tuple[float, float]:
    """Seconds with the lock and without; alternates which goes first."""
    if turn % 2:
        without = _raced(door, bare)
        return _raced(door, guarded), without
    return _raced(door, guarded), _raced(door, bare)


def _raced(door: Door, port: int) -> float:
    door.open(CLIENTS)
    began = time.perf_counter()
    sign_up(port, PAGE, door.key, door.cookies)
    return time.perf_counter() - began


def _a_door(app: Flask) -> Door:
    begins_at, made_at = clock.now() + timedelta(days=30), clock.now()
    shifts_at = [begins_at + number * timedelta(minutes=20) for number in range(SHIFTS)]
    event = a_festival(Plan("benefit", begins_at, made_at, stages=1, slots_a_stage=SETS, shifts_at=shifts_at))
    with transaction() as session:
        crowd = people(event.organisation, CLIENTS, made_at)
        session.add_all(crowd)
    shift = db.session.scalars(select(Shift).where(Shift.event_id == event.id).order_by(Shift.id)).first()
    assert shift is not None
    door = Door(shift.id, shift.key, [cookies_of(app, person) for person in crowd])
    db.session.rollback()
    return door
