"""What an event asks of its volunteers."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DecimalField, TimeField
from wtforms.validators import NumberRange, Optional

from .lengths import MINUTE, LengthField

A_DAY, A_MONTH = timedelta(days=1), timedelta(days=31)


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


def _length(label: str, hint: str, least: timedelta = 0 * MINUTE, most: timedelta = A_DAY) -> LengthField:
    return LengthField(label, description=hint, least=least, most=most)


def _amount(label: str, hint: str) -> DecimalField:
    within = NumberRange(min=0, max=100_000_000, message=_l("Write an amount, like 10."))
    return DecimalField(label, description=hint, validators=[Optional(), within])


class HouseRuleForm(FlaskForm):
    """Rules for sign-ups, for the waitlist, and what an hour is worth."""

    walking = _length(_l("Time to walk"), _l("From one place to another, and to be there at call time."))
    rest = _length(_l("Rest"), _l("Between two stretches of work; shifts that touch are one stretch."))
    longest = LengthField(
        _l("Longest work without a rest"),
        description=_l("Empty: no limit."),
        least=MINUTE,
        most=A_DAY,
        may_be_empty=True,
    )
    minors_until = TimeField(
        _l("People under 18 may work until"),
        description=_l("On the clock of the show. Empty: as late as everybody."),
        validators=[Optional()],
    )
    leave_until = _length(
        _l("How long before a shift people may still just leave it"),
        _l("After that they ask for cover, and keep the place until somebody takes it."),
        most=A_MONTH,
    )
    promote_until = _length(
        _l("How long before a shift the waitlist still moves up by itself"),
        _l("Who moves up is told by text."),
        most=A_MONTH,
    )
    offer_until = _length(
        _l("How long before a shift a free place is still offered to one after another"),
        _l("After that it is offered to all at once, and the first yes takes it."),
        most=A_MONTH,
    )
    offer_lasts = _length(_l("Time to answer an offer"), _l("Then the next one is asked."), MINUTE, A_MONTH)
    asks_to_confirm = BooleanField(_l("Ask volunteers by text whether they will come"))
    worry_before = _length(
        _l("How long before call time somebody who is not here is at risk"),
        _l("They then stand on the list of those to call."),
    )
    hour_is_worth = _amount(
        _l("An hour of help is worth"), _l("In the currency of the donation; for the report of in-kind value.")
    )
    raised = _amount(_l("Raised for the cause"), _l("Told with the thanks, once you know it."))
