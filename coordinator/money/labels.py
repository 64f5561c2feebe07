"""What kinds of money are called."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from .models import MoneyKind

MONEY_KINDS: Final[Mapping[str, LazyString]] = {
    MoneyKind.CASH: _l("Cash"),
    MoneyKind.CARD: _l("Cards"),
    MoneyKind.ONLINE: _l("Online"),
}
