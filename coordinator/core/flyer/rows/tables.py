"""Bills pasted from a spreadsheet: separated by commas, semicolons, tabs or bars, with a header in any order."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal

from ..text.lines import Line, plain
from ..vocabulary.places import is_place_name

Column = Literal["start", "end", "time", "act", "stage", "note", "day", "length", "other"]

_COLUMNS: Final[dict[Column, str]] = {
    "start": "start; starts; begin; begins; from; start time; set time; on; on stage; begin time; von; beginn; "
    "anfang; hora de inicio; inicio; início; inizio; début; heure de début; de; stage time; set start; time on; on at",
    "end": "end; ends; finish; finishes; off; until; to; end time; bis; ende; fin; fim; fine; hora de fin; término;"
    " termino; till; out; set end; time off; off at; finish time; stop; jusqu'à",
    "time": "time; times; when; slot; zeit; uhrzeit; heure; horaire; hora; horario; horário; ora; orario; clock; "
    "set times; time slot; 時間",
    "act": "act; acts; artist; artists; band; bands; name; who; performer; performers; group; title; what; item; "
    "event; description; künstler; interpret; programm; programme; artiste; groupe; artista; grupo; banda; gruppo; "
    "nome; nom; nombre; performance; player; musician; musicians; activity; program; 出演者; playing",
    "stage": "stage; stages; room; where; location; place; area; venue; space; bühne; ort; scène; salle; lieu; "
    "escenario; lugar; sala; palco; local; luogo; ステージ; zone",
    "note": "note; notes; comment; comments; tech; info; details; needs; remarks; notizen; notiz; bemerkung; "
    "remarque; remarques; notas; nota; observações; note tecniche; extra; requirements; backline; gear; misc; 備考",
    "day": "day; date; tag; datum; jour; fecha; día; dia; data; giorno; 日付",
    "length": "length; duration; mins; minutes; min; set length; dauer; durée; duración; duração; durata",
}  # fmt: skip
HEADINGS: Final[dict[str, Column]] = {
    heading: column for column, names in _COLUMNS.items() for heading in names.split("; ")
}
GAP: Final = "  "  # two or more spaces; only a header makes columns of them
_CLEAR_MARKS: Final = ("\t", "|", ";", ",")
MARKS: Final = (*_CLEAR_MARKS, GAP)
MOST_COLUMNS: Final = 12
MOST_ROWS: Final = 200
_RULE: Final = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")


@lru_cache(maxsize=1024)  # every line is tried as the start of a table
def cells_of(line: Line, mark: str) -> list[str]:
    """The cells of a row, without quotes and outer bars. The list is cached: do not change it."""
    if mark in {",", ";"}:
        return [cell.strip() for cell in _quoted_cells(line.printed, mark)]
    if mark == GAP:
        return [cell.strip() for cell in _GAP.split(line.printed.strip())]
    text = line.printed.strip().strip("|") if mark == "|" else line.printed
    return [cell.strip().strip('"').strip() for cell in text.split(mark)]


_GAP: Final = re.compile(r"\s{2,}")


def is_marked(line: Line, mark: str) -> bool:
    """Whether the line has cells that this separates."""
    return bool(_GAP.search(line.printed)) if mark == GAP else mark in line.printed


def is_rule(line: Line) -> bool:
    """Whether it is the line of dashes between the header and the rows."""
    return bool(_RULE.fullmatch(line.printed))


def _quoted_cells(text: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=mark, skipinitialspace=True), [])
    except csv.Error:
        return text.split(mark)


def head_of(line: Line) -> tuple[str, list[Column]] | None:
    """(the separator, the columns) when the line is a header: it names a time and an act, and has no digits."""
    for mark in MARKS:
        if is_marked(line, mark) and not any(map(str.isdigit, line.printed)):
            columns = [_column(cell) for cell in cells_of(line, mark)]
            known = len([column for column in columns if column != "other"])
            if "act" in columns and {"start", "time"} & set(columns) and known * 2 > len(columns):
                return mark, columns
    return None


def names_only_columns(line: Line, mark: str) -> bool:
    """Whether the header contains nothing but the names of columns."""
    return all(_said(cell) in HEADINGS for cell in cells_of(line, mark) if cell)


def _column(heading: str) -> Column:
    said = _said(heading)
    return HEADINGS.get(said, HEADINGS.get(said.split()[-1] if said else "", "other"))


def _said(heading: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)|[^\w\s']", " ", plain(heading)).split())


def headless(
    lines: Sequence[Line], start: int, is_time: Callable[[str], bool]
) -> tuple[str, list[Column], list[list[str]]] | None:
    """(the separator, the columns, the rows) of a table without a header: three cells, and two lines unless in bars.

    The first column of times is the start, the second the end. Of the others, one whose words recur is the stage, and
    the first remaining one the act.
    """
    for mark in _CLEAR_MARKS:
        first = cells_of(lines[start], mark) if is_marked(lines[start], mark) else []
        rows = _even_rows(lines, start, mark) if 2 < len(first) <= MOST_COLUMNS and any(map(is_time, first)) else []
        enough = 1 if mark == "|" and lines[start].printed.startswith("|") else 2
        if len(rows) >= enough and (columns := _guessed_columns(rows, is_time)):
            return mark, columns, rows
    return None


def _even_rows(lines: Sequence[Line], start: int, mark: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines[start : start + MOST_ROWS]:
        cells = cells_of(line, mark) if is_marked(line, mark) else []
        if len(cells) < 3 or (rows and abs(len(cells) - len(rows[0])) > 1):
            break
        rows.append(cells)
    return rows


def _guessed_columns(rows: list[list[str]], is_time: Callable[[str], bool]) -> list[Column] | None:
    width = max(map(len, rows))
    columns = [[row[place] for row in rows if place < len(row) and row[place]] for place in range(width)]
    times = [place for place, cells in enumerate(columns) if cells and all(map(is_time, cells))]
    texts = [place for place in range(width) if place not in times and columns[place]]
    if not 1 <= len(times) <= 2 or not texts:
        return None
    stages = [place for place in texts if _recurs(columns[place]) or all(map(is_place_name, columns[place]))]
    stage = stages[-1] if stages and len(texts) > 1 else None
    act = next((place for place in texts if place != stage), None)
    named: dict[int, Column] = dict(zip(times, ("start", "end"), strict=False))
    named |= {place: column for place, column in ((stage, "stage"), (act, "act")) if place is not None}  # type: ignore[misc]
    return [named.get(place, "note") for place in range(width)]


def _recurs(cells: list[str]) -> bool:
    return len(set(cells)) < len(cells)


def table_lines(lines: Sequence[Line], start: int, mark: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """(index, cells) of the rows below a header, up to the first line that is not a row. Rules and blank lines are
    skipped."""
    for place in range(start, len(lines)):
        line = lines[place]
        if not line.printed or is_rule(line):
            if place + 1 < len(lines) and not is_marked(lines[place + 1], mark):
                return
            continue
        cells = cells_of(line, mark)
        if len(cells) < 2 or len(cells) > width + 1:
            return
        yield place, cells
