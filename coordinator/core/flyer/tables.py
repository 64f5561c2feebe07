"""Bills pasted from a spreadsheet: commas, semicolons, tabs or bars, with a row of headings in any order."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from coordinator.core.flyer.lines import Line, plain
from coordinator.core.flyer.places import is_place_name

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
    "nome; nom; nombre; performance; player; musician; activity; program; 出演者; playing",
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
_MARKS: Final = ("\t", "|", ";", ",")
MOST_COLUMNS: Final = 12
MOST_ROWS: Final = 200
_RULE: Final = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")


def cells_of(line: Line, mark: str) -> list[str]:
    """The cells of a row; quotes and bars around it are no part of them."""
    if mark in {",", ";"}:
        return [cell.strip() for cell in _quoted_cells(line.printed, mark)]
    text = line.printed.strip().strip("|") if mark == "|" else line.printed
    return [cell.strip().strip('"').strip() for cell in text.split(mark)]


def _quoted_cells(text: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=mark, skipinitialspace=True), [])
    except csv.Error:
        return text.split(mark)


def head_of(line: Line) -> tuple[str, list[Column]] | None:
    """(the mark between cells, the columns) when the line is a row of headings: a time, an act, no other figures."""
    for mark in _MARKS:
        if mark in line.printed and not any(map(str.isdigit, line.printed)):
            columns = [_column(cell) for cell in cells_of(line, mark)]
            known = len([column for column in columns if column != "other"])
            if "act" in columns and {"start", "time"} & set(columns) and known * 2 > len(columns):
                return mark, columns
    return None


def names_only_columns(line: Line, mark: str) -> bool:
    """The head says nothing but what stands below it."""
    return all(_said(cell) in HEADINGS for cell in cells_of(line, mark) if cell)


def _column(heading: str) -> Column:
    said = _said(heading)
    return HEADINGS.get(said, HEADINGS.get(said.split()[-1] if said else "", "other"))


def _said(heading: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)|[^\w\s']", " ", plain(heading)).split())


def headless(
    lines: Sequence[Line], start: int, is_time: Callable[[str], bool]
) -> tuple[str, list[Column], list[list[str]]] | None:
    """(the mark, the columns, the rows) where a table begins that has no head: two lines and three cells at least.

    A column of times is the start, a second one the end; of the others one whose words recur is the stage, the first
    that is left the act.
    """
    for mark in _MARKS:
        first = cells_of(lines[start], mark) if 2 <= lines[start].printed.count(mark) < MOST_COLUMNS else []
        rows = _even_rows(lines, start, mark) if any(map(is_time, first)) else []
        if len(rows) > 1 and (columns := _guessed_columns(rows, is_time)):
            return mark, columns, rows
    return None


def _even_rows(lines: Sequence[Line], start: int, mark: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines[start : start + MOST_ROWS]:
        cells = cells_of(line, mark) if mark in line.printed else []
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
    """(place, cells) of the rows below a head, to the first line that is no row; rules and blank lines between "
    "are skipped."""
    for place in range(start, len(lines)):
        line = lines[place]
        if not line.printed or _RULE.fullmatch(line.printed):
            if place + 1 < len(lines) and mark not in lines[place + 1].printed:
                return
            continue
        cells = cells_of(line, mark)
        if len(cells) < 2 or len(cells) > width + 1:
            return
        yield place, cells
