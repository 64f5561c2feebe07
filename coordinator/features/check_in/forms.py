"""What people enter at the door to say who they are."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from coordinator.web.words import lazy as _l

DIGITS = 4


class DoorForm(FlaskForm):
    """A name, and the last digits of a known number."""

    name = StringField(
        _l("First name"),
        validators=[
            DataRequired(_l("Enter your name the way you gave it when you signed up.")),
            Length(max=100, message=_l("Names are limited to 100 characters here. Use a shorter one.")),
        ],
    )
    digits = StringField(
        _l("Last 4 digits of your mobile number"),
        validators=[
            DataRequired(_l("Enter the last 4 digits of your mobile number.")),
            Length(max=40, message=_l("Enter the last 4 digits of your mobile number.")),
        ],
    )

    @property
    def last_digits(self) -> str:
        """The last four digits, also of a whole number."""
        return "".join(character for character in self.digits.data or "" if character.isdigit())[-DIGITS:]
