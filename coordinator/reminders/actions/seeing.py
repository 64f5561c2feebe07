"""What was projected when, kept in rows, so that how long a time has been steady depends on no process's memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ...core.reminders import Sighting, remember
from ...db import db
from ..models import SightingRow
from ..queries import Subject


@dataclass(slots=True)
class Seen:
    """The sightings of one event, by subject and anchor."""

    rows: dict[tuple[str, str], SightingRow]
    values: dict[str, dict[str, tuple[Sighting, ...]]]

    def of(self, subject: str) -> Mapping[str, Sequence[Sighting]]:
        return self.values.get(subject, {})

    def moved_since(self, subject: str, at: datetime) -> bool:
        return any(seen[-1].seen_at >= at for seen in self.of(subject).values() if seen)


def sightings_of(event_id: int) -> Seen:
    """Everything that was seen of the event's times and still counts."""
    seen = Seen({}, {})
    for row in db.session.scalars(select(SightingRow).where(SightingRow.event_id == event_id)):
        seen.rows[row.subject, row.anchor] = row
        seen.values.setdefault(row.subject, {})[row.anchor] = tuple(
            Sighting(datetime.fromisoformat(at), datetime.fromisoformat(value) if value else None)
            for at, value in row.sightings
        )
    return seen


def remember_all(event_id: int, subjects: Iterable[Subject], seen: Seen, now: datetime) -> set[str]:
    """Remember what is projected now; gives back the keys of the subjects of which a time has moved.

    A sighting holds until the next one, so that a time which has not moved is not written again.
    """
    moved: set[str] = set()
    for subject in subjects:
        known = seen.values.setdefault(subject.key, {})
        for anchor, anchor_at in subject.anchors.items():
            before = known.get(anchor, ())
            if before and before[-1].anchor_at == anchor_at:
                continue
            moved.add(subject.key)
            known[anchor] = remember(before, now, anchor_at)
            _keep(event_id, subject.key, anchor, known[anchor], seen)
    return moved


def fill_gaps(moments: Iterable[tuple[datetime, Iterable[Subject]]], seen: Seen) -> None:
    """Add what would have been seen between two looks, where plan and facts have been the same since the first.

    ``moments`` are instants after the last look, oldest first, each with the subjects as projected then.
    """
    for at, subjects in moments:
        for subject in subjects:
            known = seen.values.setdefault(subject.key, {})
            for anchor, anchor_at in subject.anchors.items():
                before = known.get(anchor, ())
                if before and before[-1].seen_at < at and before[-1].anchor_at != anchor_at:
                    known[anchor] = remember(before, at, anchor_at)


def _keep(event_id: int, subject: str, anchor: str, sightings: Iterable[Sighting], seen: Seen) -> None:
    written = [[each.seen_at.isoformat(), each.anchor_at.isoformat() if each.anchor_at else None] for each in sightings]
    row = seen.rows.get((subject, anchor))
    if row is None:
        row = SightingRow(event_id=event_id, subject=subject, anchor=anchor, sightings=written)
        db.session.add(row)
        seen.rows[subject, anchor] = row
    else:
        row.sightings = written
