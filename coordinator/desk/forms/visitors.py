"""What people without an account type: who they are, the code they were sent, what time would suit them."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


class DetailsForm(FlaskForm):
    """Who is coming."""

    name = StringField(
        _l("First name"),
        validators=[
            DataRequired(_l("Write the name we should call you.")),
            Length(max=100, message=_l("A name can have 100 letters here. Write a shorter one.")),
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
    phone = TelField(_l("Mobile number"), description=_l("Only for somebody new. May stay empty."))
    agreed = BooleanField(_l("They said yes to texts about the show"))
    despite = StringField(
        _l("Why all the same"),
        description=_l("Kept with the sign-up, for those who ask later."),
        validators=[Length(max=500, message=_l("That is too long: %(max)d letters at most."))],
    )
