"""What coordinators type once a show is over."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DecimalField, TextAreaField
from wtforms.validators import NumberRange, Optional


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


class SumsForm(FlaskForm):
    """What came together for the cause, and what an hour of a volunteer's time is worth."""

    raised = DecimalField(
        _l("Raised for the cause"),
        places=2,
        description=_l("It is told with the thanks. Empty: nothing is said about it."),
        validators=[Optional(), NumberRange(0, 999_999_999, _l("Write a sum from 0 to 999,999,999, like 1250.50."))],
    )
    hour_is_worth = DecimalField(
        _l("An hour is worth"),
        places=2,
        description=_l("For the in-kind value in reports and letters. Empty: no value is shown."),
        validators=[Optional(), NumberRange(0, 10_000, _l("Write a sum from 0 to 10,000, like 31.80."))],
    )


class ThanksForm(FlaskForm):
    """The words of the thanks, in each language."""

    en = TextAreaField(_l("Words in English"))
    es = TextAreaField(_l("Words in Spanish"))
