"""A table that somebody pastes."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

LONGEST = 1_000_000  # letters


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


class PasteForm(FlaskForm):
    """People or shifts, a line each."""

    kind = RadioField(
        _l("What it is"),
        choices=[SelectChoice("people", _l("People")), SelectChoice("shifts", _l("Shifts"))],
        default="people",
        validators=[DataRequired(_l("Choose people or shifts."))],
    )
    text = TextAreaField(
        _l("The table"),
        description=_l("From a spreadsheet or a file of commas. The first line names the columns, in any order."),
        validators=[
            DataRequired(_l("Paste the table here.")),
            Length(max=LONGEST, message=_l("That is too long: %(max)d letters at most.")),
        ],
    )
