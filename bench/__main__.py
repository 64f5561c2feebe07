"""``python -m bench [NAME …] [--quick] [--strict]``: run all measurements, or the named ones."""

import argparse
import importlib
import os
import sys
import time

from bench.table import Row, Size, shown

MEASURES = (
    "timing",
    "planning",
    "clashes",
    "loading",
    "two_days",
    "replies",
    "flyers",
    "ticking",
    "pages",
    "viewers",
    "signing_up",
    "dispatch",
    "side_by_side",
    "lateness",
    "running",
    "reading",
)


def main() -> int:
    """Measure and print. With ``--strict`` the exit status is 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    some = f"any of {', '.join(MEASURES)}; all of them when none is named"
    parser.add_argument("names", nargs="*", metavar="NAME", help=some)
    parser.add_argument("--quick", action="store_true", help="measure little; such figures are worth little")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    wanted = parser.parse_args()
    unknown = [name for name in wanted.names if name not in MEASURES]
    if unknown:
        parser.error(f"{', '.join(unknown)}: no such measure; there are {', '.join(MEASURES)}")
    print(f"{_load()} on {os.cpu_count()} cores; figures are honest only on a quiet machine\n", flush=True)
    rows = [row for name in wanted.names or MEASURES for row in _measured(name, Size(quick=wanted.quick))]
    missed = [row for row in rows if row.reached is False]
    print(f"{len(missed)} of {sum(row.reached is not None for row in rows)} targets missed; {_load()} at the end")
    return 1 if missed and wanted.strict else 0


def _measured(name: str, size: Size) -> list[Row]:
    began = time.perf_counter()
    rows: list[Row] = importlib.import_module(f"bench.{name}").measure(size)
    print(f"{name} ({time.perf_counter() - began:.0f} s)\n{shown(rows)}\n", flush=True)
    return rows


def _load() -> str:
    return f"load average {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
