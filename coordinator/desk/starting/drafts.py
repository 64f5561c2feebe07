"""What was read from a flyer, as the form shows it and as it comes back put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from ...core.flyer import Flyer, FlyerAct, PlannedSlot, WallTime, plan_of

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One slot to be. ``starts`` is on the venue's clock; before 05:00 it belongs to the night before.

    ``passing`` chooses where the clocks show a time twice or skip it: 0 the first reading, 1 the second, None: ask.
    """

    name: str
    kind: str
    starts: time | None
    length: timedelta
    changeover: timedelta
    changeover_min: timedelta
    stage: str | None = None
    note: str | None = None
    on: date | None = None
    length_inferred: bool = False
    changeover_inferred: bool = False
    passing: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One show to be, or several when its rows lie on several days. Each ``…_passing`` is like that of a row."""

    title: str
    on: date | None
    zone: str
    rows: tuple[DraftRow, ...]
    venue: str | None = None
    address: str | None = None
    beneficiary: str | None = None
    doors: time | None = None
    doors_passing: int | None = None
    curfew: time | None = None
    curfew_passing: int | None = None
    donation: Decimal | None = None
    currency: str | None = None
    about: str | None = None
    notes: str | None = None
    warnings: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


def draft_of(flyer: Flyer) -> Draft:
    """The flyer with lengths and changeovers worked out; what is no slot stands in the notes."""
    plan = plan_of(flyer)
    several = len({slot.date_on for slot in plan.slots if slot.date_on}) > 1
    return Draft(
        title=flyer.title or flyer.beneficiary or "",
        on=flyer.on,
        zone=flyer.zone,
        rows=(*(_row(slot, several) for slot in plan.slots), *(_untimed(act) for act in plan.untimed)),
        venue=flyer.venue,
        beneficiary=flyer.beneficiary,
        doors=_clock(flyer.doors),
        curfew=_clock(flyer.curfew),
        donation=Decimal(str(flyer.donation.suggested)) if flyer.donation else None,
        currency=flyer.donation.currency if flyer.donation else None,
        about=flyer.about,
        notes="\n".join(_notes(flyer, plan.notes)) or None,
        warnings=tuple((warning.code, warning.acts) for warning in flyer.warnings),
    )


def _row(slot: PlannedSlot, several: bool) -> DraftRow:
    return DraftRow(
        name=slot.name,
        kind=slot.kind,
        starts=_clock(slot.starts),
        length=slot.length,
        changeover=slot.changeover,
        changeover_min=slot.changeover_min,
        stage=slot.stage,
        note=slot.note,
        on=slot.date_on if several else None,
        length_inferred=slot.length_inferred,
        changeover_inferred=slot.changeover_inferred,
    )


def _untimed(act: FlyerAct) -> DraftRow:
    return DraftRow(
        act.name, act.kind, None, 30 * MINUTE, 15 * MINUTE, 8 * MINUTE, act.stage, act.note, act.on, True, True
    )


def _clock(at: WallTime | None) -> time | None:
    return None if at is None else time(at.hour, at.minute)


def _notes(flyer: Flyer, others: Iterable[FlyerAct]) -> list[str]:
    """What the crew should know and no slot holds."""
    told = [f"{act.starts} {act.name}" + (f" ({act.note})" if act.note else "") for act in others]
    age = [flyer.age] if flyer.age else []
    ends = [f"ends {flyer.ends}"] if flyer.ends else []
    return [*told, *ends, *age, *flyer.unread]
