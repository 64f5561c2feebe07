"""Rows and facts put on the clock: every list by itself, then the facts around the lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from coordinator.core.flyer.billing import Row
from coordinator.core.flyer.clock import Clock
from coordinator.core.flyer.kinds import kind_of
from coordinator.core.flyer.model import MINUTES_A_DAY, FlyerAct, Kind, WallTime
from coordinator.core.flyer.order import BY_STAGE, HALF_DAY, Hint, Path, Reading, cheapest, readings
from coordinator.core.flyer.phrases import FactName

BEFORE_DOORS: Final = 400
PUBLIC: Final[frozenset[Kind]] = frozenset({"set", "speech", "break", "changeover"})

Facts = dict[FactName, tuple[Clock, Clock | None]]


@dataclass(frozen=True, slots=True)
class Timed:
    """The rows on the clock in the order of print, the facts, and what was doubtful about reading them."""

    acts: tuple[FlyerAct, ...]
    facts: dict[FactName, WallTime]
    turned_round: tuple[tuple[str, ...], ...] = ()
    guessed_facts: bool = False


@dataclass(slots=True)
class _Clockwork:
    facts: Facts
    to_24: bool
    by_day: bool
    turned: list[tuple[str, ...]] = field(default_factory=list)
    first_part: int = 0

    def read(self, clock: Clock, until: Clock | None = None) -> list[Reading]:
        read = readings(clock, until, to_24=self.to_24)
        return [replace(way, cost=_by_day(way)) for way in read] if self.by_day and clock.is_open else read


def _by_day(way: Reading) -> int:
    """What an open hour costs on a flyer that speaks of a morning or an afternoon."""
    if way.start < 8 * 60 or way.start >= MINUTES_A_DAY:
        return way.cost * 2
    return 60 if way.start >= 20 * 60 else 0


def on_the_clock(rows: Sequence[Row], facts: Facts, *, by_day: bool = False) -> Timed:
    """``by_day``: the flyer speaks of a morning or an afternoon, so that an open 11:00 is before noon."""
    clocks = [clock for row in rows for clock in (row.clock, row.until) if clock]
    clocks += [clock for pair in facts.values() for clock in pair if clock]
    works = _Clockwork(facts, any(clock.counts_to_24 for clock in clocks), by_day)
    works.first_part = min((row.part for row in rows), default=0)
    chosen: dict[int, Reading] = {}
    for part in sorted({row.part for row in rows}):
        chosen |= _part(works, [row for row in rows if row.part == part and row.clock])
    acts = tuple(_act(row, chosen.get(row.order)) for row in rows)
    read, guessed = _facts(works, acts)
    return Timed(acts, read, tuple(works.turned), guessed)


def _act(row: Row, reading: Reading | None) -> FlyerAct:
    starts = WallTime(reading.start) if reading else None
    ends = WallTime(reading.end) if reading and reading.end is not None else None
    guessed = bool(reading and reading.guessed)
    return FlyerAct(row.name, kind_of(row.name), starts, ends, row.stage, row.note, row.approx, row.on, guessed)


def _part(works: _Clockwork, rows: list[Row]) -> dict[int, Reading]:
    """One list: as a whole, or stage by stage where that makes better sense."""
    prelude = [row for row in rows if kind_of(row.name) in {"load_in", "soundcheck"}]
    if prelude and prelude != rows[: len(prelude)]:
        # In a message load-in may be told last of all, which puts no list out of order.
        return _part(works, prelude) | _part(works, [row for row in rows if row not in prelude])
    whole = _cheapest(works, rows)
    stages = list(dict.fromkeys(row.stage for row in rows))
    chosen = [(rows, whole)]
    if len(stages) > 1 and (whole.cost or whole.reversed):
        lists = [[row for row in rows if row.stage == stage] for stage in stages]
        paths = [(listed, _cheapest(works, listed)) for listed in lists]
        turned = any(path.reversed for _, path in paths)
        if sum(path.cost for _, path in paths) + BY_STAGE < whole.cost or (whole.reversed and not turned):
            chosen = paths
    works.turned += [tuple(row.name for row in listed) for listed, path in chosen if path.reversed]
    return {row.order: reading for listed, path in chosen for row, reading in zip(listed, path.chosen, strict=True)}


def _cheapest(works: _Clockwork, rows: list[Row]) -> Path:
    ways = [works.read(row.clock, row.until) for row in rows if row.clock]
    return cheapest(ways, [_hint(works, row) for row in rows])


def _hint(works: _Clockwork, row: Row) -> Hint:
    """Nobody plays before the doors open, nor long before the show."""
    if row.part != works.first_part or kind_of(row.name) not in PUBLIC:
        return lambda minute: 0
    opens = [_sure(works, name) for name in ("doors", "show")]
    floor = max((minute - 60 * place for place, minute in enumerate(opens) if minute is not None), default=0)
    return lambda minute: BEFORE_DOORS if minute < floor else 0


def _sure(works: _Clockwork, name: FactName) -> int | None:
    pair = works.facts.get(name)
    if pair is None:
        return None
    ways = {way.start for way in works.read(*pair) if way.cost < HALF_DAY}
    return min(ways) if not pair[0].is_open else None


def _facts(works: _Clockwork, acts: Sequence[FlyerAct]) -> tuple[dict[FactName, WallTime], bool]:
    played = [act for act in acts if act.starts and act.kind in {"set", "speech"}]
    public = played or [act for act in acts if act.starts]
    day = min((act.on for act in public if act.on), default=None)
    starts = [act.starts.minutes for act in public if act.starts and act.on == day]
    lasts = [time.minutes for act in public if act.on == day for time in (act.starts, act.ends) if time]
    read: dict[FactName, WallTime] = {}
    guessed = False
    for name in ("doors", "show", "curfew", "ends"):
        if pair := works.facts.get(name):
            way = _placed(name, works.read(*pair), starts, lasts, read)
            read[name] = WallTime(way.start)
            guessed = guessed or way.guessed
    return read, guessed


def _placed(
    name: FactName, ways: list[Reading], starts: list[int], lasts: list[int], read: dict[FactName, WallTime]
) -> Reading:
    """Doors before the first act, the show at it, the end behind the last, the curfew somewhere behind the first."""
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
