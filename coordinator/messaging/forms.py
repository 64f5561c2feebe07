"""What is typed on a simulated phone."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

MOST_CHARACTERS = 1600  # as the network takes them


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


class AnswerForm(FlaskForm):
    """One text from a phone to us."""

    body = StringField(
        _l("Text"),
        validators=[
            InputRequired(_l("Write a text first, for example C.")),
            Length(max=MOST_CHARACTERS, message=_l("A text holds at most 1,600 characters. Make it shorter.")),
        ],
    )

    @property
    def text(self) -> str:
        return self.body.data or ""
