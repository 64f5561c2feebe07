"""Several shifts in one go."""

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from coordinator.web.form_parts import WithDstFold
from coordinator.web.whole_numbers import WholeNumber
from coordinator.web.words import lazy as _l

from .shifts import A_DAY

MINUTE = timedelta(minutes=1)


def _minutes(label: str, least: int, default: int) -> WholeNumber:
    within = NumberRange(min=least, max=A_DAY, message=_l("Enter whole minutes, up to 1440."))
    needed = InputRequired(_l("Enter a number of minutes."))
    return WholeNumber(label, default=default, validators=[needed, within])


class CrewForm(FlaskForm):
    """A crew at every changeover."""

    work = StringField(_l("Type of work"), validators=[DataRequired(_l("Enter what the work is, like Front door."))])
    stage = SelectField(_l("Stage"), default="")
    least = WholeNumber(_l("People needed"), default=1, validators=[InputRequired(_l("Enter a number, like 1."))])
    most = WholeNumber(_l("Spots"), default=2, validators=[InputRequired(_l("Enter a number, like 2."))])
    before = _minutes(_l("Minutes before the changeover"), 0, 5)
    after = _minutes(_l("Minutes after the set starts"), 0, 0)


class RepeatForm(WithDstFold, FlaskForm):
    """One shift after another."""

    work = StringField(_l("Type of work"), validators=[DataRequired(_l("Enter what the work is, like Front door."))])
    on = DateField(_l("Day"), validators=[InputRequired(_l("Choose the day."))])
    starts = TimeField(_l("From"), validators=[InputRequired(_l("Choose a start time."))])
    ends = TimeField(_l("To"), validators=[InputRequired(_l("Choose an end time."))])
    every = _minutes(_l("Repeat every, minutes"), 1, 60)
    length = _minutes(_l("Length of each, minutes"), 1, 60)
    least = WholeNumber(_l("People needed"), default=1, validators=[InputRequired(_l("Enter a number, like 1."))])
    most = WholeNumber(_l("Spots"), default=2, validators=[InputRequired(_l("Enter a number, like 2."))])
    is_unclear = False


class CopyForm(FlaskForm):
    """As it was at an earlier show."""

    earlier = SelectField(_l("Which show"), validators=[DataRequired(_l("Choose a show."))])


class BenefitForm(FlaskForm):
    """What a small benefit night needs; nothing is asked."""
