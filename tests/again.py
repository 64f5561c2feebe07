"""``python -m tests.again``: once more, alone, the browser tests that failed beside all others. It names them.

A browser is a program of many processes beside thousands of tests: sometimes it is too late for one of them. That is
tried again once, and only that: any other test that failed, or more than three, stays failed.
"""

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
OF_A_BROWSER = "tests/browser/"
MOST = 3


def to_try_again(failed: Collection[str]) -> list[str]:
    """Those of the failed tests, by pytest's names, that are tried again: all of them, or none."""
    is_for_a_browser = all(each.startswith(OF_A_BROWSER) and "::" in each for each in failed)
    return sorted(failed) if is_for_a_browser and 0 < len(failed) <= MOST else []


def main() -> int:
    """0 if what failed may be tried again and passes alone."""
    failed = json.loads(FAILED.read_text(encoding="utf-8")) if FAILED.exists() else {}
    again = to_try_again(failed)
    if not again:
        sys.stderr.write("What failed is not tried again.\n")
        return 1
    named = "\n".join(f"  {each}" for each in again)
    sys.stderr.write(f"\033[1;33mFAILED BESIDE ALL OTHERS, tried once more alone; mend them:\n{named}\033[0m\n")
    alone = [sys.executable, "-m", "pytest", "--numprocesses", "0", *again]
    return subprocess.run(alone, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
