"""What somebody types at the door: who they are."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

DIGITS = 4


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


class DoorForm(FlaskForm):
    """A name, and the end of a number that we know."""

    name = StringField(
        _l("First name"),
        validators=[
            DataRequired(_l("Write your name as you gave it when you signed up.")),
            Length(max=100, message=_l("A name can have 100 letters here. Write a shorter one.")),
        ],
    )
    digits = StringField(
        _l("Last 4 digits of your mobile"),
        validators=[
            DataRequired(_l("Write the last 4 digits of your mobile number.")),
            Length(max=40, message=_l("Write the last 4 digits of your mobile number.")),
        ],
    )

    @property
    def last_digits(self) -> str:
        """The last four figures, also of a whole number."""
        return "".join(letter for letter in self.digits.data or "" if letter.isdigit())[-DIGITS:]
