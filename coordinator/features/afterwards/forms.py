"""The forms for after the show."""

from flask_wtf import FlaskForm
from wtforms import DecimalField, TextAreaField
from wtforms.validators import NumberRange, Optional

from coordinator.web.words import lazy as _l


class SumsForm(FlaskForm):
    """What was raised for the cause, and what an hour of a volunteer's time is worth."""

    raised = DecimalField(
        _l("Raised for the cause"),
        places=2,
        description=_l("Included in the thank-you text. Leave blank to use what was counted, if anything was."),
        validators=[
            Optional(),
            NumberRange(0, 999_999_999, _l("Enter an amount from 0 to 999,999,999, like 1250.50.")),
        ],
    )
    hour_is_worth = DecimalField(
        _l("An hour is worth"),
        places=2,
        description=_l("For the in-kind value in reports and letters. Leave blank to show no value."),
        validators=[Optional(), NumberRange(0, 10_000, _l("Enter an amount from 0 to 10,000, like 31.80."))],
    )


class ThanksForm(FlaskForm):
    """The words of the thank-you, in each language."""

    en = TextAreaField(_l("Text in English"))
    es = TextAreaField(_l("Text in Spanish"))
