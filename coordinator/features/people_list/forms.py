"""A table that someone pastes, and what is known about one person."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from coordinator.web.form_parts import WithPersonFacts, at_most
from coordinator.web.words import lazy as _l

LONGEST = 1_000_000  # characters
LONGEST_NOTES = 2_000


class PasteForm(FlaskForm):
    """People or shifts, a line each."""

    kind = RadioField(
        _l("What you're pasting"),
        choices=[SelectChoice("people", _l("People")), SelectChoice("shifts", _l("Shifts"))],
        default="people",
        validators=[DataRequired(_l("Choose people or shifts."))],
    )
    text = TextAreaField(
        _l("The table"),
        description=_l("From a spreadsheet or a CSV file. The first line names the columns, in any order."),
        validators=[
            DataRequired(_l("Paste the table here.")),
            at_most(LONGEST),
        ],
    )


class PersonForm(WithPersonFacts, FlaskForm):
    """Someone of the show."""

    notes = TextAreaField(
        _l("Notes"),
        description=_l("Only coordinators see these, and the person when they download what is held about them."),
        validators=[at_most(LONGEST_NOTES)],
    )
