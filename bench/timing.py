"""The pure rules without a database: the projection of one stage, and everything to tell people about ten stages.

The rows are read beforehand, as in the planner. Measured are the projection of every stage, the subjects with their
people, and the texts about each of them under every rule.
"""

from datetime import UTC, datetime, timedelta

from bench.festival import CHANGEOVER, SET, Plan, a_festival
from bench.installations import an_installation
from bench.table import Row, Size, median_ms, under
from coordinator.core.rules import effective_rules
from coordinator.core.timeline import SlotPlan, project
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.reminders.actions.owed import PlanningContext
from coordinator.reminders.actions.subject_plans import plan_subject
from coordinator.reminders.queries.plans import observe_plans, seen_plans
from coordinator.reminders.queries.subjects import subjects_of
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shownight.queries import night, night_of

BEGINS = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
NOW = BEGINS + timedelta(minutes=90)
RULES = effective_rules(())
SLOTS_A_STAGE = 30


def measure(size: Size) -> list[Row]:
    stage = _stage()
    single = median_ms(lambda: project(stage, None, NOW), times=200)
    with an_installation("sqlite"):
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
    """A stage whose first set runs late, so that all others move."""
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
    """The time of one planning run in milliseconds, and how many texts it plans."""
    tonight, shifts = night(event.id, NOW), shifts_of(event)
    stages, slots, seen = [stage.stage for stage in tonight.stages], tonight.slots, seen_plans(event.id)

    def look() -> int:
        context, now = PlanningContext.of(NOW, BEGINS, RULES), night_of(event, stages, slots, NOW)
        subjects = subjects_of(event, now, shifts, observe_plans(now, shifts, seen))
        return sum(len(plan_subject(subject, {}, {}, context).owed) for subject in subjects)

    return median_ms(look), look()
