"""What somebody counted."""

from typing import cast

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from coordinator.money.labels import MONEY_KINDS
from coordinator.money.models import MoneyKind
from coordinator.web.amounts import AmountField
from coordinator.web.form_parts import at_most
from coordinator.web.words import lazy as _l

KINDS = [SelectChoice(kind, cast("str", word)) for kind, word in MONEY_KINDS.items()]


class EntryForm(FlaskForm):
    """One person's count, signed."""

    amount = AmountField(_l("What you counted"), needed=_l("Enter what you counted."))
    initials = StringField(
        _l("Your initials"), validators=[DataRequired(_l("Sign with your initials, like IB.")), at_most(8)]
    )


class MoneyForm(EntryForm):
    """The first count of a sum: which money it is as well."""

    key = HiddenField(validators=[at_most(30)])  # of the page it was sent from, which may send it twice
    kind = RadioField(_l("Kind"), choices=KINDS, default=MoneyKind.CASH)
    cause = StringField(_l("For"), validators=[at_most(200)])
    note = StringField(
        _l("Which money"), description=_l("Like: front door, 9 PM. Optional."), validators=[at_most(200)]
    )
    twice = BooleanField(_l("A second person counts it too. Cash always takes two."))
