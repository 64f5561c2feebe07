"""What an event asks of its volunteers."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DecimalField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional

from .shifts import A_DAY, WholeNumber

A_MONTH = 31 * A_DAY  # minutes


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


def _minutes(label: str, hint: str, least: int = 0, most: int = A_DAY) -> WholeNumber:
    within = NumberRange(min=least, max=most, message=_l("Write whole minutes, from %(min)s to %(max)s."))
    return WholeNumber(label, description=hint, validators=[InputRequired(_l("Write a number of minutes.")), within])


def _amount(label: str, hint: str) -> DecimalField:
    within = NumberRange(min=0, max=100_000_000, message=_l("Write an amount, like 10."))
    return DecimalField(label, description=hint, validators=[Optional(), within])


class HouseRuleForm(FlaskForm):
    """Rules for sign-ups, for the waitlist, and what an hour is worth. Lengths are minutes."""

    walking = _minutes(_l("Minutes to walk"), _l("From one place to another, and to be there at call time."))
    rest = _minutes(_l("Minutes of rest"), _l("Between two stretches of work; shifts that touch are one stretch."))
    longest = WholeNumber(
        _l("Most minutes of work without a rest"),
        description=_l("360 are six hours. Empty: no limit."),
        validators=[
            Optional(),
            NumberRange(min=1, max=A_DAY, message=_l("Write whole minutes, from %(min)s to %(max)s.")),
        ],
    )
    minors_until = TimeField(
        _l("People under 18 may work until"),
        description=_l("On the clock of the show. Empty: as late as everybody."),
        validators=[Optional()],
    )
    leave_until = _minutes(
        _l("Minutes before a shift, until which people may just leave it"),
        _l("240 are four hours. After that they ask for cover, and keep the place until somebody takes it."),
        most=A_MONTH,
    )
    promote_until = _minutes(
        _l("Minutes before a shift, until which the waitlist moves up by itself"),
        _l("1440 are a day. Who moves up is told by text."),
        most=A_MONTH,
    )
    offer_until = _minutes(
        _l("Minutes before a shift, until which a free place is offered to one after another"),
        _l("180 are three hours. After that it is offered to all at once, and the first yes takes it."),
        most=A_MONTH,
    )
    offer_lasts = _minutes(_l("Minutes to answer an offer"), _l("Then the next one is asked."), least=1, most=A_MONTH)
    asks_to_confirm = BooleanField(_l("Ask volunteers by text whether they will come"))
    worry_before = _minutes(
        _l("Minutes before call time, from which somebody who is not here is at risk"),
        _l("They then stand on the list of those to call."),
    )
    hour_is_worth = _amount(
        _l("An hour of help is worth"), _l("In the currency of the donation; for the report of in-kind value.")
    )
    raised = _amount(_l("Raised for the cause"), _l("Told with the thanks, once you know it."))
