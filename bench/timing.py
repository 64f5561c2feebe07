"""The pure rules: one stage projected, and everything that is to be told about ten; without a question to a database.

The rows were read before, as the planner reads them: what is measured is the projection of every stage, the subjects
with their people, and the texts wanted about each by every rule.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coordinator.core.rules import effective_rules
from coordinator.core.timeline import SlotPlan, project
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.reminders.actions.wanted import Moment, look_at
from coordinator.reminders.queries import subjects_of
from coordinator.shifts.queries import shifts_of
from coordinator.shownight.queries import night, night_of

from .festival import CHANGEOVER, SET, Plan, a_festival
from .houses import a_house
from .table import Row, Size, median_ms, under

BEGINS = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
NOW = BEGINS + timedelta(minutes=90)
RULES = effective_rules(())
SLOTS_A_STAGE = 30


def measure(size: Size) -> list[Row]:
    stage = _stage()
    single = median_ms(lambda: project(stage, None, NOW), times=200)
    with a_house("sqlite"):
        one, two = _festival("one", 1), _festival("two", 2)
        festival, wanted = _told(one)
        twice, _ = _told(two)
        db.session.rollback()
    return [
        under(f"one stage of {SLOTS_A_STAGE} slots, projected", single, 0.5),
        under(f"10 stages, 300 slots, 1,000 shifts: the {wanted:,} texts that are wanted", festival, 20),
        Row("the same twice as large", f"{twice / festival:.2f} times", "linear: < 2.5", twice / festival < 2.5),
    ]


def _stage() -> list[SlotPlan]:
    """Its first set is running late, so that all the others move."""
    return [
        SlotPlan(
            key=f"slot-{number}",
            starts_at=BEGINS + number * (SET + CHANGEOVER),
            length=SET,
            changeover=CHANGEOVER,
            changeover_min=timedelta(minutes=5),
            started_at=BEGINS if number == 0 else None,
        )
        for number in range(SLOTS_A_STAGE)
    ]


def _festival(slug: str, times: int) -> Event:
    plan = Plan(
        slug,
        BEGINS,
        made_at=BEGINS - timedelta(days=30),
        stages=10 * times,
        shifts_at=[BEGINS + timedelta(minutes=number % 480) for number in range(1000 * times)],
        running_since=BEGINS,
    )
    return a_festival(plan)


def _told(event: Event) -> tuple[float, int]:
    """The time of one look in milliseconds, and how many texts it wants."""
    tonight, shifts = night(event.id, NOW), shifts_of(event)
    stages, slots = [stage.stage for stage in tonight.stages], tonight.slots

    def look() -> int:
        moment = Moment.of(NOW, BEGINS, RULES)
        subjects = subjects_of(event, night_of(event, stages, slots, NOW), shifts)
        return sum(len(look_at(subject, {}, {}, moment).wanted) for subject in subjects)

    return median_ms(look), look()
