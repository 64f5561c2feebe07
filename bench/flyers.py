"""Reading a flyer or a table takes no longer the more is pasted, whatever pattern repeats in it."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product

from bench.table import Row, Size
from coordinator.core.flyer import plan_of, read_flyer
from coordinator.core.sheets import read_people
from coordinator.core.sheets.table import NoTable

UNITS = (
    "8pm\tAsh\tBarn\t",
    "20:00 20:30 21:00 ",
    "20:00 Ash, ",
    "| 8pm | Ash ",
    "at 8 ",
    "from 8 to 9 ",
    "half past 8 ",
    "noon ",
    "at ",
    "@ ",
    "$10 ",
    "12/4 ",
    "Ash - ",
    "Ash (Barn) ",
    "soundcheck 5pm ",
    "benefit for Ash ",
    ", ",
    "- ",
    "\t",
    "7",
    "e\u0301\u0323",
    "\U0001f600",
    "\u202e",
    "x",
)
LENGTHS = (30, 300, 1_900, 1_000_000)  # characters per line
MILLION = 1_000_000
SHORT = 100_000  # longer than the part of a flyer that is read
LIMIT_MS = 2_000


def measure(size: Size) -> list[Row]:
    texts = [(unit, length) for unit, length in product(UNITS, LENGTHS)][:: size.of(1, 6)]
    whole = {text: _cpu_ms(partial(_read, *text, MILLION)) for text in texts}
    unit, length = worst = max(whole, key=lambda text: whole[text])
    ratio = whole[worst] / _cpu_ms(lambda: _read(*worst, SHORT))
    what = f"a flyer of 1 MB: {unit!r} in lines of {length:,} (the worst of {len(texts)})"
    tables = [_cpu_ms(partial(_table, unit + end)) for unit in UNITS for end in ("", "\n")]
    return [
        Row(what, f"{whole[worst]:.0f} ms", f"< {LIMIT_MS} ms", whole[worst] < LIMIT_MS),
        Row("  the same, to a tenth of it", f"{ratio:.2f} times", "bounded: < 4", ratio < 4),
        Row("a table of 1 MB, the worst", f"{max(tables):.0f} ms", f"< {LIMIT_MS} ms", max(tables) < LIMIT_MS),
    ]


def _cpu_ms(work: Callable[[], object]) -> float:
    """CPU time of the work in milliseconds, unaffected by other load on the machine."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _read(unit: str, length: int, characters: int) -> None:
    line = (unit * (length // len(unit) + 1))[: min(length, characters)] + "\n"
    plan_of(read_flyer(line * (characters // len(line) or 1), default_on=date(2026, 11, 1), zone="America/New_York"))


def _table(unit: str) -> None:
    try:
        read_people("name\tmobile\n" + unit * (MILLION // len(unit)))
        read_people(unit * (MILLION // len(unit)))
    except NoTable:
        pass
