import re
from collections.abc import Iterator

import pytest

from coordinator.web.navigation import ORGANISATION_PLACES, PLACES
from coordinator.web.static import FOLDER

TEMPLATES = sorted((FOLDER.parent / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline style, which the policy stops": r"\sstyle\s*=|<style",
    "an inline handler, which the policy stops": r"\son[a-z]+\s*=\s*[\"']",
    "an inline script, which the policy stops": r"<script(?![^>]*\ssrc=)",
    "a static address without its hash; say static_url": r"[\"']/static/",
    "something from another house": r"(?:src|href)=[\"']https?://",
}


def found(pattern: str) -> Iterator[str]:
    for path in TEMPLATES:
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield from (f"{path.name}: {match[0].strip()}" for match in re.finditer(pattern, text))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    assert list(found(FORBIDDEN[what])) == []


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([a-z]+)"', (FOLDER / "icons.svg").read_text(encoding="utf-8")))
    in_templates = {hit.rpartition('"')[2] for hit in found(r"(?:icon|drawn)\(\"[a-z]+|icon=\"[a-z]+")}
    in_menu = {place.icon for place in (*PLACES, *ORGANISATION_PLACES)}

    assert in_templates
    assert (in_templates | in_menu) - drawn == set()
