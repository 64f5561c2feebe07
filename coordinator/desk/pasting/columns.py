"""What the columns of a pasted table may be called, in English and Spanish."""

from __future__ import annotations

from flask_babel import gettext as _

from ...core.sheet import ColumnTwice, NoSuchColumns, NotASheet, Sheet, read_sheet
from .lines import CannotPaste

MOST_LINES = 2_500
MOST_NAMED = 300  # people put on shifts in one go: each is judged while nobody else can write

PEOPLE = {
    "name": ("name", "full name", "person", "volunteer", "nombre", "nombre completo", "persona", "voluntario"),
    "phone": (
        *("mobile", "mobile number", "phone", "phone number", "cell", "cell phone", "tel", "number"),
        *("movil", "celular", "telefono", "numero"),
    ),
    "language": ("language", "texts in", "idioma", "lengua", "lang"),
    "skills": ("skills", "knows", "skill", "conocimientos", "habilidades", "sabe"),
    "agreed": (
        *("agreed", "texts", "consent", "agreed to texts", "may be texted"),
        *("acepta", "acepta mensajes", "mensajes", "de acuerdo", "consentimiento"),
    ),
}
SHIFTS = {
    "role": ("role", "work", "what work", "job", "tarea", "rol", "trabajo", "que trabajo"),
    "on": ("date", "day", "fecha", "dia"),
    "starts": ("starts", "start", "from", "begins", "empieza", "desde", "inicio", "comienza"),
    "ends": ("ends", "end", "to", "until", "termina", "hasta", "fin", "acaba"),
    "place": ("place", "where", "lugar", "donde"),
    "min": ("min", "minimum", "needed", "people needed", "minimo", "personas necesarias", "necesarias"),
    "max": ("max", "maximum", "places", "maximo", "plazas", "lugares"),
    "call": ("call", "call time", "call time minutes before", "llegada", "hora de llegada"),
    "person": ("person", "name", "who", "people", "volunteer", "persona", "nombre", "quien", "voluntario"),
}
NEEDED = {"people": ("name",), "shifts": ("role", "starts", "ends")}


def sheet_of(kind: str, text: str) -> Sheet:
    """The table in the text, of people or of shifts. Raises CannotPaste."""
    try:
        sheet = read_sheet(text, PEOPLE if kind == "people" else SHIFTS, NEEDED[kind])
    except NotASheet as refusal:
        raise CannotPaste(_sentence(refusal, kind)) from None
    if len(sheet.rows) > MOST_LINES:
        raise CannotPaste(_("These are more than %(most)d lines. Paste them in parts.", most=MOST_LINES))
    if kind == "shifts" and sum(bool(row["person"]) for row in sheet.rows) > MOST_NAMED:
        raise CannotPaste(_("At most %(most)d lines can name a person. Paste them in parts.", most=MOST_NAMED))
    if not sheet.rows:
        raise CannotPaste(_("There is nothing under the first line."))
    return sheet


def _sentence(refusal: NotASheet, kind: str) -> str:
    if isinstance(refusal, NoSuchColumns):
        return _(
            "The first line must name the columns; this one is missing: %(columns)s.",
            columns=", ".join(_named(column) for column in refusal.lacking),
        )
    if isinstance(refusal, ColumnTwice):
        return _("Two columns are called %(column)s. Take one of them out.", column=_named(refusal.column))
    if refusal.line is not None:
        return _("From line %(line)d on it cannot be read: a quotation mark is not closed.", line=refusal.line)
    if kind == "people":
        return _("Paste a table whose first line names the columns, like: name, mobile, language, skills, agreed.")
    return _("Paste a table whose first line names the columns, like: role, date, starts, ends, place, min, max.")


def _named(column: str) -> str:
    return {"name": _("name"), "role": _("role"), "starts": _("starts"), "ends": _("ends")}.get(column, column)
