"""``python -m bench [NAME …] [--strict]``: measure all of it, or what is named."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from .table import shown

MEASURES = ("timing", "planning", "pages", "dispatch", "running")


def main() -> int:
    """Measure and print; with ``--strict`` the exit status is 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"one of {', '.join(MEASURES)}; all when none is named"
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    wanted = parser.parse_args()
    unknown = [name for name in wanted.names if name not in MEASURES]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    print(
        f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; figures are honest only on a quiet machine\n"
    )
    missed = False
    for name in wanted.names or MEASURES:
        rows = importlib.import_module(f"bench.{name}").measure()
        print(shown(rows), end="\n\n", flush=True)
        missed = missed or any(row.reached is False for row in rows)
    return 1 if missed and wanted.strict else 0


if __name__ == "__main__":
    sys.exit(main())
