"""What is wrong with a pasted table or one of its lines, in words."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.core.sheets import WrongLine
from coordinator.core.sheets.model import Notice
from coordinator.core.sheets.table import NoTable

LONGEST: Final = 60  # characters of a cell that are shown again

COLUMNS: Final[Mapping[str, LazyString]] = {
    "role": _l("role"),
    "date": _l("date"),
    "starts": _l("starts"),
    "ends": _l("ends"),
    "name": _l("name"),
    "act": _l("act"),
}
SKIPPED: Final[Mapping[str, LazyString]] = {
    "headings": _l("The headings once more."),
    "total": _l("A line of totals."),
}


def wrong_line(wrong: WrongLine) -> str:
    """Why nobody can put this line in, naming the cell as it was typed."""
    cell = wrong.cell[:LONGEST]
    if not cell:
        return {
            "role": _("Say what the work is."),
            "starts": _("Say when it starts, like 7:15 PM or 19:15."),
            "ends": _("Say when it ends, like 9:15 PM or 21:15."),
            "name": _("Enter a name."),
        }.get(wrong.column, _("Something is missing."))
    return {
        "date": _('We couldn\'t read the date "%(text)s". Write it like 2026-12-04.', text=cell),
        "starts": _('We couldn\'t read the time "%(text)s". Write it like 7:15 PM or 19:15.', text=cell),
        "ends": _('We couldn\'t read the time "%(text)s". Write it like 7:15 PM or 19:15.', text=cell),
        "phone": _('"%(text)s" isn\'t a whole phone number. Write it like (212) 555-0101.', text=cell),
    }.get(wrong.column, _('"%(text)s" isn\'t a whole number.', text=cell))


def notice(told: Notice, day: str) -> str:
    """What to look at before the line is put in; ``day``: the day of the show."""
    if told.code == "far":
        return _("That's more than 31 days from the show, which is on %(day)s. Is it last year's list?", day=day)
    if told.code == "weekday":
        return _('"%(text)s" names a weekday that isn\'t the one of its date.', text=told.about[:LONGEST])
    if told.code == "language":
        return _('We write English and Spanish, not "%(text)s": English it is.', text=told.about[:LONGEST])
    if told.code == "channel":
        return _('People are told first by text or by email, not by "%(text)s".', text=told.about[:LONGEST])
    if told.code == "more":
        return _('This stands under no heading and is left out: "%(text)s".', text=told.about[:LONGEST])
    return _('We take "%(text)s" as no: only a clear yes lets us text someone.', text=told.about[:LONGEST])


def no_table(refusal: NoTable, kind: str) -> str:
    """Why the whole text cannot be read."""
    if refusal.why == "lacking":
        column = COLUMNS.get(refusal.about, refusal.about)
        return _("No column says this: %(column)s. Name the columns in the first line.", column=column)
    if refusal.why == "unclosed":
        return _("We can't read anything from line %(line)s on: a quotation mark isn't closed.", line=refusal.about)
    if refusal.why == "too_wide":
        return _("The headings name more than %(most)s columns. Remove those you don't need.", most=refusal.about)
    if kind == "people":
        return _("No line names the columns. Write them first, like: name, mobile, language, skills, OK to text.")
    return _("No line names the columns. Write them first, like: role, date, starts, ends, place, max.")
