"""A pasted table as it was read, within the limits of one paste."""

from collections.abc import Callable

from flask_babel import gettext as _

from coordinator.core.sheets import ReadSheet, ShiftLine
from coordinator.core.sheets.table import NoTable
from coordinator.features.sheets.labels import no_table

from .lines import CannotPaste

# Limits of one paste: on SQLite nobody else can write while it is added.
MOST_LINES = {"people": 2_000, "shifts": 500}
MOST_ROLES = 100  # different ones
MOST_NAMED = 300  # people put on shifts: each is checked against the rules


def sheet_of(kind: str, read: Callable[[], ReadSheet]) -> ReadSheet:
    """What ``read`` gives. Raises CannotPaste, also for more than one paste may hold."""
    try:
        sheet = read()
    except NoTable as refusal:
        raise CannotPaste(no_table(refusal, kind)) from None
    if not sheet.lines:
        raise CannotPaste(_("There's nothing below the headings."))
    _must_be_few(sheet, kind)
    return sheet


def _must_be_few(sheet: ReadSheet, kind: str) -> None:
    most = MOST_LINES[kind]
    if len(sheet.lines) > most:
        raise CannotPaste(_("That's more than %(most)d lines. Paste them in batches.", most=most))
    shifts = [line for line in sheet.lines if isinstance(line, ShiftLine)]
    if len({" ".join(line.role.split()).casefold() for line in shifts}) > MOST_ROLES:
        raise CannotPaste(_("That's more than %(most)d different roles. Paste them in batches.", most=MOST_ROLES))
    if sum(bool(line.person) for line in shifts) > MOST_NAMED:
        raise CannotPaste(_("At most %(most)d lines can name a person. Paste them in batches.", most=MOST_NAMED))
