"""Pages that say where a promise is tried name tests, files and settings that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEY = re.compile(r"`([A-Z]{2,}(?:_[A-Z]+)+)`")
PATH = re.compile(r"`((?:tests|deploy|docs|coordinator|jobs)/[\w./-]+)`")


@pytest.mark.parametrize("page", ["security.md", "operators.md", "promises.md"])
def test_every_path_is_there(page: str) -> None:
    paths = PATH.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))

    assert paths
    assert [path for path in paths if not ((ROOT / path).exists() or (ROOT / "tests" / path).exists())] == []


@pytest.mark.parametrize("page", ["security.md", "operators.md"])
def test_every_setting_is_one(page: str) -> None:
    named = set(KEY.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))
    read = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "config.py").read_text(encoding="utf-8")))

    assert named - read == set()


def test_every_setting_is_described() -> None:
    reads = r'(?:self\.\w+|reader\.\w+)\("([A-Z][A-Z_]+)"'
    read = set(re.findall(reads, (ROOT / "config.py").read_text(encoding="utf-8")))
    table = (ROOT / "docs/operators.md").read_text(encoding="utf-8").partition("## One machine")[0]

    assert {key for key in read if f"`{key}`" not in table} == set()


def test_no_page_holds_the_marks_of_an_unfinished_merge() -> None:
    marked = [
        f"{page.name}: {line}"
        for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith(("<<<<<<< ", ">>>>>>> ")) or line == "======="
    ]

    assert marked == []
