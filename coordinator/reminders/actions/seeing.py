"""Sightings, stored in rows, so that how long something has been steady depends on no process's memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from coordinator.core.reminders import SeenPlan, Sighting, remember
from coordinator.db import db

from ..models import SeenPlanRow, SightingRow
from ..queries.subjects import Subject


@dataclass(slots=True)
class Seen:
    """The sightings of one event, by subject and anchor. ``news`` and ``plans`` are still to be stored."""

    values: dict[str, dict[str, tuple[Sighting, ...]]]
    plans: dict[str, SeenPlan] = field(default_factory=dict)
    news: set[tuple[str, str]] = field(default_factory=set)

    def of(self, subject: str) -> Mapping[str, Sequence[Sighting]]:
        return self.values.get(subject, {})


def sightings_of(event_id: int) -> Seen:
    """All sightings of the event's times that still count."""
    seen = Seen({})
    for row in db.session.scalars(select(SightingRow).where(SightingRow.event_id == event_id)):
        seen.values.setdefault(row.subject, {})[row.anchor] = tuple(
            Sighting(datetime.fromisoformat(at), datetime.fromisoformat(value) if value else None)
            for at, value in row.sightings
        )
    return seen


def remember_all(subjects: Iterable[Subject], seen: Seen, now: datetime) -> None:
    """Add what is told now. A sighting holds until the next one, so an unchanged time is not written again."""
    for subject in subjects:
        known = seen.values.setdefault(subject.key, {})
        for anchor, anchor_at in subject.anchors.items():
            before = known.get(anchor, ())
            if not before or before[-1].anchor_at != anchor_at:
                known[anchor] = remember(before, now, anchor_at)
                seen.news.add((subject.key, anchor))


def keep(event_id: int, seen: Seen) -> None:
    """Store new sightings. The caller has locked the event, so nobody else stores sightings of it."""
    if seen.news:
        _keep_sightings(event_id, seen)
    if seen.plans:
        _keep_plans(event_id, seen.plans)


def _keep_sightings(event_id: int, seen: Seen) -> None:
    found = db.session.scalars(select(SightingRow).where(SightingRow.event_id == event_id))
    rows = {(row.subject, row.anchor): row for row in found}
    for subject, anchor in sorted(seen.news):
        written = [
            [each.seen_at.isoformat(), each.anchor_at.isoformat() if each.anchor_at else None]
            for each in seen.values[subject][anchor]
        ]
        row = rows.get((subject, anchor))
        if row is None:
            db.session.add(SightingRow(event_id=event_id, subject=subject, anchor=anchor, sightings=written))
        else:
            row.sightings = written


def _keep_plans(event_id: int, plans: Mapping[str, SeenPlan]) -> None:
    found = db.session.scalars(select(SeenPlanRow).where(SeenPlanRow.subject.in_(plans)))
    rows = {row.subject: row for row in found}
    for subject, plan in sorted(plans.items()):
        row = rows.get(subject) or SeenPlanRow(subject=subject)
        row.event_id, row.starts_at, row.planned_at = event_id, plan.starts_at, plan.planned_at
        row.replanned_at, row.moves, row.stamp = plan.replanned_at, plan.moves, plan.stamp
        db.session.add(row)
