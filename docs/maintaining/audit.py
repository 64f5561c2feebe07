"""Asks the world whether a library that Callboard runs with has a known hole: ``make audit``.

pip-audit stands in an environment of its own under .venvs/, so that what is tested stays as it is locked. Status 1 when
a hole is known. Without a network nothing is known: that is said, and is no failure.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OWN = ROOT / ".venvs/audit"
UV = ROOT / ".venv/bin/uv"
PATIENCE = 300  # seconds


def main() -> int:
    """Make the environment, ask, and say what came of it."""
    locked = ["--quiet", "--require-hashes", "--python", str(OWN / "bin/python")]
    steps = [
        [str(UV), "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(OWN)],
        [str(UV), "pip", "sync", *locked, str(ROOT / "requirements-audit.lock")],
    ]
    for step in steps:
        done = run(step)
        if done is None or done.returncode:
            return nothing_known(done)
    asked = ["--requirement", str(ROOT / "requirements.lock"), "--require-hashes", "--disable-pip"]
    done = run([str(OWN / "bin/pip-audit"), *asked, "--format", "json", "--progress-spinner", "off", "--timeout", "10"])
    try:
        found = json.loads(done.stdout if done else "")["dependencies"]
    except (ValueError, KeyError, TypeError):
        return nothing_known(done)
    return tell(found)


def run(command: list[str]) -> "subprocess.CompletedProcess[str] | None":
    """What came of it; None when it took too long, or could not be started."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return None


def tell(found: list[dict[str, Any]]) -> int:
    """One line for each hole; how many libraries were asked about."""
    holes = [(each, hole) for each in found for hole in each.get("vulns") or []]
    for each, hole in holes:
        better = ", ".join(hole.get("fix_versions") or []) or "none yet"
        print(f"{each['name']} {each['version']}: {hole['id']}; mended in: {better}")
    print(f"{len(found)} libraries asked about, {len(holes)} known holes.")
    return 1 if holes else 0


def nothing_known(done: "subprocess.CompletedProcess[str] | None") -> int:
    """Said in red, with the last words of whoever could not ask."""
    words = (done.stderr.strip().splitlines() if done else [])[-1:] or ["no answer"]
    print(f"\033[31mNOT AUDITED: nobody could be asked ({words[0][:200]}).\033[0m", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
