"""What others wrote and Callboard carries is byte for byte what their packages hold, and no lock says where from."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SHELVES = [ROOT / "coordinator/static/vendor", ROOT / "tests/browser/vendor"]


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: str(shelf.relative_to(ROOT)))
def test_every_vendored_file_is_in_its_manifest_and_unchanged(shelf: Path) -> None:
    expected = {"MANIFEST.json": sha256(shelf / "MANIFEST.json")}
    for entry in manifest(shelf):
        expected |= {entry["file"]: entry["sha256"]} | entry["licence_texts"]

    assert {path.name: sha256(path) for path in shelf.iterdir()} == expected


def test_every_vendored_package_is_the_one_in_the_lock_and_names_its_licence() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    locked = {
        path.removeprefix("node_modules/"): (about["version"], about["license"]) for path, about in lock.items() if path
    }

    vendored = {entry["name"]: (entry["version"], entry["licence"]) for shelf in SHELVES for entry in manifest(shelf)}

    assert vendored == locked


def test_package_json_asks_for_exact_versions() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert version == lock[f"node_modules/{name}"]["version"]


def test_no_lock_holds_an_address() -> None:
    locks = [ROOT / ".npmrc", ROOT / "package-lock.json", *ROOT.glob("requirements*.lock")]

    addresses = [
        f"{lock.name}: {line.strip()}"
        for lock in locks
        for line in lock.read_text(encoding="utf-8").splitlines()
        if "http://" in line or "https://" in line
    ]

    assert len(locks) > 2
    assert addresses == []


def manifest(shelf: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((shelf / "MANIFEST.json").read_text(encoding="utf-8"))
    return entries


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
