"""Planning the line-up."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import URL, DataRequired, InputRequired, Length, NumberRange, Optional

from .lists import HOW_AGREED, KINDS, LANGUAGES, PASSINGS


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


def _at_most(letters: int) -> Length:
    return Length(max=letters, message=_l("That is too long: %(max)d letters at most."))


class SlotForm(FlaskForm):
    """One slot: who, when, how long; the rest is folded away."""

    name = StringField(
        _l("Who plays, or what it is"),
        validators=[
            DataRequired(_l("Write who plays, or what it is.")),
            Length(max=200, message=_l("A name can have 200 letters.")),
        ],
    )
    starts = TimeField(_l("Starts"), validators=[InputRequired(_l("Write when it starts, like 20:30."))])
    passing = SelectField(_l("Which one"), choices=PASSINGS, default="")
    length = IntegerField(_l("Minutes"), default=30, validators=[InputRequired(_l("Write a number of minutes."))])
    changeover = IntegerField(
        _l("Changeover before, minutes"), default=15, validators=[InputRequired(_l("Write a number of minutes."))]
    )
    changeover_min = IntegerField(
        _l("At least, minutes"), default=8, validators=[InputRequired(_l("Write a number of minutes."))]
    )
    kind = SelectField(_l("Kind"), choices=KINDS, default="set")
    pinned = BooleanField(_l("Must begin at this time"))
    early_ok = BooleanField(_l("May begin earlier when the stage is free"))
    note = TextAreaField(
        _l("Note for the crew"), validators=[Length(max=2000, message=_l("A note can have 2000 letters."))]
    )

    @property
    def reading(self) -> int | None:
        """Which of two readings of the wall time was chosen; None: none yet."""
        return int(self.passing.data) if self.passing.data else None


class MoveTimesForm(FlaskForm):
    """A slot and all that follow it, some minutes later or earlier."""

    slot = SelectField(_l("From"), validate_choice=False)
    minutes = IntegerField(
        _l("Minutes later (with a minus: earlier)"),
        default=10,
        validators=[
            InputRequired(_l("Write a number of minutes, like 10 or -10.")),
            NumberRange(-720, 720, _l("Write minutes from -720 to 720.")),
        ],
    )


class StageForm(FlaskForm):
    """A stage and its curfew."""

    name = StringField(
        _l("Stage"),
        validators=[
            DataRequired(_l("Write what the stage is called.")),
            Length(max=120, message=_l("A stage's name can have 120 letters.")),
        ],
    )
    curfew = TimeField(_l("Curfew"), validators=[Optional()])
    passing = SelectField(_l("Which one"), choices=PASSINGS, default="")

    @property
    def reading(self) -> int | None:
        """Which of two readings of the wall time was chosen; None: none yet."""
        return int(self.passing.data) if self.passing.data else None


class MemberForm(FlaskForm):
    """Somebody who plays, or who runs the night."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Write a name.")),
            Length(max=200, message=_l("A name can have 200 letters at most.")),
        ],
    )
    phone = TelField(
        _l("Mobile number"),
        description=_l("Empty: gets no texts"),
        validators=[
            Length(max=40, message=_l("That is too long for a phone number. Write it like (212) 555-0101.")),
        ],
    )
    language = SelectField(_l("Texts in"), choices=LANGUAGES, default="en")
    agreed = BooleanField(_l("Has agreed to texts about this show"))
    how = SelectField(_l("How they agreed"), choices=HOW_AGREED, default="in person")


class ActForm(FlaskForm):
    """What an act is called, and one line about it for everybody."""

    name = StringField(
        _l("What the act is called"),
        validators=[
            DataRequired(_l("Write what the act is called.")),
            Length(max=200, message=_l("A name can have 200 letters.")),
        ],
    )
    about = StringField(
        _l("One line about it"),
        description=_l("For the public line-up, like: songs on guitar. May stay empty."),
        validators=[Length(max=300, message=_l("Say it in 300 letters."))],
    )


class FactsForm(FlaskForm):
    """What the show is, where, for whom."""

    title = StringField(
        _l("Title"),
        validators=[
            DataRequired(_l("Give the show a title.")),
            Length(max=200, message=_l("A title can have 200 letters.")),
        ],
    )
    date = DateField(_l("Date"), validators=[InputRequired(_l("Choose the day of the show."))])
    doors = TimeField(_l("Doors"), validators=[Optional()])
    passing = SelectField(_l("Which one"), choices=PASSINGS, default="")
    venue_name = StringField(_l("Venue"), validators=[_at_most(200)])
    venue_address = StringField(_l("Address"), validators=[_at_most(300)])
    beneficiary = StringField(_l("For whom"), validators=[_at_most(200)])
    donation_suggested = DecimalField(
        _l("Suggested donation"),
        validators=[Optional(), NumberRange(min=0, max=1_000_000, message=_l("Write an amount, like 10."))],
    )
    donation_currency = StringField(
        _l("Currency"), validators=[Optional(), Length(min=3, max=3, message=_l("Three letters, like USD."))]
    )
    donation_url = URLField(
        _l("Where to give"),
        validators=[Optional(), URL(message=_l("Write a whole address, like https://give.example.")), _at_most(500)],
    )
    about = TextAreaField(_l("About the cause"), validators=[_at_most(50_000)])
    notes = TextAreaField(_l("Notes for the crew"), validators=[_at_most(50_000)])
    quiet = BooleanField(_l("Hold texts at night, unless they are about a show of that very day"))
    quiet_from = TimeField(_l("From"), validators=[Optional()])
    quiet_to = TimeField(_l("To"), validators=[Optional()])

    @property
    def reading(self) -> int | None:
        """Which of two readings of the doors' wall time was chosen; None: none yet."""
        return int(self.passing.data) if self.passing.data else None
