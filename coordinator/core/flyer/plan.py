"""From a flyer to slots; missing lengths and changeovers are inferred from common practice on stages.

Changeover before a band: 15 minutes (at least 8); before a solo or duo: 10 (5); before a speech or a DJ: 5 (2); never
more than a third of the gap since the row before on the same stage. Inferred lengths are rounded down to 5 minutes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Final

from .model import Flyer, FlyerAct, Kind, WallTime
from .vocabulary.kinds import act_size


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


NO_TIME: Final = timedelta(0)
GRAIN: Final = _minutes(5)
LAST_RESORT: Final = _minutes(30)  # the length of a last set when nothing else indicates it
SLOT_KINDS: Final[frozenset[Kind]] = frozenset({"set", "speech", "break", "soundcheck"})


@dataclass(frozen=True, slots=True)
class ChangeoverLength:
    """The nominal and minimum time to get the next slot on stage."""

    nominal: timedelta
    minimum: timedelta

    def at_most(self, longest: timedelta) -> "ChangeoverLength":
        """The same, limited to ``longest``; zero when that is negative."""
        nominal = min(self.nominal, max(longest, NO_TIME))
        return ChangeoverLength(nominal, min(self.minimum, nominal))


BEFORE_BAND: Final = ChangeoverLength(_minutes(15), _minutes(8))
BEFORE_FEW: Final = ChangeoverLength(_minutes(10), _minutes(5))
BEFORE_TALK: Final = ChangeoverLength(_minutes(5), _minutes(2))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """A slot to create from a row. ``length`` and changeovers are wall-clock lengths; ``date_on`` is None when
    unknown."""

    kind: Kind
    name: str
    stage: str | None
    note: str | None
    starts: WallTime
    date_on: date | None
    length: timedelta
    changeover: timedelta
    changeover_min: timedelta
    length_inferred: bool
    changeover_inferred: bool
    approx: bool
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Slots in order of date and time; rows that are not slots (load-in, crew dinner); acts without a time."""

    slots: tuple[PlannedSlot, ...] = ()
    notes: tuple[FlyerAct, ...] = ()
    untimed: tuple[FlyerAct, ...] = ()


def plan_of(flyer: Flyer) -> Plan:
    """The slots of a flyer, and its rows that are not slots."""
    timed = [act for act in flyer.acts if act.starts]
    slots = [slot for rows in _by_stage(timed).values() for slot in _stage(rows, flyer)]
    return Plan(
        slots=tuple(sorted(_last_ones_closed(slots, flyer), key=lambda slot: (slot.date_on or date.min, slot.starts))),
        notes=tuple(act for act in timed if act.kind in {"load_in", "other"}),
        untimed=tuple(act for act in flyer.acts if act.starts is None),
    )


def changeover_before(act: FlyerAct) -> ChangeoverLength:
    """The usual changeover before the act; breaks and soundchecks need as little as a speech."""
    size = act_size(act)
    if act.kind != "set" or size == "dj":
        return BEFORE_TALK
    return BEFORE_BAND if size == "band" else BEFORE_FEW


def _by_stage(acts: Iterable[FlyerAct]) -> dict[tuple[date | None, str], list[FlyerAct]]:
    stages: dict[tuple[date | None, str], list[FlyerAct]] = {}
    for act in acts:
        if act.kind in SLOT_KINDS or act.kind == "changeover":
            stages.setdefault((act.on, (act.stage or "").casefold()), []).append(act)
    return stages


def _stage(rows: Sequence[FlyerAct], flyer: Flyer) -> list[PlannedSlot]:
    """The slots of one stage on one day, in order; ``length`` is zero when only the other slots can tell it."""
    changeovers = [_changeover(rows, place, flyer.doors) for place in range(len(rows))]
    return [
        _slot(
            row,
            flyer,
            changeovers[place],
            stated=_is_stated(rows, place),
            length=_length(rows, place, changeovers, flyer.doors),
        )
        for place, row in enumerate(rows)
        if row.kind != "changeover"
    ]


def _slot(row: FlyerAct, flyer: Flyer, changeover: ChangeoverLength, *, stated: bool, length: timedelta) -> PlannedSlot:
    return PlannedSlot(
        kind=row.kind,
        name=row.name,
        stage=row.stage,
        note=row.note,
        starts=_start(row),
        date_on=row.on or flyer.on,
        length=length,
        changeover=changeover.nominal,
        changeover_min=changeover.minimum,
        length_inferred=row.ends is None,
        changeover_inferred=not stated,
        approx=row.approx,
        line=row.line,
    )


def _start(row: FlyerAct) -> WallTime:
    return row.starts or WallTime(0)


def _is_stated(rows: Sequence[FlyerAct], place: int) -> bool:
    return place > 0 and rows[place - 1].kind == "changeover"


def _changeover(rows: Sequence[FlyerAct], place: int, doors: WallTime | None) -> ChangeoverLength:
    row, usual = rows[place], changeover_before(rows[place])
    if _is_stated(rows, place):
        before = rows[place - 1]
        window = _start(before).until(before.ends or _start(row))
        return ChangeoverLength(window, min(usual.minimum, window))
    if place:
        return usual.at_most(_room_before(rows[place - 1], row))
    return usual.at_most(_third(doors.until(_start(row)))) if doors and doors <= _start(row) else usual


def _room_before(before: FlyerAct, row: FlyerAct) -> timedelta:
    """A third of the gap, and no more than a stated end leaves."""
    third = _third(_start(before).until(_start(row)))
    return min(third, before.ends.until(_start(row))) if before.ends else third


def _third(gap: timedelta) -> timedelta:
    return _minutes(gap // _minutes(3))


def _length(
    rows: Sequence[FlyerAct], place: int, changeovers: Sequence[ChangeoverLength], doors: WallTime | None
) -> timedelta:
    row = rows[place]
    if row.ends:
        return _start(row).until(row.ends)
    if place + 1 == len(rows):
        return NO_TIME
    following = rows[place + 1]
    takes = NO_TIME if following.kind == "changeover" else changeovers[place + 1].nominal
    length = _start(row).until(_start(following)) - takes
    if row.kind == "soundcheck" and doors and doors > _start(row):
        length = min(length, _start(row).until(doors))
    return _rounded(length)


def _rounded(length: timedelta) -> timedelta:
    return max(length // GRAIN * GRAIN, GRAIN)


def _last_ones_closed(slots: Sequence[PlannedSlot], flyer: Flyer) -> list[PlannedSlot]:
    """The slots, with lengths for those at the end: the median of the others, or what fits before the end."""
    return [slot if slot.length else replace(slot, length=_last_length(slot, slots, flyer)) for slot in slots]


def _last_length(slot: PlannedSlot, slots: Sequence[PlannedSlot], flyer: Flyer) -> timedelta:
    alike = [other for other in slots if other.length and other.kind == slot.kind]
    beside = [other.length for other in alike if (other.stage, other.date_on) == (slot.stage, slot.date_on)]
    lengths = beside or [other.length for other in alike] or [LAST_RESORT]
    usual = _minutes(int(median(length // _minutes(1) for length in lengths)))
    room = [slot.starts.until(end) for end in (flyer.ends, flyer.curfew) if end and end > slot.starts]
    return _rounded(min([usual, *room]))
