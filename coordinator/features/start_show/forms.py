"""Pasting a flyer, and fixing what was read."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import available_timezones

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
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from coordinator.lineup.models import SlotKind
from coordinator.web.choices import DST_FOLDS, KINDS
from coordinator.web.whole_numbers import WholeNumber
from coordinator.web.words import lazy as _l

from .queries import DraftRow, ShowDraft

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
MOST_ROWS = 400  # lines of a new show
MOST_READ = 2 * MOST_ROWS  # lines of a form that is refused and shown again
A_DAY = 1440  # minutes


def known_zone(form: FlaskForm, field: StringField) -> None:
    if field.data not in available_timezones():
        raise ValidationError(_l("There's no such time zone. Write it like America/New_York."))


class FlyerForm(FlaskForm):
    """The pasted or uploaded flyer, and what it does not say itself."""

    flyer = TextAreaField(_l("The flyer"), description=_l("Paste the words, not a picture."))
    file = FileField(_l("Or a text file"))
    zone = StringField(_l("Time zone"), default="America/New_York", validators=[known_zone])


class RowForm(Form):
    """One line of the bill."""

    take = BooleanField(_l("Include this line"), default=True)
    on = DateField(_l("Day"), validators=[Optional()])
    starts = TimeField(_l("Starts"), validators=[Optional()])
    dst_fold = SelectField(_l("Which one"), choices=DST_FOLDS, default="")
    name = StringField(_l("Name"), validators=[Length(max=200, message=_l("Names are limited to 200 characters."))])
    kind = SelectField(_l("Kind"), choices=KINDS, default=SlotKind.SET)
    length = WholeNumber(_l("Minutes"), default=30)
    changeover = WholeNumber(_l("Changeover before"), default=15)
    changeover_min = WholeNumber(_l("At least"), default=8)
    stage = StringField(
        _l("Stage"), validators=[Length(max=120, message=_l("Stage names are limited to 120 characters."))]
    )
    note = StringField(_l("Note"), validators=[Length(max=2000, message=_l("Notes are limited to 2,000 characters."))])
    line = HiddenField()  # that of the flyer, from 0
    inferred = HiddenField()  # the inferred length and changeover, "25 10"; "-" if they were stated

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """A line that is not used may hold anything; one that is needs a name, a time and sensible minutes."""
        if not self.take.data:
            return True
        return super().validate(extra_validators) and self._makes_sense()

    def _makes_sense(self) -> bool:
        changeover, least = self.changeover.data, self.changeover_min.data
        if not (self.name.data or "").strip():
            self.name.errors = [_l("Enter who or what it is, or don't include this line.")]
        if self.starts.data is None:
            self.starts.errors = [_l("Choose when it starts.")]
        if not 1 <= (self.length.data or 0) <= A_DAY:
            self.length.errors = [_l("Enter a length in minutes, from 1 to 1440.")]
        if changeover is None or not 0 <= changeover <= A_DAY:
            self.changeover.errors = [_l("Enter minutes from 0 to 1440.")]
        elif least is None or not 0 <= least <= changeover:
            self.changeover_min.errors = [_l("Must be at least 0 and no longer than the changeover itself.")]
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
            dst_fold=_reading(self.dst_fold),
        )


class DraftForm(FlaskForm):
    """The whole show as it was read, to be fixed."""

    flyer = TextAreaField(_l("The flyer"))
    title = StringField(
        _l("Title"),
        validators=[
            DataRequired(_l("Give the show a title.")),
            Length(max=200, message=_l("Titles are limited to 200 characters.")),
        ],
    )
    title_es = StringField(
        _l("Title, in Spanish"), validators=[Length(max=200, message=_l("Titles are limited to 200 characters."))]
    )
    on = DateField(_l("Date"), validators=[InputRequired(_l("Choose the day of the show."))])
    allow_past = BooleanField(_l("The date is in the past: create it anyway"))
    zone = StringField(_l("Time zone"), validators=[known_zone])
    venue = StringField(_l("Venue"), validators=[Length(max=200)])
    address = StringField(_l("Address"), validators=[Length(max=300)])
    beneficiary = StringField(_l("Benefiting"), validators=[Length(max=200)])
    doors = TimeField(_l("Doors"), validators=[Optional()])
    doors_dst_fold = SelectField(_l("Which one"), choices=DST_FOLDS, default="")
    curfew = TimeField(_l("Curfew"), validators=[Optional()])
    curfew_dst_fold = SelectField(_l("Which one"), choices=DST_FOLDS, default="")
    donation = DecimalField(
        _l("Suggested donation"),
        validators=[Optional(), NumberRange(min=0, max=1_000_000, message=_l("Enter an amount, like 10."))],
    )
    currency = StringField(
        _l("Currency"), validators=[Optional(), Length(min=3, max=3, message=_l("Use three letters, like USD."))]
    )
    about = TextAreaField(_l("About the cause"), validators=[Length(max=50_000)])
    about_es = TextAreaField(_l("About the cause, in Spanish"), validators=[Length(max=50_000)])
    notes = TextAreaField(_l("Notes for the crew"), validators=[Length(max=50_000)])
    rows = FieldList(FormField(RowForm), max_entries=MOST_READ)

    def draft(self) -> ShowDraft:
        """The form as a value; only the lines in use."""
        return ShowDraft(
            title=" ".join((self.title.data or "").split()),
            on=self.on.data,
            zone=self.zone.data or "",
            rows=tuple(entry.form.row() for entry in self.rows if entry.form.take.data),
            venue=(self.venue.data or "").strip() or None,
            address=(self.address.data or "").strip() or None,
            beneficiary=(self.beneficiary.data or "").strip() or None,
            doors=self.doors.data,
            doors_dst_fold=_reading(self.doors_dst_fold),
            curfew=self.curfew.data,
            curfew_dst_fold=_reading(self.curfew_dst_fold),
            donation=self.donation.data,
            currency=(self.currency.data or "").strip().upper() or None,
            about=(self.about.data or "").strip() or None,
            title_es=" ".join((self.title_es.data or "").split()) or None,
            about_es=(self.about_es.data or "").strip() or None,
            notes=(self.notes.data or "").strip() or None,
        )


def line_of(row: Form) -> int | None:
    """The line of the flyer that a row was read from, from 0; None: it was added by hand."""
    said = str(row.line.data or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 6 else None


def _reading(field: SelectField) -> int | None:
    """Which of two readings of a wall time was chosen; None: none yet."""
    return int(field.data) if field.data else None


def values_of(draft: ShowDraft, flyer_text: str) -> dict[str, object]:
    """The initial values of the form."""
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


def _row_values(row: DraftRow) -> dict[str, object]:
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
        "line": "" if row.line is None else row.line,
    }
