"""Planning roles and shifts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from ...core.cover import skills_of
from ...shifts.queries import Follows
from .lists import BEGINS, PASSINGS

MINUTE = timedelta(minutes=1)
A_DAY = 24 * 60  # minutes


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


def _at_most(letters: int) -> Length:
    return Length(max=letters, message=_l("That is too long: %(max)d letters at most."))


class WholeNumber(IntegerField):
    """A whole number; anything else is refused in the reader's language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Write a whole number, like 2.")) from None


def _minutes(label: str, hint: str = "") -> WholeNumber:
    within = NumberRange(min=0, max=A_DAY, message=_l("Write whole minutes, from 0 to 1440."))
    return WholeNumber(label, description=hint, default=0, validators=[Optional(), within])


class WhenForm(FlaskForm):
    """When a shift is: on a day from a time to a time, an end before the start being after midnight; or with a slot."""

    on = DateField(_l("Day"), validators=[Optional()])
    starts = TimeField(_l("From"), validators=[Optional()])
    ends = TimeField(_l("To"), validators=[Optional()])
    passing = SelectField(_l("Which one"), choices=PASSINGS, default="")
    slot = SelectField(_l("Follow a slot"), default="", validate_choice=True)
    begins = SelectField(_l("From when"), choices=BEGINS, default="changeover_start")
    before = _minutes(_l("Minutes before that"))
    until = SelectField(_l("Until"), choices=BEGINS, default="set_start")
    after = _minutes(_l("Minutes after that"))
    is_unclear = False  # whether a time that was typed has two readings

    def validate(self, extra_validators: Any = None) -> bool:
        """Fixed times are needed where no slot is followed."""
        is_fine: bool = super().validate(extra_validators)
        if self.slot.data:
            return is_fine
        needed = {
            self.on: gettext("Choose the day."),
            self.starts: gettext("Write when it begins, like 19:15."),
            self.ends: gettext("Write when it ends, like 20:45."),
        }
        lacking = {field: sentence for field, sentence in needed.items() if field.data is None and not field.errors}
        for field, sentence in lacking.items():
            field.errors = [sentence]
        return is_fine and not lacking

    @property
    def follows(self) -> Follows | None:
        """The slot that was chosen, and how it is followed; None: fixed times."""
        if not self.slot.data:
            return None
        before, after = ((field.data or 0) * MINUTE for field in (self.before, self.after))
        return Follows(int(self.slot.data), self.begins.data, self.until.data, before, after)

    @property
    def reading(self) -> int | None:
        """Which of two readings of a wall time was chosen; None: none yet."""
        return int(self.passing.data) if self.passing.data else None


class EditShiftForm(WhenForm):
    """All that can be changed of a shift."""

    least = WholeNumber(_l("People needed"), default=1, validators=[InputRequired(_l("Write a number, like 1."))])
    most = WholeNumber(_l("Places"), default=1, validators=[InputRequired(_l("Write a number, like 2."))])
    place = StringField(_l("Where"), validators=[_at_most(200)])
    call = _minutes(_l("Call time, minutes before"), _l("So long before it begins people are to be there."))

    @property
    def where(self) -> str | None:
        return " ".join((self.place.data or "").split()) or None

    @property
    def call_before(self) -> timedelta:
        return (self.call.data or 0) * MINUTE


class ShiftForm(EditShiftForm):
    """One more shift: what work, when, for how many."""

    work = StringField(
        _l("What work"),
        validators=[DataRequired(_l("Write what the work is, like Front door.")), _at_most(120)],
    )
    note = StringField(
        _l("What it is like"),
        description=_l("For those who choose, like: some lifting. May stay empty."),
        validators=[Length(max=200, message=_l("Say it in 200 letters."))],
    )


class RoleForm(FlaskForm):
    """A kind of work, and what it asks of people."""

    name = StringField(
        _l("What work"),
        validators=[DataRequired(_l("Write what the work is, like Front door.")), _at_most(120)],
    )
    note = StringField(
        _l("What it is like"),
        description=_l("For those who choose, like: some lifting. May stay empty."),
        validators=[_at_most(2000)],
    )
    skills = StringField(
        _l("What one must know"),
        description=_l("With commas between, like: first aid, sound desk. Empty: nothing special."),
        validators=[_at_most(1300)],
    )
    minimum_age = WholeNumber(
        _l("Minimum age"),
        description=_l("In years, on the day of the show. Empty: anybody."),
        validators=[Optional(), NumberRange(min=0, max=99, message=_l("A minimum age is from 0 to 99 years."))],
    )
    never_alone = BooleanField(_l("Nobody does it alone the first time"))
    works_changeovers = BooleanField(_l("Its people help at each changeover during their shift"))
    instructions_en = TextAreaField(
        _l("Instructions in English"),
        description=_l("Shown to those who have a place."),
        validators=[_at_most(5000)],
    )
    instructions_es = TextAreaField(_l("Instructions in Spanish"), validators=[_at_most(5000)])

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(skills_of(self.skills.data or ""))
