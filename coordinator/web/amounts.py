"""The field of a form that takes an amount of money, as people write it where the show is."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal, get_currency_precision, get_decimal_symbol
from flask_babel import gettext as _
from wtforms import DecimalField, Form, ValidationError
from wtforms.widgets import TextInput

from coordinator.core.amounts import MOST, NotAnAmount, Unread, read_amount
from coordinator.events.models import Event
from coordinator.spoken import on_page

from .languages import language


class AmountField(DecimalField):
    """An amount in the currency of a show; call ``as_in`` before the form is validated or shown.

    ``1,240.50`` and ``1.240,50`` are the same. What could be two amounts is refused, and stays as it was typed.
    """

    widget = TextInput()

    def __init__(self, label: str, *, needed: str = "", **options: Any) -> None:
        """``needed``: the sentence for nothing, where there must be an amount."""
        super().__init__(label, **options)
        self.needed = needed

    def as_in(self, event: Event) -> None:
        """The show whose currency and zone say how its amounts are written."""
        self.decimals = get_currency_precision(event.currency)
        self.locale = on_page(event.zone, language()).locale
        self.mark = get_decimal_symbol(self.locale)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was typed is read when the form is validated: then its show is known."""
        self.data: Decimal | None = None

    def pre_validate(self, form: Form) -> None:
        typed = (self.raw_data or [""])[0].strip()
        if not typed and self.needed:
            raise ValidationError(self.needed)
        if not typed:
            return
        try:
            self.data = read_amount(typed, decimals=self.decimals, mark=self.mark)
        except NotAnAmount as refusal:
            raise ValidationError(self._sentence(refusal)) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return str(self.data.quantize(Decimal(1).scaleb(-self.decimals))).replace(".", self.mark)

    def _sentence(self, refusal: NotAnAmount) -> str:
        example = self._written(Decimal("1240.50"), self.decimals)
        if refusal.why is Unread.TWO_READINGS:
            more, less = refusal.readings
            both = {"more": self._written(more, self.decimals), "less": self._written(less, 3)}
            return _("That could be %(more)s or %(less)s. Write it like %(example)s.", **both, example=example)
        if refusal.why is Unread.TOO_FINE:
            return _("That has too many decimals. Write it like %(example)s.", example=example)
        if refusal.why is Unread.TOO_MUCH:
            return _("Enter %(most)s at most.", most=self._written(MOST, 0))
        return _("Enter an amount, like %(example)s.", example=example)

    def _written(self, amount: Decimal, decimals: int) -> str:
        return format_decimal(amount, "#,##0" + ("." + "0" * decimals if decimals else ""), locale=self.locale)
