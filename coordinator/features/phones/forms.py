"""The form of a simulated phone."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from coordinator.web.words import lazy as _l

MOST_CHARACTERS = 1600  # as the network takes them


class AnswerForm(FlaskForm):
    """One text from a phone to us."""

    body = StringField(
        _l("Text"),
        validators=[
            InputRequired(_l("Enter a text first, like C.")),
            Length(max=MOST_CHARACTERS, message=_l("Texts are limited to 1,600 characters. Make it shorter.")),
        ],
    )

    @property
    def text(self) -> str:
        return self.body.data or ""
