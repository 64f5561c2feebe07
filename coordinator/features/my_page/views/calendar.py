"""What one person has to do, as entries of a calendar."""

from collections.abc import Iterable
from datetime import datetime

from coordinator.features.public_lineup.queries.about import venue_of
from coordinator.web.calendars import A_MINUTE, Appointment, revision_of

from ..queries.diary import DiaryEntry


def own_appointments(diary: Iterable[DiaryEntry], url: str, language: str, now: datetime) -> list[Appointment]:
    """What one person has to do: a set by its act, a shift by its role; what is off is marked as cancelled."""
    return [
        Appointment(
            key=entry.key,
            revision=revision_of(entry.event, now),
            title=f"{entry.what}, {entry.event.called(language)}",
            starts_at=entry.starts_at,
            ends_at=max(entry.ends_at, entry.starts_at + A_MINUTE),
            zone=entry.event.zone,
            place=", ".join(part for part in (entry.place, venue_of(entry.event)) if part),
            about=entry.about,
            url=url,
            cancelled=entry.off,
        )
        for entry in diary
    ]
