"""What is installed is what was tested: every package pinned, every file hashed, no address anywhere."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock", "requirements-audit.lock")
PIN = re.compile(
    r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^\s;]+)(?: ; [^\\]+)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+",
    re.MULTILINE,
)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="ascii")))


def asked_for(requirements: list[str]) -> dict[str, str]:
    return dict(re.sub(r"\[.*\]", "", requirement).split("==") for requirement in requirements)


def project() -> dict[str, list[str]]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"run": told["dependencies"], "test": told["optional-dependencies"]["test"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pinned_and_hashed_packages_and_nothing_else(lock: str) -> None:
    rest = PIN.sub("", (ROOT / lock).read_text(encoding="ascii"))

    assert pins(lock)
    assert [line for line in rest.splitlines() if line and not line.startswith("    # ")] == []


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r"\w+://\S+|--\w*index-url.*|--find-links.*", without_funding(text)) == []


def test_the_locks_hold_the_versions_that_the_project_asks_for() -> None:
    asked = project()

    assert asked_for(asked["run"]).items() <= pins("requirements.lock").items()
    assert asked_for(asked["run"] + asked["test"]).items() <= pins("requirements-dev.lock").items()


def test_tests_run_with_the_very_packages_that_callboard_runs_with() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def without_funding(text: str) -> str:
    """A package-lock without the pages where its packages ask for donations: they are told, not fetched."""
    if not text.startswith("{"):
        return text
    lock = json.loads(text)
    return json.dumps([{**package, "funding": None} for package in lock.get("packages", {}).values()])
