"""Pasting a flyer, and putting right what was read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from zoneinfo import available_timezones

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from ..forms.lists import KINDS, PASSINGS
from .drafts import Draft, DraftRow

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
MOST_ROWS = 400
A_DAY = 1440  # minutes


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


def known_zone(form: FlaskForm, field: StringField) -> None:
    if field.data not in available_timezones():
        raise ValidationError(_l("There is no such time zone. One is written like America/New_York."))


class FlyerForm(FlaskForm):
    """The flyer as it is pasted or uploaded; what it does not say itself."""

    flyer = TextAreaField(_l("The flyer"), description=_l("Paste the words, not a picture."))
    file = FileField(_l("Or a text file"))
    zone = StringField(_l("Time zone"), default="America/New_York", validators=[known_zone])


class RowForm(Form):
    """One line of the bill."""

    take = BooleanField(_l("Take this line"), default=True)
    on = DateField(_l("Day"), validators=[Optional()])
    starts = TimeField(_l("Starts"), validators=[Optional()])
    passing = SelectField(_l("Which one"), choices=PASSINGS, default="")
    name = StringField(_l("Name"), validators=[Length(max=200, message=_l("A name can have 200 letters."))])
    kind = SelectField(_l("Kind"), choices=KINDS, default="set")
    length = IntegerField(_l("Minutes"), default=30)
    changeover = IntegerField(_l("Changeover before"), default=15)
    changeover_min = IntegerField(_l("At least"), default=8)
    stage = StringField(_l("Stage"), validators=[Length(max=120, message=_l("A stage's name can have 120 letters."))])
    note = StringField(_l("Note"), validators=[Length(max=2000, message=_l("A note can have 2000 letters."))])
    inferred = HiddenField()  # the length and changeover that were worked out, "25 10"; a "-" where they were told

    def validate(self, extra_validators: Any = None) -> bool:
        """A line that is not taken may be anything; one that is needs a name, a time and sensible minutes."""
        if not self.take.data:
            return True
        return super().validate(extra_validators) and self._makes_sense()

    def _makes_sense(self) -> bool:
        changeover, least = self.changeover.data, self.changeover_min.data
        if not (self.name.data or "").strip():
            self.name.errors = [_l("Write who or what it is, or do not take this line.")]
        if self.starts.data is None:
            self.starts.errors = [_l("Write when it starts, like 20:30.")]
        if not 1 <= (self.length.data or 0) <= A_DAY:
            self.length.errors = [_l("Write how long it is in minutes, from 1 to 1440.")]
        if changeover is None or not 0 <= changeover <= A_DAY:
            self.changeover.errors = [_l("Write minutes, from 0 to 1440.")]
        elif least is None or not 0 <= least <= changeover:
            self.changeover_min.errors = [_l("At least 0, and no more than the changeover itself.")]
        return not any(field.errors for field in self)

    def row(self) -> DraftRow:
        """The line as a value."""
        length, changeover = self.length.data or 0, self.changeover.data or 0
        inferred_length, _, inferred_changeover = (self.inferred.data or "").partition(" ")
        return DraftRow(
            name=" ".join((self.name.data or "").split()),
            kind=self.kind.data,
            starts=self.starts.data,
            length=timedelta(minutes=length),
            changeover=timedelta(minutes=changeover),
            changeover_min=timedelta(minutes=self.changeover_min.data or 0),
            stage=(self.stage.data or "").strip() or None,
            note=(self.note.data or "").strip() or None,
            on=self.on.data,
            length_inferred=inferred_length == str(length),
            changeover_inferred=inferred_changeover == str(changeover),
            passing=_reading(self.passing),
        )


class DraftForm(FlaskForm):
    """The whole show as it was read, to be put right."""

    flyer = TextAreaField(_l("The flyer"))
    title = StringField(
        _l("Title"),
        validators=[
            DataRequired(_l("Give the show a title.")),
            Length(max=200, message=_l("A title can have 200 letters.")),
        ],
    )
    on = DateField(_l("Date"), validators=[InputRequired(_l("Choose the day of the show."))])
    past_is_fine = BooleanField(_l("The date is past: create it all the same"))
    zone = StringField(_l("Time zone"), validators=[known_zone])
    venue = StringField(_l("Venue"), validators=[Length(max=200)])
    address = StringField(_l("Address"), validators=[Length(max=300)])
    beneficiary = StringField(_l("For whom"), validators=[Length(max=200)])
    doors = TimeField(_l("Doors"), validators=[Optional()])
    doors_passing = SelectField(_l("Which one"), choices=PASSINGS, default="")
    curfew = TimeField(_l("Curfew"), validators=[Optional()])
    curfew_passing = SelectField(_l("Which one"), choices=PASSINGS, default="")
    donation = DecimalField(
        _l("Suggested donation"),
        validators=[Optional(), NumberRange(min=0, max=1_000_000, message=_l("Write an amount, like 10."))],
    )
    currency = StringField(
        _l("Currency"), validators=[Optional(), Length(min=3, max=3, message=_l("Three letters, like USD."))]
    )
    about = TextAreaField(_l("About the cause"), validators=[Length(max=50_000)])
    notes = TextAreaField(_l("Notes for the crew"), validators=[Length(max=50_000)])
    rows = FieldList(FormField(RowForm), max_entries=MOST_ROWS)

    def draft(self) -> Draft:
        """The form as a value; only lines that are taken."""
        return Draft(
            title=" ".join((self.title.data or "").split()),
            on=self.on.data,
            zone=self.zone.data or "",
            rows=tuple(entry.form.row() for entry in self.rows if entry.form.take.data),
            venue=(self.venue.data or "").strip() or None,
            address=(self.address.data or "").strip() or None,
            beneficiary=(self.beneficiary.data or "").strip() or None,
            doors=self.doors.data,
            doors_passing=_reading(self.doors_passing),
            curfew=self.curfew.data,
            curfew_passing=_reading(self.curfew_passing),
            donation=self.donation.data,
            currency=(self.currency.data or "").strip().upper() or None,
            about=(self.about.data or "").strip() or None,
            notes=(self.notes.data or "").strip() or None,
        )


def _reading(field: SelectField) -> int | None:
    """Which of two readings of a wall time was chosen; None: none yet."""
    return int(field.data) if field.data else None


def values_of(draft: Draft, flyer_text: str) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "flyer": flyer_text,
        "title": draft.title,
        "on": draft.on,
        "zone": draft.zone,
        "venue": draft.venue,
        "address": draft.address,
        "beneficiary": draft.beneficiary,
        "doors": draft.doors,
        "curfew": draft.curfew,
        "donation": draft.donation,
        "currency": draft.currency or "USD",
        "about": draft.about,
        "notes": draft.notes,
        "rows": [_row_values(row) for row in draft.rows],
    }


def _row_values(row: DraftRow) -> dict[str, Any]:
    length, changeover, least = (
        each // timedelta(minutes=1) for each in (row.length, row.changeover, row.changeover_min)
    )
    told = (length if row.length_inferred else "-", changeover if row.changeover_inferred else "-")
    return {
        "take": True,
        "on": row.on,
        "starts": row.starts,
        "name": row.name,
        "kind": row.kind,
        "length": length,
        "changeover": changeover,
        "changeover_min": least,
        "stage": row.stage,
        "note": row.note,
        "inferred": f"{told[0]} {told[1]}",
    }
