"""What was read from a flyer, as the form shows it and as it comes back fixed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal

from coordinator.core.flyer import Flyer, FlyerAct, PlannedSlot, WallTime, plan_of

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One slot to create. ``starts`` is on the venue's clock; before 05:00 it belongs to the night before.

    ``dst_fold`` chooses where the clocks show a time twice or skip it: 0 the first reading, 1 the second, None: ask.
    ``line`` is that of the flyer, from 0.
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
    dst_fold: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of the flyer: the rows that were read from it, by their place, and whether it found no place."""

    number: int  # from 0
    text: str
    rows: tuple[int, ...] = ()
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class ShowDraft:
    """A show to create, of one or several days. Each ``…_dst_fold`` is like that of a row."""

    title: str
    on: date | None
    zone: str
    rows: tuple[DraftRow, ...]
    venue: str | None = None
    address: str | None = None
    beneficiary: str | None = None
    doors: time | None = None
    doors_dst_fold: int | None = None
    curfew: time | None = None
    curfew_dst_fold: int | None = None
    donation: Decimal | None = None
    currency: str | None = None
    about: str | None = None
    title_es: str | None = None
    about_es: str | None = None
    notes: str | None = None
    warnings: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    unread: tuple[str, ...] = ()


def draft_of(flyer: Flyer) -> ShowDraft:
    """The flyer with inferred lengths and changeovers; everything that is no slot is in the notes."""
    plan = plan_of(flyer)
    several = len({slot.date_on for slot in plan.slots if slot.date_on}) > 1
    return ShowDraft(
        title=flyer.title or flyer.beneficiary or "",
        on=flyer.on,
        zone=flyer.zone,
        rows=_grouped([*(_row(slot, several) for slot in plan.slots), *map(_untimed, plan.untimed)]),
        venue=flyer.venue,
        beneficiary=flyer.beneficiary,
        doors=_clock(flyer.doors),
        curfew=_clock(flyer.curfew),
        donation=Decimal(str(flyer.donation.suggested)) if flyer.donation else None,
        currency=flyer.donation.currency if flyer.donation else None,
        about=flyer.about,
        notes="\n".join(_notes(flyer, plan.notes)) or None,
        warnings=tuple((warning.code, warning.acts) for warning in flyer.warnings),
        unread=flyer.unread,
    )


def _grouped(rows: list[DraftRow]) -> tuple[DraftRow, ...]:
    """By day, then by stage in the order of the flyer."""
    stages = list(dict.fromkeys(row.stage for row in rows))
    return tuple(sorted(rows, key=lambda row: (row.on or date.min, stages.index(row.stage))))


def printed_lines(flyer: str, rows: Iterable[int | None], unread: Collection[str]) -> list[PrintedLine]:
    """The lines of a flyer, each with what was read from it. ``rows``: the line of each row, from 0."""
    places: dict[int, list[int]] = {}
    for place, line in enumerate(rows):
        if line is not None:
            places.setdefault(line, []).append(place)
    return [
        PrintedLine(number, text, tuple(places.get(number, ())), not places.get(number) and text.strip() in unread)
        for number, text in enumerate(flyer.splitlines())
    ]


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
        line=slot.line,
    )


def _untimed(act: FlyerAct) -> DraftRow:
    unknown = DraftRow(act.name, act.kind, None, 30 * MINUTE, 15 * MINUTE, 8 * MINUTE)
    return replace(
        unknown,
        stage=act.stage,
        note=act.note,
        on=act.on,
        length_inferred=True,
        changeover_inferred=True,
        line=act.line,
    )


def _clock(at: WallTime | None) -> time | None:
    return None if at is None else time(at.hour, at.minute)


def _notes(flyer: Flyer, others: Iterable[FlyerAct]) -> list[str]:
    """What the crew should know and no slot holds."""
    told = [f"{act.starts} {act.name}" + (f" ({act.note})" if act.note else "") for act in others]
    age = [flyer.age] if flyer.age else []
    ends = [f"ends {flyer.ends}"] if flyer.ends else []
    return [*told, *ends, *age, *flyer.unread]
