"""The words about a show: the cause, the venue."""

from collections.abc import Iterable
from urllib.parse import quote_plus

from coordinator.events.models import Event

LONG = 600  # characters of a cause that are shown before the rest is collapsed


def venue_of(event: Event) -> str:
    """The venue by name and address, as far as they are known."""
    return ", ".join(part for part in (event.venue_name, event.venue_address) if part)


def directions_to(event: Event) -> str | None:
    """A map link to the venue; None if there is nothing to look for."""
    wanted = venue_of(event)
    return f"https://www.openstreetmap.org/search?query={quote_plus(wanted)}" if wanted else None


def about_in_two(about: str | None) -> tuple[list[str], list[str]]:
    """The paragraphs of a text, split after the first ones that fill the limit."""
    paragraphs = _paragraphs((about or "").splitlines())
    shown = 0
    for number, paragraph in enumerate(paragraphs):
        shown += len(paragraph)
        if shown > LONG and number:
            return paragraphs[:number], paragraphs[number:]
    return paragraphs, []


def _paragraphs(lines: Iterable[str]) -> list[str]:
    """Each line is a paragraph, unless it continues in the next one: no end of a sentence here, no capital there."""
    paragraphs: list[str] = []
    goes_on = False
    for line in (" ".join(each.split()) for each in lines):
        if goes_on and line[:1].islower():
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        goes_on = bool(line) and not line.endswith((".", "!", "?", ":", "…", '"', "”"))
    return paragraphs
