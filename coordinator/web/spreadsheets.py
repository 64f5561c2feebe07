"""Downloads that spreadsheets open."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from flask import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # what a spreadsheet may take for a formula
_NUMBER = re.compile(r"\+\d{4,15}", re.ASCII)
_MARK = "\ufeff"  # at the beginning; lets spreadsheets read names with accents


def csv_file(name: str, head: Sequence[str], lines: Iterable[Sequence[str]]) -> Response:
    """A CSV download with this name and header row; it is never cached."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    response = Response(_MARK + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def harmless(cell: str) -> str:
    """The cell with an apostrophe before a possible formula; a phone number is no formula and stays as it is."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
