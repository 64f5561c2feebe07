"""Turns printed times into wall times: each list on its own, then the facts around the lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from ..model import MINUTES_A_DAY, FlyerAct, Kind, WallTime
from ..rows.row import Facts, Row
from ..times.printed_time import PrintedTime
from ..vocabulary.kinds import kind_of
from ..vocabulary.phrases import FactName
from .days import cut_by_day
from .order import BY_STAGE, HALF_DAY, Hint, Path, Reading, cheapest, readings

BEFORE_DOORS: Final = 400
PUBLIC: Final[frozenset[Kind]] = frozenset({"set", "speech", "break", "changeover"})


@dataclass(frozen=True, slots=True)
class Timed:
    """The rows with wall times in the order of the flyer, the facts, and what was doubtful."""

    acts: tuple[FlyerAct, ...]
    facts: dict[FactName, WallTime]
    reversed_lists: tuple[tuple[str, ...], ...] = ()
    guessed_facts: bool = False
    doubtful_days: tuple[str, ...] = ()


@dataclass(slots=True)
class _Context:
    """What is needed to read an hour. ``turned``: the names of lists that were printed backward."""

    facts: Facts
    to_24: bool
    by_day: bool
    turned: list[tuple[str, ...]] = field(default_factory=list)
    first_part: int = 0

    def read(self, clock: PrintedTime, until: PrintedTime | None = None) -> list[Reading]:
        read = readings(clock, until, to_24=self.to_24)
        return [replace(way, cost=_by_day(way)) for way in read] if self.by_day and clock.is_open else read


def _by_day(way: Reading) -> int:
    """The cost of an ambiguous hour on a flyer that mentions a morning or an afternoon."""
    if way.start < 8 * 60 or way.start >= MINUTES_A_DAY:
        return way.cost * 2
    return 60 if way.start >= 20 * 60 else 0


def resolve_times(rows: Sequence[Row], facts: Facts, *, days: Sequence[date] = (), by_day: bool = False) -> Timed:
    """All rows as acts, and the facts of the show.

    ``days`` are those that the flyer names. ``by_day``: it mentions a morning or an afternoon, so an ambiguous 11:00 is
    a.m.
    """
    clocks = [clock for row in rows for clock in (row.clock, row.until) if clock]
    clocks += [clock for pair in facts.values() for clock in pair if clock]
    context = _Context(facts, any(clock.counts_to_24 for clock in clocks), by_day)
    context.by_day = by_day or any(_is_by_day(_sure(context, name)) for name in ("doors", "show"))
    context.first_part = min((row.part for row in rows), default=0)
    cut = cut_by_day(rows, days, _forwards(context, rows) if len(days) > 1 else {})
    rows = cut.rows
    chosen: dict[int, Reading] = {}
    parts: dict[int, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.part, []).extend([row] if row.clock else [])
    for _, listed in sorted(parts.items()):
        chosen |= _part(context, listed)
    acts = tuple(_act(row, chosen.get(row.order)) for row in rows)
    read, guessed = _facts(context, acts)
    return Timed(acts, read, tuple(context.turned), guessed, cut.doubtful)


def _forwards(context: _Context, rows: Sequence[Row]) -> dict[tuple[int, str | None], Path]:
    """Each list as it stands, by part and stage."""
    lists: dict[tuple[int, str | None], list[Row]] = {}
    for row in rows:
        if row.clock:
            lists.setdefault((row.part, row.stage), []).append(row)
    return {key: _cheapest(context, listed) for key, listed in lists.items()}


def _act(row: Row, reading: Reading | None) -> FlyerAct:
    starts = WallTime(reading.start) if reading else None
    ends = WallTime(reading.end) if reading and reading.end is not None else None
    guessed = bool(reading and reading.guessed)
    return FlyerAct(
        row.name, kind_of(row.name), starts, ends, row.stage, row.note, row.approx, row.on, guessed, row.line
    )


def _part(context: _Context, rows: list[Row]) -> dict[int, Reading]:
    """One list: read as a whole, or stage by stage when that costs less."""
    prelude = [row for row in rows if kind_of(row.name) in {"load_in", "soundcheck"}]
    if prelude and prelude != rows[: len(prelude)]:
        # A message may mention load-in last; that does not make the list unordered.
        told_last = {row.order for row in prelude}
        return _part(context, prelude) | _part(context, [row for row in rows if row.order not in told_last])
    whole = _cheapest(context, rows)
    stages: dict[str | None, list[Row]] = {}
    for row in rows:
        stages.setdefault(row.stage, []).append(row)
    chosen = [(rows, whole)]
    if len(stages) > 1 and (whole.cost or whole.reversed):
        paths = [(listed, _cheapest(context, listed)) for listed in stages.values()]
        turned = any(path.reversed for _, path in paths)
        if sum(path.cost for _, path in paths) + BY_STAGE < whole.cost or (whole.reversed and not turned):
            chosen = paths
    context.turned += [tuple(row.name for row in listed) for listed, path in chosen if path.reversed]
    return {row.order: reading for listed, path in chosen for row, reading in zip(listed, path.chosen, strict=True)}


def _cheapest(context: _Context, rows: list[Row]) -> Path:
    ways = [context.read(row.clock, row.until) for row in rows if row.clock]
    return cheapest(ways, [_hint(context, row) for row in rows])


def _hint(context: _Context, row: Row) -> Hint:
    """Extra costs for a row: nobody plays before doors open, or long before the show."""
    if row.part != context.first_part or kind_of(row.name) not in PUBLIC:
        return lambda minute: 0
    opens, ends = [_sure(context, name) for name in ("doors", "show")], _sure(context, "ends")
    floor = max((minute - 60 * place for place, minute in enumerate(opens) if minute is not None), default=0)
    ceiling = 2 * MINUTES_A_DAY if ends is None or ends < floor else ends
    return lambda minute: BEFORE_DOORS if not floor <= minute <= ceiling else 0


def _is_by_day(minute: int | None) -> bool:
    """Whether people come in between breakfast and three o'clock."""
    return minute is not None and 6 * 60 <= minute < 15 * 60


def _sure(context: _Context, name: FactName) -> int | None:
    pair = context.facts.get(name)
    if pair is None:
        return None
    ways = {way.start for way in context.read(*pair) if way.cost < HALF_DAY}
    return min(ways) if not pair[0].is_open else None


def _facts(context: _Context, acts: Sequence[FlyerAct]) -> tuple[dict[FactName, WallTime], bool]:
    played = [act for act in acts if act.starts and act.kind in {"set", "speech"}]
    public = played or [act for act in acts if act.starts]
    day = min((act.on for act in public if act.on), default=None)
    starts = [act.starts.minutes for act in public if act.starts and act.on == day]
    lasts = [time.minutes for act in public if act.on == day for time in (act.starts, act.ends) if time]
    read: dict[FactName, WallTime] = {}
    guessed = False
    for name in ("doors", "show", "curfew", "ends"):
        if pair := context.facts.get(name):
            way = _placed(name, context.read(*pair), starts, lasts, read)
            read[name] = WallTime(way.start)
            guessed = guessed or way.guessed
    return read, guessed


def _placed(
    name: FactName, ways: list[Reading], starts: list[int], lasts: list[int], read: dict[FactName, WallTime]
) -> Reading:
    """Doors before the first act, the show at it, the end after the last, the curfew after the first."""
    known = [time.minutes for time in read.values()]
    first, last = min(starts, default=max(known, default=0)), max(lasts, default=max(known, default=0))
    if name == "doors" and starts:
        return min(ways, key=lambda way: (way.start > first, way.cost + abs(first - way.start)))
    if name == "show" and (starts or known):
        return min(ways, key=lambda way: (bool(known) and way.start < min(known), abs(first - way.start)))
    if name == "ends" and (starts or known):
        return min(ways, key=lambda way: (way.start < last, way.start < first, abs(way.start - last)))
    if name == "curfew" and (starts or known):
        return min(ways, key=lambda way: (way.start <= first, way.start))
    return min(ways, key=lambda way: way.cost)
