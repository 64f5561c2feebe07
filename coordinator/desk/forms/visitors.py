"""What people without an account type: who they are, the code they were sent, what time would suit them."""

from __future__ import annotations

from datetime import date
from typing import cast
from unicodedata import category

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


def has_letters(form: FlaskForm, field: StringField) -> None:
    """A name has something to call somebody by: a letter or a figure of any alphabet."""
    if field.data and not any(category(letter)[0] in "LN" for letter in field.data):
        raise StopValidation(str(_l("Write the name we should call you.")))


class DetailsForm(FlaskForm):
    """Who is coming."""

    name = StringField(
        _l("First name"),
        validators=[
            DataRequired(_l("Write the name we should call you.")),
            Length(max=100, message=_l("A name can have 100 letters here. Write a shorter one.")),
            has_letters,
        ],
    )
    phone = TelField(
        _l("Mobile number"),
        description=_l("So we can tell you if the time changes"),
        validators=[
            DataRequired(_l("Write your mobile number, like (212) 555-0101.")),
            Length(max=40, message=_l("That is too long for a phone number. Write it like (212) 555-0101.")),
        ],
    )


class AboutYouForm(DetailsForm):
    """Who is coming, with what a shift asks for; what it does not ask for is taken out before it is shown."""

    skills = SelectMultipleField(_l("What you know"), validate_choice=False)
    born_on = StringField(_l("Date of birth"), validators=[Length(max=40)])
    friend = StringField(
        _l("First name of your friend"),
        description=_l("You then get a link to send to them. Their place is held for half an hour."),
        validators=[Length(max=100, message=_l("A name can have 100 letters here. Write a shorter one.")), has_letters],
    )

    def read_birthday(self, today: date) -> date | None:
        """The day that was written, as 2001-05-31; None, with a sentence at the field, where it cannot be."""
        try:
            born_on = date.fromisoformat((self.born_on.data or "").strip())
        except ValueError:
            born_on = None
        if born_on is None or not date(1900, 1, 1) <= born_on <= today:
            self.born_on.errors = [_("Write the day you were born, like 2001-05-31.")]
            return None
        return born_on


class CodeForm(FlaskForm):
    """Six digits."""

    code = StringField(_l("6-digit code"), validators=[DataRequired(_l("Write the 6 digits from the text."))])

    @property
    def digits(self) -> str:
        return "".join(letter for letter in self.code.data or "" if letter.isdigit())


class AnotherTimeForm(FlaskForm):
    """What a performer says about another time."""

    asks_for = TextAreaField(
        _l("What time would work for you?"),
        validators=[
            DataRequired(_l("Write what time would work for you.")),
            Length(max=300, message=_l("That is long. Say it in 300 letters; a coordinator will write back.")),
        ],
    )


class PersonForm(FlaskForm):
    """Somebody to put on a shift."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Write a name.")),
            Length(max=200, message=_l("A name can have 200 letters at most.")),
        ],
    )
    phone = TelField(
        _l("Mobile number"), description=_l("For somebody new, or where two people have one name. May stay empty.")
    )
    agreed = BooleanField(_l("They said yes to texts about the show"))
    despite = StringField(
        _l("Why all the same"),
        description=_l("Kept with the sign-up, for those who ask later."),
        validators=[Length(max=500, message=_l("That is too long: %(max)d letters at most."))],
    )

    @property
    def called(self) -> str:
        """The name on one line."""
        return " ".join((self.name.data or "").split())
