"""Several shifts in one go."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from .lists import PASSINGS
from .shifts import A_DAY, WholeNumber

MINUTE = timedelta(minutes=1)


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


def _minutes(label: str, least: int, default: int) -> WholeNumber:
    within = NumberRange(min=least, max=A_DAY, message=_l("Write whole minutes, up to 1440."))
    needed = InputRequired(_l("Write a number of minutes."))
    return WholeNumber(label, default=default, validators=[needed, within])


class CrewForm(FlaskForm):
    """A crew at every changeover."""

    work = StringField(_l("What work"), validators=[DataRequired(_l("Write what the work is, like Front door."))])
    stage = SelectField(_l("Stage"), default="")
    least = WholeNumber(_l("People needed"), default=1, validators=[InputRequired(_l("Write a number, like 1."))])
    most = WholeNumber(_l("Places"), default=2, validators=[InputRequired(_l("Write a number, like 2."))])
    before = _minutes(_l("Minutes before the changeover"), 0, 5)
    after = _minutes(_l("Minutes after the set begins"), 0, 0)


class RepeatForm(FlaskForm):
    """One shift after another."""

    work = StringField(_l("What work"), validators=[DataRequired(_l("Write what the work is, like Front door."))])
    on = DateField(_l("Day"), validators=[InputRequired(_l("Choose the day."))])
    starts = TimeField(_l("From"), validators=[InputRequired(_l("Write when it begins, like 19:15."))])
    ends = TimeField(_l("To"), validators=[InputRequired(_l("Write when it ends, like 20:45."))])
    passing = SelectField(_l("Which one"), choices=PASSINGS, default="")
    every = _minutes(_l("Every, minutes"), 1, 60)
    length = _minutes(_l("Each lasts, minutes"), 1, 60)
    least = WholeNumber(_l("People needed"), default=1, validators=[InputRequired(_l("Write a number, like 1."))])
    most = WholeNumber(_l("Places"), default=2, validators=[InputRequired(_l("Write a number, like 2."))])
    is_unclear = False

    @property
    def reading(self) -> int | None:
        """Which of two readings of a wall time was chosen; None: none yet."""
        return int(self.passing.data) if self.passing.data else None


class CopyForm(FlaskForm):
    """As it was at an earlier show."""

    earlier = SelectField(_l("Which show"), validators=[DataRequired(_l("Choose a show."))])


class BenefitForm(FlaskForm):
    """What a small benefit night needs; nothing is asked."""
