"""From the words of a row to its name, stage and note."""

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from ..text.lines import Line, folded, plain, unquoted, without_edges, without_ornaments
from ..vocabulary import places
from ..vocabulary.words import BILL_PLACES
from .row import Row

_BRACKETS: Final = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|【([^【】]*)】)")
_TILDE: Final = re.compile(r"\s+[~〜～]\s*|\s*[~〜～]\s+")
_TAIL: Final = re.compile(
    r"^(?P<name>.+?)(?:\s+[-–—|@/•·]+\s+|\s*[|@]\s*|\s{3,}|\t+|,\s+|\s+(?=(?:on|at|"
    r"in)\s+the\s))(?P<tail>(?:(?:on|at|in)\s+)?[^|]{1,40})$"
)
_PREPOSITION: Final = re.compile(r"^(?:on|at|in|@)\s+", re.IGNORECASE)
_HEAD: Final = re.compile(r"^(?P<head>[^:|–—]{2,30}?)(?:\s*[:|]\s*|\s+[-–—]\s+)(?P<name>\S.*)$")
_PLACE: Final = "|".join(sorted(map(re.escape, BILL_PLACES), key=len, reverse=True))
_BILL_PLACE: Final = re.compile(rf"^(?P<place>{_PLACE})\s*(?::|：|\s[-–—]|\|)\s*(?=\S)")


def billed(rows: list[Row]) -> list[Row]:
    """The rows with stages and notes split from their names. All rows together decide what is a stage."""
    opened = [_split(row) for row in rows]
    stages = _stages(opened)
    return [_named(row, brackets, stages) for row, brackets in opened]


_SplitRow = tuple[Row, list[str]]


def _split(row: Row) -> _SplitRow:
    """(the row without its brackets and the text after a tilde, those parts)."""
    brackets = [
        next(group for group in found.groups() if group is not None).strip() for found in _BRACKETS.finditer(row.name)
    ]
    name = _BRACKETS.sub(" ", row.name) if brackets else row.name
    parts = _TILDE.split(name, maxsplit=1)
    if len(parts) == 2 and parts[0].strip():
        name, brackets = parts[0], [*brackets, parts[1]]
    name = without_edges(without_ornaments(Line.of(name)).printed)
    if not name and brackets:
        name, brackets = brackets[0], brackets[1:]
    return replace(row, name=name), [text for bracket in brackets if (text := without_edges(bracket))]


def _stages(rows: list[_SplitRow]) -> set[str]:
    """Folded names of stages: from headings and columns, and from brackets and endings that recur."""
    given = {folded(row.stage) for row, _ in rows if row.stage}
    bracketed = [folded(bracket) for _, brackets in rows for bracket in brackets]
    tails = [folded(_tail(row.name)) for row, _ in rows if _tail(row.name)]
    return (
        given
        | {text for text in bracketed if places.is_place_name(text)}
        | _recurring(bracketed, len(rows))
        | _recurring(tails, len(rows))
        | _at_places(rows)
    )


_AT_A_PLACE: Final = re.compile(r"\S\s+@\s+(?P<place>[A-Z][^@]{1,39})$")


def _at_places(rows: list[_SplitRow]) -> set[str]:
    """Places after an @ in rows that also have a time. In a single row it may be part of the name."""
    told = [
        _PREPOSITION.sub("", found["place"]) for row, _ in rows if row.clock and (found := _AT_A_PLACE.search(row.name))
    ]
    return {folded(re.sub(r"^The\s", "", place)) for place in told} if len(told) > 1 else set()


def _recurring(texts: list[str], rows: int) -> set[str]:
    """Texts that are stages although no word says so: nearly every row has one, and at least two of them recur."""
    counts = {text: count for text, count in Counter(texts).items() if count > 1}
    enough = rows >= 4 and sum(counts.values()) >= rows * 0.8 and len(counts) <= rows / 2
    return set(counts) if enough and len(counts) >= 2 else set()


def _tail(name: str) -> str:
    found = _TAIL.match(name)
    return _PREPOSITION.sub("", found["tail"]) if found else ""


def _named(row: Row, brackets: list[str], stages: set[str]) -> Row:
    staged = [text for text in brackets if folded(text) in stages]
    notes = [text for text in brackets if folded(text) not in stages]
    stage = staged[0] if staged else row.stage
    notes += staged[1:]
    name, tail = _without_tail(row.name, stages)
    name, head = _without_head(name, stages) if not tail else (name, "")
    found = _BILL_PLACE.match(plain(name))
    if found:
        notes.insert(0, name[: found.end("place")])
        name = name[found.end() :]
    name, cells = _without_cells(re.sub(r"^w/\s*(?=\S)", "", name))
    name, address = _without_address(name)
    notes += cells + ([row.note] if row.note else [])
    return replace(row, name=unquoted(name), stage=tail or head or stage or address, note="; ".join(notes) or None)


def _without_tail(name: str, stages: set[str]) -> tuple[str, str]:
    found = _TAIL.match(name)
    if not found:
        return name, ""
    tail = _PREPOSITION.sub("", found["tail"]).strip()
    tail = re.sub(r"^the\s+(?=\S)", "", tail, flags=re.IGNORECASE) if tail != found["tail"].strip() else tail
    known = folded(tail) in stages or places.is_stage_name(tail)
    return (without_edges(found["name"]), tail) if known else (name, "")


_ADDRESS: Final = re.compile(r"^(?P<name>[^,;]*[^\W\d][^,;]*)(?:[,;]|\s@|\s[-–—|])\s+(?P<address>(?:at\s)?\d.*)$")


def _without_address(name: str) -> tuple[str, str | None]:
    """Each act at its own house: "Rip Tide Four, 122 E. 7th St."."""
    found = _ADDRESS.match(name)
    if not found or not places.is_address(Line.of(found["address"])):
        return name, None
    return found["name"].strip(), found["address"].strip()


def _without_head(name: str, stages: set[str]) -> tuple[str, str]:
    found = _HEAD.match(name)
    if found and (folded(found["head"]) in stages or places.is_stage_name(found["head"])):
        return without_edges(found["name"]), found["head"].strip()
    return name, ""


def _without_cells(name: str) -> tuple[str, list[str]]:
    """Cells of a pasted spreadsheet without a header: the first is the name."""
    first, *cells = [cell for part in name.split("\t") if (cell := without_edges(part))] or [name]
    return first, cells
