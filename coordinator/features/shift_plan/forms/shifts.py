"""Planning roles and shifts."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from coordinator.core.cover import skills_of
from coordinator.shifts.queries.planned import Follows
from coordinator.web.choices import BEGINS
from coordinator.web.form_parts import WithDstFold, at_most
from coordinator.web.whole_numbers import WholeNumber
from coordinator.web.words import lazy as _l

MINUTE = timedelta(minutes=1)
A_DAY = 24 * 60  # minutes


def _minutes(label: str, hint: str = "") -> WholeNumber:
    within = NumberRange(min=0, max=A_DAY, message=_l("Enter whole minutes from 0 to 1440."))
    return WholeNumber(label, description=hint, default=0, validators=[Optional(), within])


class WhenForm(WithDstFold, FlaskForm):
    """When a shift is: on a day from a time to a time (an earlier end is after midnight), or following a slot."""

    on = DateField(_l("Day"), validators=[Optional()])
    starts = TimeField(_l("From"), validators=[Optional()])
    ends = TimeField(_l("To"), validators=[Optional()])
    slot = SelectField(_l("Follow a slot"), default="", validate_choice=True)
    begins = SelectField(_l("Starts when"), choices=BEGINS, default="changeover_start")
    before = _minutes(_l("Minutes before that"))
    until = SelectField(_l("Until"), choices=BEGINS, default="set_start")
    after = _minutes(_l("Minutes after that"))
    is_unclear = False  # whether a time that was typed has two readings

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Fixed times are required if no slot is followed."""
        is_fine: bool = super().validate(extra_validators)
        if self.slot.data:
            return is_fine
        needed = {
            self.on: gettext("Choose the day."),
            self.starts: gettext("Choose a start time."),
            self.ends: gettext("Choose an end time."),
        }
        lacking = {field: sentence for field, sentence in needed.items() if field.data is None and not field.errors}
        for field, sentence in lacking.items():
            field.errors = [sentence]
        return is_fine and not lacking

    @property
    def follows(self) -> Follows | None:
        """The chosen slot and how to follow it; None: fixed times."""
        if not self.slot.data:
            return None
        before, after = ((field.data or 0) * MINUTE for field in (self.before, self.after))
        return Follows(int(self.slot.data), self.begins.data, self.until.data, before, after)


class EditShiftForm(WhenForm):
    """All that can be changed of a shift."""

    least = WholeNumber(_l("People needed"), default=1, validators=[InputRequired(_l("Enter a number, like 1."))])
    most = WholeNumber(_l("Spots"), default=1, validators=[InputRequired(_l("Enter a number, like 2."))])
    place = StringField(_l("Where"), validators=[at_most(200)])
    call = _minutes(_l("Call time, minutes before"), _l("How long before the start people need to be there."))

    @property
    def where(self) -> str | None:
        return " ".join((self.place.data or "").split()) or None

    @property
    def call_before(self) -> timedelta:
        return (self.call.data or 0) * MINUTE


class ShiftForm(EditShiftForm):
    """A new shift: which work, when, for how many."""

    work = StringField(
        _l("Type of work"),
        validators=[DataRequired(_l("Enter what the work is, like Front door.")), at_most(120)],
    )
    note = StringField(
        _l("What it's like"),
        description=_l("For people choosing a shift, like: some lifting. Optional."),
        validators=[Length(max=200, message=_l("Use 200 characters or fewer."))],
    )


class RoleForm(FlaskForm):
    """A kind of work, and what it requires."""

    name = StringField(
        _l("Type of work"),
        validators=[DataRequired(_l("Enter what the work is, like Front door.")), at_most(120)],
    )
    note = StringField(
        _l("What it's like"),
        description=_l("For people choosing a shift, like: some lifting. Optional."),
        validators=[at_most(2000)],
    )
    name_es = StringField(_l("Type of work, in Spanish"), validators=[at_most(120)])
    note_es = StringField(_l("What it's like, in Spanish"), validators=[at_most(2000)])
    skills = StringField(
        _l("Required skills"),
        description=_l("Separate them with commas, like: first aid, sound board. Leave blank for nothing special."),
        validators=[at_most(1300)],
    )
    minimum_age = WholeNumber(
        _l("Minimum age"),
        description=_l("In years, on the day of the show. Leave blank for any age."),
        validators=[Optional(), NumberRange(min=0, max=99, message=_l("A minimum age must be from 0 to 99 years."))],
    )
    never_alone = BooleanField(_l("First-time volunteers can't do it alone"))
    works_changeovers = BooleanField(_l("They help at each changeover during their shift"))
    instructions = TextAreaField(
        _l("Instructions"),
        description=_l("Shown to people who have a spot."),
        validators=[at_most(5000)],
    )
    instructions_es = TextAreaField(_l("Instructions, in Spanish"), validators=[at_most(5000)])

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(skills_of(self.skills.data or ""))
