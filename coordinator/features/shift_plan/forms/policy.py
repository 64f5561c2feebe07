"""An event's rules for its volunteers."""

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import BooleanField, DecimalField, SelectField, TimeField
from wtforms.validators import NumberRange, Optional

from coordinator.web.choices import WHOM_TO_ASK
from coordinator.web.words import lazy as _l

from .lengths import MINUTE, LengthField

A_DAY, A_MONTH = timedelta(days=1), timedelta(days=31)


def _length(label: str, hint: str, least: timedelta = 0 * MINUTE, most: timedelta = A_DAY) -> LengthField:
    return LengthField(label, description=hint, least=least, most=most)


def _amount(label: str, hint: str) -> DecimalField:
    within = NumberRange(min=0, max=100_000_000, message=_l("Enter an amount, like 10."))
    return DecimalField(label, description=hint, validators=[Optional(), within])


class VolunteerPolicyForm(FlaskForm):
    """Rules for sign-ups, for the waitlist, and what an hour is worth."""

    walking = _length(_l("Walking time"), _l("From one place to another, to be there by call time."))
    rest = _length(_l("Rest"), _l("Between two stretches of work. Back-to-back shifts count as one stretch."))
    longest = LengthField(
        _l("Longest stretch without rest"),
        description=_l("Leave blank for no limit."),
        least=MINUTE,
        most=A_DAY,
        may_be_empty=True,
    )
    minors_until = TimeField(
        _l("People under 18 may work until"),
        description=_l("By the show's clock. Leave blank for as late as everyone else."),
        validators=[Optional()],
    )
    leave_until = _length(
        _l("How long before a shift people can still drop it on their own"),
        _l("After that, they ask for cover and keep the spot until someone takes it."),
        most=A_MONTH,
    )
    promote_until = _length(
        _l("How long before a shift the waitlist still moves up automatically"),
        _l("People who move up get a text."),
        most=A_MONTH,
    )
    offer_until = _length(
        _l("How long before a shift an open spot is still offered to one person at a time"),
        _l("After that, it's offered to everyone at once, and the first yes gets it."),
        most=A_MONTH,
    )
    offer_lasts = _length(_l("Time to answer an offer"), _l("Then the next person is asked."), MINUTE, A_MONTH)
    asks_whom = SelectField(
        _l("Who else may be asked to cover"),
        description=_l("First come the waitlist and people on standby. Nobody is asked more than three times a week."),
        choices=WHOM_TO_ASK,
    )
    asks_to_confirm = BooleanField(_l("Ask volunteers by text if they're coming"))
    worry_before = _length(
        _l("How long before call time someone who isn't here is flagged at risk"),
        _l("They then appear on the call list."),
    )
    hour_is_worth = _amount(
        _l("An hour of help is worth"), _l("In the donation's currency, for the in-kind value report.")
    )
    raised = _amount(_l("Raised for the cause"), _l("Included in the thank-you, once you know it."))
